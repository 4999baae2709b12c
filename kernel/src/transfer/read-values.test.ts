import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectValues } from './detect-values.ts'
import { parseAmount, parseNumber, plainNumber } from './parse-number.ts'
import { inZone, parseDay, parseMoment } from './parse-time.ts'

describe('a number', () => {
  test.each([
    ['1.234,56', 'de', '1234.56'],
    ['1234,5', 'de', '1234.5'],
    ['-1.234.567', 'de', '-1234567'],
    ['−5', 'de', '-5'],
    ['+5', 'de', '5'],
    ['1 234 567,8', 'de', '1234567.8'],
    ["1'234.50", 'en', '1234.50'],
    ['1,234.56', 'en', '1234.56'],
    ['12.5', 'en', '12.5'],
    ['12.5', 'de', undefined],
    ['1.2345', 'de', undefined],
    ['12,5', 'en', undefined],
    ['1,23,456', 'en', undefined],
    ['', 'en', undefined],
    ['12a', 'de', undefined],
    ['1e5', 'en', undefined],
    ['--5', 'en', undefined],
    ['.5', 'en', undefined],
  ] as const)('%s read as %s is %s', (text, format, number) => {
    expect(parseNumber(text, format)).toBe(number)
  })

  test('written by either language is read back exactly', () => {
    const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat({ max: 999 }))
    fc.assert(
      fc.property(decimal, fc.constantFrom('de', 'en'), (value, format) => {
        const [whole, rest] = value
        const fraction = String(rest).padStart(3, '0')
        const shown = whole.toLocaleString(format) + (format === 'de' ? ',' : '.') + fraction
        expect(parseNumber(shown, format)).toBe(`${whole}.${fraction}`)
      }),
    )
  })

  test('of a workbook is written out without an exponent', () => {
    expect([0.1, 1e21, 1e-7, -2.5, 123456789012345].map(plainNumber)).toEqual([
      '0.1',
      '1000000000000000000000',
      '0.0000001',
      '-2.5',
      '123456789012345',
    ])
  })
})

test.each([
  ['1.234,56 €', 'de', { amount: '1234.56', currency: 'EUR' }],
  ['EUR -5', 'de', { amount: '-5', currency: 'EUR' }],
  ['$1,000.50', 'en', { amount: '1000.50', currency: 'USD' }],
  ['-$3', 'en', { amount: '-3', currency: 'USD' }],
  ['12', 'en', { amount: '12' }],
  ['Fr. 7.50', 'en', { amount: '7.50', currency: 'CHF' }],
  ['12 euros', 'en', undefined],
] as const)('the amount %s in %s is read', (text, format, amount) => {
  expect(parseAmount(text, format)).toEqual(amount)
})

describe('a day', () => {
  test.each([
    ['2026-02-01', 'dmy', '2026-02-01'],
    ['1.2.2026', 'dmy', '2026-02-01'],
    ['2/1/2026', 'mdy', '2026-02-01'],
    ['1/2/2026', 'dmy', '2026-02-01'],
    ['1.2.2026', 'iso', undefined],
    ['1.2.26', 'dmy', undefined],
    ['soon', 'dmy', undefined],
  ] as const)('%s read as %s is %s', (text, order, day) => {
    expect(parseDay(text, order)).toBe(day)
  })
})

describe('a moment', () => {
  test.each([
    ['2026-02-01T10:00:00Z', 'iso', '2026-02-01T10:00:00Z'],
    ['2026-02-01 10:00', 'iso', '2026-02-01T09:00:00.000Z'],
    ['1.7.2026, 10:00 Uhr', 'dmy', '2026-07-01T08:00:00.000Z'],
    ['7/1/2026 10:00:30.5', 'mdy', '2026-07-01T08:00:30.500Z'],
    ['1.7.2026', 'dmy', '2026-06-30T22:00:00.000Z'],
    ['1.7.2026 25 o’clock', 'dmy', undefined],
    ['40.7.2026 10:00', 'dmy', undefined],
  ] as const)('%s read as %s in Berlin is %s', (text, order, moment) => {
    expect(parseMoment(text, order, 'Europe/Berlin')).toBe(moment)
  })

  test('that a clock shows is found for every zone and season', () => {
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia')
    fc.assert(
      fc.property(zone, fc.integer({ min: 0, max: 2_000_000_000 }), (timeZone, seconds) => {
        const time = new Date(inZone(seconds * 1000, timeZone))
        const clock = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
        const shown = Date.parse(`${clock.format(time).replace(' ', 'T')}Z`)
        // The hour a clock skips in spring it never shows, nor Samoa the day it went without when it crossed the date line.
        expect([0, 3_600_000, 86_400_000]).toContain(Math.abs(shown - seconds * 1000))
      }),
    )
  })
})

test.each([
  [['1.234,56', '3,5'], false, { numbers: 'de', dates: 'iso' }],
  [['1,234.56', '3.5'], true, { numbers: 'en', dates: 'iso' }],
  [['12', 'x'], true, { numbers: 'de', dates: 'iso' }],
  [['1.234'], true, { numbers: 'de', dates: 'iso' }],
  [['-10477397908080.615', 'x'], true, { numbers: 'en', dates: 'iso' }],
  [['0,125'], false, { numbers: 'de', dates: 'iso' }],
  [['12', 'x'], false, { numbers: 'en', dates: 'iso' }],
  [['1.2.2026'], false, { numbers: 'en', dates: 'dmy' }],
  [['2/13/2026', '1/2/2026'], false, { numbers: 'en', dates: 'mdy' }],
  [['13/2/2026'], false, { numbers: 'en', dates: 'dmy' }],
] as const)('cells like %j tell how values are written', (cells, german, found) => {
  expect(detectValues(cells, german)).toEqual(found)
})
