import { expect, test } from 'vitest'
import { toggled } from './selection.ts'

test('a row is chosen by the first press and no longer by the second; the others stay as they are', () => {
  const before = new Set(['a'])
  const both = toggled(before, 'b')
  expect([...both]).toEqual(['a', 'b'])
  expect([...toggled(both, 'a')]).toEqual(['b'])
  expect([...before]).toEqual(['a'])
})
