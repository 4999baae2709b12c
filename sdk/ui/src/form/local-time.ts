import { atClock, clockAt, dayOf } from '../i18n/time-zone.ts'

/** An instant (`2026-11-21T09:30:00.000Z`) as the wall clock of an input, in the zone of the page: `2026-11-21T10:30`. */
export function toLocalTime(instant: string | null | undefined): string {
  if (!instant) return ''
  const date = new Date(instant)
  return Number.isNaN(date.getTime()) ? '' : clockAt(date).toISOString().slice(0, 16)
}

/** A wall clock time in the zone of the page as an instant in UTC, or null when there is none. */
export function fromLocalTime(local: string): string | null {
  if (!local) return null
  const shown = new Date(`${local}Z`)
  return Number.isNaN(shown.getTime()) ? null : atClock(shown).toISOString()
}

/** Today as a calendar date in the zone of the page: `2026-11-21`. */
export function today(now: Date = new Date()): string {
  return dayOf(now)
}
