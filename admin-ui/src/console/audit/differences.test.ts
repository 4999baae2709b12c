import { expect, test } from 'vitest'
import { differences, nameIn, wordsOf } from './differences.ts'

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

test('values of fields a workspace has added are told of one by one', () => {
  expect(differences({ custom: { room: 'A', floor: 1 } }, { custom: { room: 'B', floor: 1 } })).toEqual([
    { field: 'custom.room', before: 'A', after: 'B' },
  ])
})

test('values are read as words', () => {
  expect([null, '', 'text', 0, false, ['a']].map(wordsOf)).toEqual(['', '', 'text', '0', 'false', '["a"]'])
})

test('what an entry is about is called by the values that names are', () => {
  expect(nameIn({ status: 'new', name: 'Hanse GmbH' })).toBe('Hanse GmbH')
  expect(nameIn({ name: '', subject: 'No heating' })).toBe('No heating')
  expect([null, 'name', ['name'], { name: 7 }, {}].map(nameIn)).toEqual(['', '', '', '', ''])
})
