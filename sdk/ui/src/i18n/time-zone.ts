import { dayIn, isTimeZone, momentOf, wallClock } from '@plinth/sdk'
import { signal } from '../element/signals.ts'

const browser = Intl.DateTimeFormat().resolvedOptions().timeZone

/** IANA name of the zone whose clocks the page shows: that of the workspace, wherever its members are. Until it is known, the browser's. */
export const timeZone = signal(browser)

/** Sets the zone of the page. One the browser has never heard of leaves it with its own. */
export function setTimeZone(name: string): void {
  timeZone.value = isTimeZone(name) ? name : browser
}

/** The calendar date of a moment in the zone of the page: `2026-11-21`. */
export function dayOf(moment: string | number | Date): string {
  return dayIn(new Date(moment), timeZone.value)
}

/** What clocks in the zone of the page show at a moment, as a date whose UTC parts they are. */
export function clockAt(moment: Date): Date {
  return new Date(wallClock(moment.getTime(), timeZone.value))
}

/** The moment at which clocks in the zone of the page show a time, given as the UTC parts of a date. */
export function atClock(shown: Date): Date {
  return new Date(momentOf(shown.getTime(), timeZone.value))
}

/** The zone in words where it is not that of the browser, which people would take for granted; else nothing. */
export function foreignZone(now: Date = new Date()): string {
  const own = wallClock(now.getTime(), browser) === wallClock(now.getTime(), timeZone.value)
  return own ? '' : timeZone.value.replaceAll('_', ' ')
}
