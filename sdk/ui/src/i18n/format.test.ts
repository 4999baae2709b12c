import { afterEach, describe, expect, it } from 'vitest'
import { EMPTY, fmt } from './format.ts'
import { setLocale } from './locale.ts'
import { setTimeZone, timeZone } from './time-zone.ts'

const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ')

const own = timeZone.value
afterEach(() => {
  setLocale('en')
  setTimeZone(own)
})

describe('formats', () => {
  it('write numbers and money as the language does', () => {
    setLocale('de')
    expect(fmt.num(1234.5)).toBe('1.234,5')
    expect(plain(fmt.money('76600.00'))).toBe('76.600,00 €')
    setLocale('en')
    expect(fmt.money('76600.00')).toBe('€76,600.00')
  })

  it('give an amount the digits of its currency', () => {
    setLocale('de')
    expect(plain(fmt.money('1234', 'JPY'))).toBe('1.234 ¥')
    expect(plain(fmt.money('1.5', 'KWD'))).toBe('1,500 KWD')
    expect(plain(fmt.money('10.5', 'HUF'))).toBe('10,50 HUF')
    expect(plain(fmt.money('99999999999999.99', 'EUR'))).toBe('99.999.999.999.999,99 €')
  })

  it('write accounts in groups and places in degrees', () => {
    setLocale('de')
    expect(fmt.iban('DE89370400440532013000')).toBe('DE89 3704 0044 0532 0130 00')
    expect(fmt.geo({ lat: 53.55, lng: 9.9937 })).toBe('53,5500° N, 9,9937° O')
    setLocale('en')
    expect(fmt.geo({ lat: -33.8688, lng: -70.123456 })).toBe('33.8688° S, 70.123456° W')
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

  it('show moments as clocks of the workspace do, and leave calendar dates alone', () => {
    const moment = '2026-12-31T23:30:00.000Z'
    setTimeZone('Europe/Berlin')
    expect(fmt.datetime(moment)).toBe('01/01/2027, 00:30')
    expect(fmt.date(moment)).toBe('01/01/2027')
    expect(fmt.date('2026-12-31')).toBe('31/12/2026')
    setTimeZone('Pacific/Pago_Pago')
    expect(fmt.datetime(moment)).toBe('31/12/2026, 12:30')
    expect(fmt.time(moment)).toBe('12:30')
    expect(fmt.day('2026-11-21')).toBe('Saturday 21 November')
    expect(fmt.rel('2026-12-31', new Date('2027-01-01T10:00:00Z'))).toBe('today')
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
