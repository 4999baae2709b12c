import { currencyDigits, type Geo } from '@plinth/sdk'
import { formatLocale } from './locale.ts'
import { dayOf, timeZone } from './time-zone.ts'

/** What stands for an empty value. */
export const EMPTY = '–'

type Moment = string | number | Date | null | undefined

const cache = new Map<string, unknown>()

/** Intl formatters cost about 50 µs to build, a table row needs several: keep one per language and options. */
function cached<T>(kind: string, options: object, build: (language: string) => T): T {
  const key = `${formatLocale.value} ${kind} ${JSON.stringify(options)}`
  let found = cache.get(key) as T | undefined
  if (found === undefined) cache.set(key, (found = build(formatLocale.value)))
  return found
}

function parse(moment: Moment): Date | null {
  if (moment === null || moment === undefined || moment === '') return null
  const date = new Date(moment)
  return Number.isNaN(date.getTime()) ? null : date
}

/** A calendar date (`2026-11-21`) is a day, not a moment: it must not move with the time zone. */
function isDay(moment: Moment): boolean {
  return typeof moment === 'string' && /^\d{4}-\d\d-\d\d$/.test(moment)
}

function dateFormat(kind: string, parts: Intl.DateTimeFormatOptions, moment: Moment): string {
  const date = parse(moment)
  const options = { ...parts, timeZone: isDay(moment) ? 'UTC' : timeZone.value }
  return date
    ? cached(kind, options, (language) => new Intl.DateTimeFormat(language, options)).format(date)
    : EMPTY
}

function num(value: number | string | null | undefined, options: Intl.NumberFormatOptions = {}): string {
  if (value === null || value === undefined || value === '') return EMPTY
  const formatter = cached('num', options, (language) => new Intl.NumberFormat(language, options))
  // Decimal strings are formatted exactly, without a detour through a binary float.
  return formatter.format(value as number)
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

function rel(moment: Moment, now: Date = new Date()): string {
  const date = parse(moment)
  if (!date) return EMPTY
  const formatter = cached(
    'rel',
    {},
    (language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
  )
  const wholeDay = isDay(moment)
  const from = wholeDay ? new Date(dayOf(now)) : now
  const seconds = (date.getTime() - from.getTime()) / 1000
  if (wholeDay && Math.abs(seconds) < 86_400) return formatter.format(Math.round(seconds / 86_400), 'day')
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return formatter.format(Math.trunc(seconds / size), unit)
  }
  return formatter.format(0, 'second')
}

/** The digits of the standard: Intl shows some currencies, like HUF and ISK, with others. */
function moneyOptions(currency: string): Intl.NumberFormatOptions {
  const digits = currencyDigits(currency) ?? 2
  return { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits }
}

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** `48 kB`, `1,2 MB`: powers of a thousand, as systems show sizes of files. */
function bytes(size: number): string {
  const step = Math.min(size < 1 ? 0 : Math.floor(Math.log10(size) / 3), SIZES.length - 1)
  const amount = size / 1000 ** step
  return num(amount, {
    style: 'unit',
    unit: SIZES[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step > 0 && amount < 10 ? 1 : 0,
  })
}

/** An IBAN in groups of four, as it stands on cards and invoices. */
export function groupIban(iban: string): string {
  return iban
    .replaceAll(/\s/g, '')
    .toUpperCase()
    .replaceAll(/.{4}(?=.)/g, '$& ')
}

function degrees(value: number, directions: string): string {
  const text = num(Math.abs(value), { minimumFractionDigits: 4, maximumFractionDigits: 6 })
  return `${text}° ${directions[value < 0 ? 1 : 0]}`
}

/** `53,5511° N, 9,9937° O`; east is the one direction whose letter differs between the languages. */
function geo({ lat, lng }: Geo): string {
  const east = formatLocale.value.startsWith('de') ? 'O' : 'E'
  return `${degrees(lat, 'NS')}, ${degrees(lng, `${east}W`)}`
}

/** Numbers, money and dates in the member's language, moments in the time zone of the workspace. Empty values give an en dash. */
export const fmt = {
  num,
  /** `amount` is a decimal string or number in major units, `currency` an ISO 4217 code. */
  money: (amount: number | string | null | undefined, currency = 'EUR') =>
    num(amount, moneyOptions(currency)),
  date: (moment: Moment) => dateFormat('date', { day: '2-digit', month: '2-digit', year: 'numeric' }, moment),
  /** With the weekday and the month in words: `Samstag, 21. November`. */
  day: (moment: Moment) => dateFormat('day', { weekday: 'long', day: 'numeric', month: 'long' }, moment),
  time: (moment: Moment) => dateFormat('time', { hour: '2-digit', minute: '2-digit' }, moment),
  datetime: (moment: Moment) =>
    dateFormat(
      'datetime',
      { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
      moment,
    ),
  /** Distance from now: `vor 3 Tagen`, `gestern`, `in 2 Stunden`. */
  rel,
  iban: groupIban,
  geo,
  bytes,
} as const

export type Format = typeof fmt
