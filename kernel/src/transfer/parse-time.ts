import { momentOf, type ImportSettings } from '@plinth/sdk'

type Order = ImportSettings['dates']

/** A day as ISO date; undefined when it is none. */
export function parseDay(text: string, order: Order): string | undefined {
  return /^\d+-\d\d-\d\d$/.test(text.trim()) ? text.trim() : splitDay(text.trim(), order)?.day
}

/**
 * A moment as ISO time. Without offset it is meant in the zone.
 *
 * @param zone IANA name
 */
export function parseMoment(text: string, order: Order, zone: string): string | undefined {
  const trimmed = text.trim()
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(trimmed)) return trimmed
  const iso = /^(\d{4}-\d\d-\d\d)(?:[T ,]+(.+))?$/.exec(trimmed)
  const split = iso ? { day: iso[1]!, rest: iso[2] ?? '' } : splitDay(trimmed, order)
  if (!split) return undefined
  const time = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,3}))?)?(?: ?Uhr)?$/.exec(split.rest.trim())
  if (!time && split.rest.trim() !== '') return undefined
  const [, hours = '0', minutes = '00', seconds = '00', fraction = '0'] = time ?? []
  const wall = Date.parse(
    `${split.day}T${hours.padStart(2, '0')}:${minutes}:${seconds}.${fraction.padEnd(3, '0')}Z`,
  )
  return Number.isNaN(wall) ? undefined : inZone(wall, zone)
}

function splitDay(text: string, order: Order): { day: string; rest: string } | undefined {
  const [, first, second, year, rest = ''] =
    /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ ,T]+(.*))?$/.exec(text) ?? []
  if (year === undefined || order === 'iso') return undefined
  const [day, month] = order === 'dmy' ? [first!, second!] : [second!, first!]
  return { day: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, rest }
}

/**
 * The moment at which clocks of a zone show a time, as ISO time.
 *
 * @param wall milliseconds since 1970 if the clock were in UTC
 */
export function inZone(wall: number, zone: string): string {
  return new Date(momentOf(wall, zone)).toISOString()
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format()
    return true
  } catch {
    return false
  }
}
