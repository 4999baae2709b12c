import type { FilterOperator } from '@plinth/sdk'
import { customCurrencySql, customSql, sideValue, type SideColumn } from '../model/custom-fields.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { fieldSql } from '../model/field-sql.ts'
import { filterValue } from './filter-value.ts'
import { isStorable } from './storable.ts'
import type { SqlValues } from './sql-values.ts'

/** Most values a list of `in` takes. */
const MOST_VALUES = 200

const SIGNS: Partial<Record<FilterOperator, string>> = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** PostgreSQL types of the columns of side tables. */
export const SIDE_TYPES: Readonly<Record<SideColumn, string>> = {
  text: 'text',
  number: 'bigint',
  moment: 'timestamptz',
  member: 'uuid',
  ref: 'uuid',
}

/**
 * The value of a field in SQL: its column, or of a field the tenant has added its member of `custom`.
 *
 * @param part of a value with several columns, such as the currency of an amount
 */
export function columnOf(field: FieldModel, alias: string, values: SqlValues, part = 0): string {
  if (!field.custom) return `${alias}.${field.columns[part]!}`
  const key = values.add(field.custom.key)
  return part === 0 ? customSql(field, alias, key) : customCurrencySql(alias, key)
}

/**
 * The field `custom` as the API shows it: every field in use, empty ones too, and none that is archived.
 *
 * @param shown a value, or what its mask leaves of it
 */
export function customObject(
  members: readonly FieldModel[],
  alias: string,
  values: SqlValues,
  shown: (field: FieldModel, json: string) => string,
): string {
  const pairs = members.map((field) => {
    const key = `${values.add(field.custom!.key)}::text`
    return `${key}, ${shown(field, `(${alias}.custom -> ${key})`)}`
  })
  return pairs.length === 0 ? `'{}'::jsonb` : `jsonb_build_object(${pairs.join(', ')})`
}

/**
 * A condition on a custom field as a question to its side table, whose index answers it. Undefined where the row itself must be asked:
 * for what is empty or different, for parts of texts, and for values the field can never have.
 *
 * @param schema of the tenant's tables; without it, as in conditions of roles, rows are asked
 */
export function compileIndexed(
  field: FieldModel,
  operator: FilterOperator,
  value: unknown,
  values: SqlValues,
  alias: string,
  schema: string | undefined,
): string | undefined {
  const { custom } = field
  if (!custom?.column || schema === undefined) return undefined
  const wanted = operator === 'in' ? value : [value]
  if (!Array.isArray(wanted) || wanted.length === 0 || wanted.length > MOST_VALUES) return undefined
  const bound = wanted.map((each) => indexable(field, operator, each))
  if (bound.includes(undefined)) return undefined
  const id = values.add(custom.id)
  const list = bound.map((each) => `${values.add(each)}::${SIDE_TYPES[custom.column!]}`)
  const test =
    operator === 'in'
      ? `c.${custom.column} IN (${list.join(', ')})`
      : `c.${custom.column} ${SIGNS[operator] ?? '='} ${list[0]}`
  return `EXISTS (SELECT FROM ${schema}.${custom.table} c WHERE c.tenant_id = ${alias}.tenant_id AND c.record_id = ${alias}.id
    AND c.field_id = ${id}::uuid AND ${test})`
}

/** The value as the side table holds it, if it can answer. */
function indexable(field: FieldModel, operator: FilterOperator, value: unknown): string | undefined {
  const { type } = field.declaration
  if (type === 'tags')
    return operator === 'contains' && typeof value === 'string' && isStorable(value) ? value : undefined
  if (operator !== 'in' && SIGNS[operator] === undefined) return undefined
  if (operator !== 'in' && operator !== 'eq' && !fieldSql[type].sortable) return undefined
  const checked = filterValue(field, value)
  if (checked === undefined || (typeof checked === 'string' && !isStorable(checked))) return undefined
  return sideValue(field, checked)
}
