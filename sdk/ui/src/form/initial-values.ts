import type { FieldMeta } from '@plinth/sdk'
import type { FormValues } from './changed-fields.ts'
import { today } from './local-time.ts'

function defaultOf(field: FieldMeta): unknown {
  if (field.default === 'now' && field.type === 'date') return today()
  if (field.default === 'now' && field.type === 'datetime') return new Date().toISOString()
  return field.default ?? (field.type === 'bool' ? false : null)
}

/** A value from the address, in the type of the field; undefined when it makes no sense for it. */
function fromText(field: FieldMeta, text: string): unknown {
  switch (field.type) {
    case 'bool':
      return text === 'true'
    case 'int':
      return /^-?\d+$/.test(text) ? Number(text) : undefined
    case 'tags':
      return text.split(',').filter(Boolean)
    case 'enum':
      return field.values?.some(({ value }) => value === text) ? text : undefined
    case 'address':
    case 'money':
    case 'geo':
    case 'json':
    case 'file':
      return undefined
    default:
      return text
  }
}

/** What a form for a new record starts with: defaults, and what the address carries (`?customerId=…`). */
export function initialValues(
  fields: readonly FieldMeta[],
  prefill: URLSearchParams = new URLSearchParams(),
): FormValues {
  return Object.fromEntries(
    fields
      .filter((field) => !field.readOnly)
      .map((field) => {
        const text = prefill.get(field.name)
        const given = text === null || text === '' ? undefined : fromText(field, text)
        return [field.name, given ?? defaultOf(field)]
      }),
  )
}
