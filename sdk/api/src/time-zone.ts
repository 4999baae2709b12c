/*
 * Days and clocks of places. Zones are called by their IANA names, moments are milliseconds since 1970.
 */

const NAME = /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/

/** Whether there is a time zone of this name. Offsets (`+01:00`) are none: they know no summer. */
export function isTimeZone(name: string): boolean {
  if (!NAME.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(time: number, zone: string): number {
  if (zone === 'UTC') return 0
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  )
  const year = parts['era'] === 'AD' ? Number(parts['year']) : 1 - Number(parts['year'])
  // Not Date.UTC, which takes the years 0 to 99 for those of the last century.
  const shown = new Date(0).setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day']))
  const ofDay = Number(parts['hour']) * 3600 + Number(parts['minute']) * 60 + Number(parts['second'])
  return shown + ofDay * 1000 - Math.floor(time / 1000) * 1000
}

/** What the clocks of a zone show at a moment, as if they were in UTC. */
export function wallClock(time: number, zone: string): number {
  return time + offsetAt(time, zone)
}

/**
 * The moment at which the clocks of a zone show a time. Times a clock skips or shows twice are one of the two it may be.
 *
 * @param wall milliseconds since 1970 if the clock were in UTC
 */
export function momentOf(wall: number, zone: string): number {
  const first = wall - offsetAt(wall, zone)
  return wall - offsetAt(first, zone)
}

/** The calendar date of a moment in a zone: `2026-11-21`. */
export function dayIn(time: Date, zone: string): string {
  return new Date(wallClock(time.getTime(), zone)).toISOString().slice(0, 10)
}
