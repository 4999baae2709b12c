import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setLocale } from '../i18n/locale.ts'
import { dateTexts, parseDate } from './date-texts.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 21) })
})

afterEach(() => {
  vi.useRealTimers()
  setLocale('en')
})

describe('typed dates', () => {
  const day = { day: 3, month: 4, year: 2026 }

  it.each([
    '03.05.2026',
    '3.5.26',
    '3.5.',
    '3.5',
    '0305',
    '03052026',
    '3/5/2026',
    '2026-05-03',
    ' 3-5-2026 ',
  ])('reads %s', (text) => {
    expect(parseDate(text)).toEqual(day)
  })

  it.each(['', 'morgen', '31.02.2026', '0.5.2026', '5', '12.13.2026'])('refuses %j', (text) => {
    expect(parseDate(text)).toBeUndefined()
  })

  it('takes two digits as the nearer century', () => {
    expect(parseDate('1.1.68')?.year).toBe(1968)
    expect(parseDate('1.1.31')?.year).toBe(2031)
  })
})

describe('texts of the calendar', () => {
  it('begin the week on Monday and name months in the language', () => {
    setLocale('de')
    const texts = dateTexts() as { monthNames: string[]; weekdaysShort: string[]; firstDayOfWeek: number }
    expect(texts.monthNames[2]).toBe('März')
    expect(texts.weekdaysShort[0]).toBe('So')
    expect(texts.firstDayOfWeek).toBe(1)
  })

  it('write what they can read again', () => {
    for (const language of ['de', 'en']) {
      setLocale(language)
      const { formatDate } = dateTexts() as { formatDate: (date: object) => string }
      expect(parseDate(formatDate({ day: 3, month: 4, year: 2026 }))).toEqual({
        day: 3,
        month: 4,
        year: 2026,
      })
    }
  })
})
