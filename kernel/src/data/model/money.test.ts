import fc from 'fast-check'
import { CURRENCIES } from '@plinth/sdk'
import { expect, test } from 'vitest'
import { fromMinor, toMinor } from './money.ts'

test('an amount survives the way to minor units and back', () => {
  const minor = fc.bigInt(-(10n ** 14n) + 1n, 10n ** 14n - 1n)
  fc.assert(
    fc.property(minor, fc.constantFrom(...CURRENCIES), (value, currency) => {
      expect(toMinor(fromMinor(value, currency))).toBe(value)
    }),
  )
})

test.each([
  ['12.34', 'EUR', 1234n],
  ['-0.05', 'EUR', -5n],
  ['-0.00', 'EUR', 0n],
  ['7', 'KWD', 7000n],
  ['7', 'JPY', 7n],
  ['7.0', 'JPY', undefined],
  ['0.001', 'EUR', undefined],
  ['1', 'XXX', undefined],
  ['1e3', 'EUR', undefined],
  ['', 'EUR', undefined],
])('%s %s is %s', (amount, currency, minor) => {
  expect(toMinor({ amount, currency })).toBe(minor)
})
