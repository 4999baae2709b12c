import { expect, test } from 'vitest'
import { auditQuery } from './audit-api.ts'
import { differences, wordsOf } from './differences.ts'

test('what is the same on both sides, or only a version, is no difference', () => {
  expect(differences({ name: 'A', tags: ['x'], version: 1 }, { name: 'B', tags: ['x'], version: 2 })).toEqual(
    [{ field: 'name', before: 'A', after: 'B' }],
  )
})

test('what came or went is told of with all its values', () => {
  expect(differences(null, { name: 'A' })).toEqual([{ field: 'name', before: undefined, after: 'A' }])
  expect(differences({ name: 'A' }, null)).toEqual([{ field: 'name', before: 'A', after: undefined }])
  expect(differences(null, 'text')).toEqual([])
})

test('values are read as words', () => {
  expect([null, '', 'text', 0, false, ['a']].map(wordsOf)).toEqual(['', '', 'text', '0', 'false', '["a"]'])
})

test('days are asked for as a whole, the last one too', () => {
  const query = auditQuery({ security: true, q: ' ada ', from: '2026-11-01', to: '2026-11-01' })
  expect(query.get('q')).toBe('ada')
  expect(query.get('security')).toBe('true')
  expect(Date.parse(query.get('to')!) - Date.parse(query.get('from')!)).toBe(24 * 60 * 60_000)
  expect(String(auditQuery({ security: false, q: '', from: '', to: '' }))).toBe('')
})
