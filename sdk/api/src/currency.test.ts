import { expect, test } from 'vitest'
import { CURRENCIES, currencyDigits } from './currency.ts'

test.each([
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
  ['CLF', 4],
  ['HUF', 2],
  ['EURO', undefined],
  ['eur', undefined],
  ['toString', undefined],
])('%s has %s digits', (currency, digits) => {
  expect(currencyDigits(currency)).toBe(digits)
})

test('no currency stands twice', () => {
  expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length)
  expect(CURRENCIES.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true)
})
