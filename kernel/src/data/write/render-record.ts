import type { EntityModel, FieldModel } from '../model/entity-model.ts'

export type RecordJson = Record<string, unknown>

/** A record as the API shows it, from the values of the unit of work; the same text PostgreSQL renders on reading. */
export function renderRecord(model: EntityModel, values: Readonly<Record<string, unknown>>): RecordJson {
  return Object.fromEntries(model.fields.map((field) => [field.name, renderValue(field, values[field.name])]))
}

export function renderValue(field: FieldModel, value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (value instanceof Date)
    return field.declaration.type === 'date' ? value.toISOString().slice(0, 10) : renderInstant(value)
  if (field.declaration.type === 'decimal' && (typeof value === 'string' || typeof value === 'number'))
    return renderDecimal(String(value), field.declaration.scale ?? 2)
  return value
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
