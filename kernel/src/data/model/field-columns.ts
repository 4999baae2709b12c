import type { FieldDeclaration, Geo, Money } from '@plinth/sdk'
import type { EntityModel, FieldModel } from './entity-model.ts'
import { fromMinor, toMinor } from './money.ts'

/** Name of a column in the unit of work: the field's own, or, where there are several, the column's, which no field can have. */
export function propertyNames(field: FieldModel): readonly string[] {
  return field.columns.length === 1 ? [field.name] : field.columns
}

/**
 * Degrees as they are stored and compared: nearer to zero than an atom is wide is zero, with one sign. PostgreSQL would keep the
 * other, and refuses to compute with numbers so small that their square is none.
 */
export function plainDegrees(degrees: number): number {
  return Math.abs(degrees) < 1e-15 ? 0 : degrees
}

/** A checked value of the API as the unit of work holds it, by property name. */
export function toColumns(field: FieldModel, value: unknown): Record<string, unknown> {
  const names = propertyNames(field)
  // Sealed as one text, in the form the API has it in.
  if (field.declaration.encrypted) return { [field.name]: whole(field, value) }
  const values = split(field, value)
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]))
}

function whole({ declaration: { type } }: FieldModel, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (type === 'money') return fromMinor(toMinor(value as Money)!, (value as Money).currency)
  return type === 'datetime' && typeof value === 'string' ? new Date(value) : value
}

function split(field: FieldModel, value: unknown): unknown[] {
  if (value === null || value === undefined) return []
  switch (field.declaration.type) {
    case 'money':
      return [String(toMinor(value as Money)), (value as Money).currency]
    case 'geo':
      return [(value as Geo).lat, (value as Geo).lng]
    case 'datetime':
      // Instants are text in the API and dates in the unit of work; the column keeps milliseconds.
      return [typeof value === 'string' ? new Date(value) : value]
    default:
      return [value]
  }
}

/** The value of a field that has several columns, from the unit of work. */
export function joinColumns(field: FieldModel, values: Readonly<Record<string, unknown>>): unknown {
  const [first, second] = propertyNames(field).map((name) => values[name])
  if (first === null || first === undefined || second === undefined) return values[field.name]
  switch (field.declaration.type) {
    case 'money':
      return fromMinor(BigInt(first as string), second as string)
    case 'geo':
      return { lat: Number(first), lng: Number(second) }
    default:
      return first
  }
}

/** Values by field name as the unit of work holds them. Names of no field, such as the tenant, stay as they are. */
export function toStored(
  model: EntityModel,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.assign(
    {},
    ...Object.entries(values).map(([name, value]) => {
      const field = model.byName.get(name)
      return field ? toColumns(field, value) : { [name]: value }
    }),
  ) as Record<string, unknown>
}

/** The declared default as a value of the API, `now` aside. */
export function literalDefault({ type, currency, default: initial }: FieldDeclaration): unknown {
  if (type !== 'money' || currency === undefined || initial === undefined) return initial
  const minor = toMinor({ amount: String(initial), currency })
  return minor === undefined ? initial : fromMinor(minor, currency)
}
