import { expect, test } from 'vitest'
import { nestCustomValues, withCustomValues } from './custom-values.ts'

const base = { id: '1', version: 1, createdAt: '', createdBy: null, updatedAt: '', updatedBy: null }

test('a record is read with the fields of the workspace beside the others', () => {
  const record = { ...base, name: 'A', custom: { region: 'north', score: null } }
  expect(withCustomValues(record)).toEqual({ ...record, 'custom.region': 'north', 'custom.score': null })
  expect(withCustomValues(base)).toBe(base)
})

test('values are sent with the fields of the workspace in a member of their own', () => {
  expect(nestCustomValues({ name: 'A', 'custom.region': 'x', 'custom.score': 2 })).toEqual({
    name: 'A',
    custom: { region: 'x', score: 2 },
  })
  expect(nestCustomValues({ name: 'A' })).toEqual({ name: 'A' })
})

test('children that come along or are sent along are treated alike', () => {
  const record = { ...base, lines: [{ ...base, custom: { size: 3 } }] }
  expect(withCustomValues(record, ['lines'])).toEqual({
    ...base,
    lines: [{ ...base, custom: { size: 3 }, 'custom.size': 3 }],
  })
  expect(nestCustomValues({ lines: [{ id: '1', 'custom.size': 4 }, { id: '2' }] }, ['lines'])).toEqual({
    lines: [{ id: '1', custom: { size: 4 } }, { id: '2' }],
  })
})
