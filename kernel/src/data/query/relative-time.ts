import type { FieldModel } from '../model/entity-model.ts'
import type { SqlValues } from './sql-values.ts'

const PATTERN =
  /^\$(now|day|week|month|year)(?:([+-])P(?:(\d{1,4})([DWMY])|T(\d{1,4})H))?(?:\[([A-Za-z0-9_+/-]{1,64})\])?$/u

const UNITS: Readonly<Record<string, string>> = { D: 'day', W: 'week', M: 'month', Y: 'year' }

/** Whether a text is a time relative to now: `$now-P30D`, or from the beginning of the present day, week, month or year `$month+P1M`. */
export function isRelativeTime(text: string): boolean {
  return PATTERN.test(text)
}

/** The same, where days begin: `$month[Europe/Berlin]`. */
export function inTimeZone(text: string, timeZone: string): string {
  return text.endsWith(']') ? text : `${text}[${timeZone}]`
}

/** SQL for a time relative to now that is bound to a time zone; undefined for what is none, or at a field that is about no time. */
export function relativeSql(
  { declaration: { type } }: FieldModel,
  value: unknown,
  values: SqlValues,
): string | undefined {
  if (typeof value !== 'string' || (type !== 'date' && type !== 'datetime')) return undefined
  const [, since, sign, count, unit, hours, zone] = PATTERN.exec(value) ?? []
  if (since === undefined || zone === undefined) return undefined
  const placed = `${values.add(zone)}::text`
  const here = `now() AT TIME ZONE ${placed}`
  const begin = since === 'now' ? `(${here})` : `date_trunc('${since}', ${here})`
  const step = hours === undefined ? `${count} ${UNITS[unit ?? 'D']}` : `${hours} hour`
  const moment = sign === undefined ? begin : `(${begin} ${sign} interval '${step}')`
  return type === 'date' ? `${moment}::date` : `(${moment} AT TIME ZONE ${placed})`
}
