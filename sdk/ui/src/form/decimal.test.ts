import { describe, expect, test } from 'vitest'
import { formatDecimal, parseDecimal } from './decimal.ts'

describe('numbers as people type them', () => {
  test.each([
    ['1234,5', '1234.5'],
    ['1.234,50', '1234.5'],
    ['1.234', '1234'],
    ['1.234.567', '1234567'],
    ['1.5', '1.5'],
    ['  1 234,5 ', '1234.5'],
    ['-0,10', '-0.1'],
    ['−3', '-3'],
    ['007', '7'],
    ['0,00', '0'],
    ['-0', '0'],
    ['', null],
  ])('German %j is %j', (text, value) => {
    expect(parseDecimal(text, 'de', 2)).toEqual({ value })
  })

  test.each([
    ['1,234.5', '1234.5'],
    ['1,234', '1234'],
    ['1.5', '1.5'],
    ['1,5', '1.5'],
  ])('English %j is %j', (text, value) => {
    expect(parseDecimal(text, 'en-GB', 2)).toEqual({ value })
  })

  test('what is no number is refused', () => {
    for (const text of ['abc', '1,2,3', '-', ',', '1e5']) {
      expect(parseDecimal(text, 'de', 2), text).toEqual({ problem: 'number' })
    }
  })

  test('too many digits after the point are refused, not rounded', () => {
    expect(parseDecimal('1,234', 'de', 2)).toEqual({ problem: 'scale' })
    expect(parseDecimal('1,5', 'de', 0)).toEqual({ problem: 'scale' })
    expect(parseDecimal('1,000', 'de', 0)).toEqual({ value: '1' })
  })

  test('all digits survive typing and showing', () => {
    const parsed = parseDecimal('123.456.789.012.345,67', 'de', 2)
    expect(parsed).toEqual({ value: '123456789012345.67' })
    expect(formatDecimal('123456789012345.67', 'de', 2)).toBe('123.456.789.012.345,67')
  })

  test('a number is shown with the digits its field has', () => {
    expect(formatDecimal('40', 'de', 2)).toBe('40,00')
    expect(formatDecimal(14, 'en-GB', 0)).toBe('14')
    expect(formatDecimal(null, 'de', 2)).toBe('')
  })
})
