import type { FieldModel } from '../model/entity-model.ts'
import { literalDefault, propertyNames, toColumns } from '../model/field-columns.ts'
import { physicalColumns } from '../model/orm-schema.ts'

/** The default that stands at a field's first column, or undefined where the value has to be given with each record. */
export function columnDefault(field: FieldModel): string | undefined {
  return Array.isArray(field.declaration.default) ? undefined : fillsOf(field)[0]?.value
}

/** What the columns of a field get in records that have no value, as SQL. Empty for a field without default. */
export function fillsOf(field: FieldModel): { readonly column: string; readonly value: string }[] {
  const { type } = field.declaration
  const initial = literalDefault(field.declaration)
  if (initial === undefined) return []
  if (initial === 'now' && (type === 'date' || type === 'datetime'))
    return [{ column: field.column, value: type === 'date' ? 'CURRENT_DATE' : 'now()' }]
  const values = toColumns(field, initial)
  const names = propertyNames(field)
  return physicalColumns(field).map((column, index) => ({
    column: column.name,
    value: `${sqlLiteral(values[names[index]!])}::${column.type}`,
  }))
}

function sqlLiteral(value: unknown): string {
  if (Array.isArray(value)) return `ARRAY[${value.map(sqlLiteral).join(', ')}]`
  if (value instanceof Date) return `'${value.toISOString()}'`
  return `'${String(value).replaceAll(`'`, `''`)}'`
}
