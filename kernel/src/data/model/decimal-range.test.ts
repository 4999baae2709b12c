import { expect, test } from 'vitest'
import { isInRange } from './decimal-range.ts'

test.each([
  ['999999999999999999', { max: 999_999_999_999_999_900 }, false],
  ['0.1', { min: 0.1 }, true],
  ['0.0999', { min: 0.1 }, false],
  ['-0.00', { min: 0 }, true],
  ['-1', { min: -1, max: -1 }, true],
  ['0.0000001', { min: 1e-7 }, true],
  ['0', { min: 1e-7 }, false],
  ['5', { max: 1e21 }, true],
  ['x', {}, false],
])('%s within %j: %s', (text, range, expected) => {
  expect(isInRange(text, range)).toBe(expected)
})
