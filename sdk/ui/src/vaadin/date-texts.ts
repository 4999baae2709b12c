import { formatLocale } from '../i18n/locale.ts'

interface CalendarDate {
  readonly day: number
  readonly month: number
  readonly year: number
}

function names(options: Intl.DateTimeFormatOptions, dates: readonly Date[]): string[] {
  const formatter = new Intl.DateTimeFormat(formatLocale.peek(), options)
  return dates.map((date) => formatter.format(date))
}

/** Two-digit years mean the century that is nearer. */
function fullYear(year: number): number {
  if (year >= 100) return year
  const now = new Date().getFullYear()
  const guess = now - (now % 100) + year
  return guess > now + 30 ? guess - 100 : guess
}

/** Reads what people type: `21.11.2026`, `21.11.26`, `21.11.`, `2111`, `21/11/2026`, `2026-11-21`. */
export function parseDate(text: string): CalendarDate | undefined {
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text)
  const local =
    /^\s*(\d{1,2})\D(\d{1,2})(?:\D(\d{2,4})?)?\s*$/.exec(text) ?? /^\s*(\d\d)(\d\d)(\d{2,4})?\s*$/.exec(text)
  const parts = iso ? [iso[3], iso[2], iso[1]] : local?.slice(1)
  if (!parts) return undefined
  const day = Number(parts[0])
  const month = Number(parts[1]) - 1
  const year = parts[2] === undefined ? new Date().getFullYear() : fullYear(Number(parts[2]))
  const date = new Date(year, month, day)
  return date.getMonth() === month && date.getDate() === day ? { day, month, year } : undefined
}

/** Month names, week start and formats for date pickers in the member's language. */
export function dateTexts(): Record<string, unknown> {
  const months = Array.from({ length: 12 }, (_, month) => new Date(2026, month, 1))
  const days = Array.from({ length: 7 }, (_, day) => new Date(2026, 10, 1 + day))
  const format = new Intl.DateTimeFormat(formatLocale.peek(), {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  })
  return {
    monthNames: names({ month: 'long' }, months),
    weekdays: names({ weekday: 'long' }, days),
    weekdaysShort: names({ weekday: 'short' }, days).map((name) => name.replace('.', '')),
    firstDayOfWeek: 1,
    formatDate: ({ day, month, year }: CalendarDate) => format.format(new Date(year, month, day)),
    parseDate,
  }
}
