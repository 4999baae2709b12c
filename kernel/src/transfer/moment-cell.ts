import { momentOf, wallClock } from '@plinth/sdk'
import type { ExportQuery } from './export-query.ts'

/** Beyond these, clocks of some zone show a year that dates of files do not have. */
const FIRST = Date.parse('0001-01-03T00:00:00Z')
const LAST = Date.parse('9999-12-29T00:00:00Z')

const two = (value: number): string => String(value).padStart(2, '0')

/**
 * A moment as the clocks of a zone show it. As text it says how far they are ahead: `2026-11-21T10:30:00+01:00`. A workbook cannot hold that,
 * so there it is the time alone, `2026-11-21T10:30:00.000`, unless clocks show it twice. What cannot be said so stays in UTC.
 *
 * @param moment as the API shows it
 */
export function momentCell(moment: string, zone: string, format: ExportQuery['format']): string {
  const time = Date.parse(moment)
  if (!(time >= FIRST && time <= LAST)) return moment
  const wall = wallClock(time, zone)
  const shown = new Date(wall).toISOString().slice(0, -1)
  if (format === 'xlsx' && momentOf(wall, zone) === time) return shown
  const minutes = (wall - time) / 60_000
  // Before zones, clocks of places were apart by seconds.
  if (!Number.isInteger(minutes)) return moment
  const ahead = Math.abs(minutes)
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`
  return `${shown.replace(/(\.\d*?)0+$/, (_, digits: string) => (digits === '.' ? '' : digits))}${offset}`
}
