import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, compare, exact, multiply, negate, toText, type Exact } from './exact.ts'

const decimal = fc.record({
  units: fc.bigInt(-(10n ** 20n), 10n ** 20n),
  scale: fc.integer({ min: 0, max: 6 }),
})
const same = (left: Exact, right: Exact): void => expect(compare(left, right)).toBe(0)

test('addition and multiplication keep the laws of arithmetic', () => {
  fc.assert(
    fc.property(decimal, decimal, decimal, (a, b, c) => {
      same(add(a, b), add(b, a))
      same(add(add(a, b), c), add(a, add(b, c)))
      same(multiply(multiply(a, b), c), multiply(a, multiply(b, c)))
      same(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))
      expect(compare(a, b)).toBe(-compare(b, a) + 0)
    }),
  )
})

test('a decimal survives the way to text and back, and rounding is off by half a unit at most', () => {
  fc.assert(
    fc.property(decimal, fc.integer({ min: 0, max: 6 }), (value, scale) => {
      same(exact(toText(value, Math.max(value.scale, scale)))!, value)
      const off = add(exact(toText(value, scale))!, negate(value))
      const distance = off.units < 0n ? negate(off) : off
      expect(compare(distance, { units: 5n, scale: scale + 1 })).toBeLessThanOrEqual(0)
    }),
  )
})

test.each([
  ['2.345', 2, '2.35'],
  ['-2.345', 2, '-2.35'],
  ['2.344999', 2, '2.34'],
  ['-0.004', 2, '0.00'],
  ['0.5', 0, '1'],
  ['-0.5', 0, '-1'],
  ['7', 3, '7.000'],
])('%s with %i digits is %s', (text, scale, rounded) => {
  expect(toText(exact(text)!, scale)).toBe(rounded)
})

test.each(['', '1e3', '1.', '.5', 'NaN', null, undefined, {}])('%s is no decimal', (value) => {
  expect(exact(value)).toBeUndefined()
})
