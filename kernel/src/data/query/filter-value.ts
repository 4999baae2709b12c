import type { FieldModel } from '../model/entity-model.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const DECIMAL = /^-?\d{1,18}(\.\d{1,6})?$/

/** The value as the database takes it, or undefined when it is no value of the field's type. Refusing here keeps cast errors out of SQL. */
export function filterValue(field: FieldModel, value: unknown): unknown {
  switch (field.declaration.type) {
    case 'int':
      return Number.isInteger(value) && Math.abs(value as number) <= 2_147_483_647 ? value : undefined
    case 'decimal':
      return (typeof value === 'number' || typeof value === 'string') && DECIMAL.test(String(value))
        ? String(value)
        : undefined
    case 'bool':
      return typeof value === 'boolean' ? value : undefined
    case 'date':
      return typeof value === 'string' && DATE.test(value) && isDate(value) ? value : undefined
    case 'datetime':
      return typeof value === 'string' && instant(value) ? value : undefined
    case 'ref':
    case 'member':
      return typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : undefined
    case 'tags':
    case 'address':
      return undefined
    case 'email':
      return typeof value === 'string' ? value.toLowerCase() : undefined
    case 'string':
    case 'text':
    case 'phone':
    case 'url':
    case 'enum':
      return typeof value === 'string' ? value : undefined
  }
  return undefined
}

/** Whether the calendar has this day: 2026-02-30 does not exist. */
export function isDate(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

/** Whether this is an RFC 3339 time within the years 1 to 9999. */
export function instant(value: string): boolean {
  return INSTANT.test(value) && isDate(value.slice(0, 10)) && !Number.isNaN(Date.parse(value))
}
