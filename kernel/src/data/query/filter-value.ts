import { electronicFormatIBAN } from 'ibantools'
import { isUuid } from '../uuid.ts'
import { composeAccents } from '../model/compose-accents.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { isInt } from '../model/int-range.ts'

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const DECIMAL = /^-?\d{1,18}(\.\d{1,6})?$/

/** The value as the database takes it, or undefined when it is no value of the field's type. Refusing here keeps cast errors out of SQL. */
export function filterValue(field: FieldModel, value: unknown): unknown {
  switch (field.declaration.type) {
    case 'int':
      return isInt(value) ? value : undefined
    case 'decimal':
      return (typeof value === 'number' || typeof value === 'string') && DECIMAL.test(String(value))
        ? String(value)
        : undefined
    case 'bool':
      return typeof value === 'boolean' ? value : undefined
    case 'date':
      return typeof value === 'string' && DATE.test(value) && isDate(value) ? value : undefined
    case 'datetime':
      return typeof value === 'string' && isInstant(value) ? value : undefined
    case 'ref':
    case 'member':
      return isUuid(value) ? value.toLowerCase() : undefined
    case 'tags':
    case 'address':
    case 'money':
    case 'geo':
    case 'json':
    case 'file':
      return undefined
    case 'iban':
      return typeof value === 'string' ? (electronicFormatIBAN(value) ?? value) : undefined
    case 'email':
      return typeof value === 'string' ? composeAccents(value).toLowerCase() : undefined
    case 'string':
    case 'text':
    case 'phone':
    case 'url':
    case 'enum':
      // As values are stored.
      return typeof value === 'string' ? composeAccents(value) : undefined
  }
  return undefined
}

/** Whether the calendar has this day: 2026-02-30 does not exist, nor does the year 0. */
export function isDate(value: string): boolean {
  if (value < '0001') return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}

// PostgreSQL knows offsets up to 15:59 only.
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-](0\d|1[0-5]):[0-5]\d)$/
const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/** Whether this is an RFC 3339 time within the years 1 to 9999, in UTC. Leap seconds are none a clock here ever shows. */
export function isInstant(value: string): boolean {
  if (!INSTANT.test(value) || !isDate(value.slice(0, 10))) return false
  const time = Date.parse(value)
  return time >= FIRST && time <= LAST
}
