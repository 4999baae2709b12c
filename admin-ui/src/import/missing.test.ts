import type { ImportDocument } from '@plinth/sdk'
import { expect, test } from 'vitest'
import { missingTargets, nextTarget, repeatedTargets } from './missing.ts'

const target = (name: string, required = false, field = name) => ({
  name,
  label: { en: name },
  field,
  required,
  matchOnly: false,
})

const made = (settings: object): ImportDocument =>
  ({
    targets: [
      target('title', true),
      target('price', true),
      target('price.amount', true, 'price'),
      target('note'),
    ],
    settings: { mode: 'create', columns: [], constants: [], ...settings },
  }) as unknown as ImportDocument

test('new records miss each needed field once, whatever part of it could be given', () => {
  expect(missingTargets(made({})).map(({ name }) => name)).toEqual(['title', 'price'])
  const columns = [{ target: 'price.amount' }, null]
  expect(missingTargets(made({ columns })).map(({ name }) => name)).toEqual(['title'])
  const constants = [{ target: 'title', text: 'Same' }]
  expect(missingTargets(made({ columns, constants }))).toEqual([])
})

test('records that are there already miss nothing', () => {
  expect(missingTargets(made({ mode: 'update' }))).toEqual([])
})

test('a target is repeated by a column or a value for all rows', () => {
  const doc = made({
    columns: [{ target: 'title' }, { target: 'note' }, { target: 'title' }],
    constants: [{ target: 'note', text: '' }],
  })
  expect([...repeatedTargets(doc)]).toEqual(['title', 'note'])
})

test('a further value for all rows begins where nothing goes yet, at what is missing first', () => {
  expect(nextTarget(made({}))?.name).toBe('title')
  expect(nextTarget(made({ columns: [{ target: 'title' }] }))?.name).toBe('price')
  const columns = [{ target: 'title' }, { target: 'price.amount' }]
  expect(nextTarget(made({ columns }))?.name).toBe('note')
  expect(nextTarget(made({ columns: [{ target: 'title' }], mode: 'update' }))?.name).toBe('price')
})
