import { afterEach, describe, expect, it } from 'vitest'
import { EMPTY, fmt } from './format.ts'
import { setLocale } from './locale.ts'

const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ')

afterEach(() => setLocale('en'))

describe('formats', () => {
  it('write numbers and money as the language does', () => {
    setLocale('de')
    expect(fmt.num(1234.5)).toBe('1.234,5')
    expect(plain(fmt.money('76600.00'))).toBe('76.600,00 €')
    setLocale('en')
    expect(fmt.money('76600.00')).toBe('€76,600.00')
  })

  it('keep every digit of a decimal string', () => {
    expect(fmt.num('9007199254740993')).toBe('9,007,199,254,740,993')
  })

  it('put the day before the month in both languages', () => {
    expect(fmt.date('2026-11-21')).toBe('21/11/2026')
    setLocale('de')
    expect(fmt.date('2026-11-21')).toBe('21.11.2026')
    expect(fmt.day('2026-11-21')).toBe('Samstag, 21. November')
  })

  it('tell distances in words, calendar dates by whole days', () => {
    setLocale('de')
    const now = new Date(2026, 10, 21, 15, 0)
    expect(fmt.rel('2026-11-21', now)).toBe('heute')
    expect(fmt.rel('2026-11-20', now)).toBe('gestern')
    expect(fmt.rel(new Date(2026, 10, 21, 12, 30), now)).toBe('vor 2 Stunden')
    expect(fmt.rel(new Date(2026, 10, 21, 15, 0, 20), now)).toBe('jetzt')
  })

  it('show an en dash for nothing and for nonsense', () => {
    expect([fmt.num(null), fmt.date(''), fmt.rel(undefined), fmt.datetime('no date')]).toEqual([
      EMPTY,
      EMPTY,
      EMPTY,
      EMPTY,
    ])
  })
})
