import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { joinColumns } from '../model/field-columns.ts'

export type RecordJson = Record<string, unknown>

/** A record as the API shows it, from the values of the unit of work; the same text PostgreSQL renders on reading. */
export function renderRecord(model: EntityModel, values: Readonly<Record<string, unknown>>): RecordJson {
  return Object.fromEntries(model.fields.map((field) => [field.name, renderValue(field, values)]))
}

/** One field of it. */
export function renderValue(field: FieldModel, values: Readonly<Record<string, unknown>>): unknown {
  const value = joinColumns(field, values)
  if (field.members) return renderCustom(field.members, value)
  if (value === undefined || value === null) return null
  if (value instanceof Date)
    return field.declaration.type === 'date' ? value.toISOString().slice(0, 10) : renderInstant(value)
  switch (field.declaration.type) {
    case 'decimal':
      return renderDecimal(`${value as string | number}`, field.declaration.scale ?? 2)
    case 'address':
    case 'json':
    case 'file':
      return renderJson(value)
    default:
      return value
  }
}

/** The fields the tenant has added and not archived, empty ones too. */
function renderCustom(members: readonly FieldModel[], stored: unknown): unknown {
  const values = (stored ?? {}) as RecordJson
  return renderJson(
    Object.fromEntries(members.map(({ custom }) => [custom!.key, values[custom!.key] ?? null])),
  )
}

/** As `jsonb` keeps it: the members of an object by length of their names, then by their bytes. */
function renderJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renderJson)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, each]) => [Buffer.from(name), name, each] as const)
  members.sort(([left], [right]) => left.length - right.length || Buffer.compare(left, right))
  return Object.fromEntries(members.map(([, name, each]) => [name, renderJson(each)]))
}

/** As PostgreSQL writes a timestamp in JSON, in UTC: trailing zeros of the fraction dropped, offset instead of `Z`. */
function renderInstant(date: Date): string {
  return date
    .toISOString()
    .replace(/\.(\d*?)0*Z$/, (_, digits: string) => (digits === '' ? '+00:00' : `.${digits}+00:00`))
}

/** As a `numeric` of this scale prints: `2.5` with scale 2 is `2.50`. */
function renderDecimal(text: string, scale: number): string {
  const [, sign, whole, fraction = ''] = /^(-?)0*(\d+)(?:\.(\d*))?$/.exec(text) ?? ['', '', text]
  const digits = fraction.slice(0, scale).padEnd(scale, '0')
  const zero = /^0*$/.test(`${whole}${digits}`)
  return `${zero ? '' : sign}${whole}${scale > 0 ? `.${digits}` : ''}`
}
