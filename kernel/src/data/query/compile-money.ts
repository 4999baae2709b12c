import { currencyDigits, type FilterOperator } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { toMinor } from '../model/money.ts'
import { columnOf } from './compile-custom.ts'
import type { SqlValues } from './sql-values.ts'

const COMPARE: Partial<Record<FilterOperator, string>> = {
  eq: '=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
}

/**
 * Conditions on amounts. They compare minor units within one currency: no amount of another currency is less, equal or greater.
 * A value is `{ amount, currency }`, or the amount alone where the field has one currency.
 *
 * @param schema of the tenant's tables, to ask the side table of a field the tenant has added
 */
export function compileMoney(
  field: FieldModel,
  operator: FilterOperator,
  value: unknown,
  values: SqlValues,
  alias: string,
  pointer: string,
  schema: string | undefined,
): string {
  // Each made when it is needed: a value without a placeholder in the text is an error.
  const column = (part: number): string => columnOf(field, alias, values, part)
  const equals = (each: unknown, at: string) => compare('=', each, at)
  const compare = (sign: string, each: unknown, at: string) => {
    const bound = readMoney(field, each, at)
    if (schema !== undefined && field.custom) return indexedMoney(field, sign, bound, values, alias, schema)
    return `(${column(0)} ${sign} ${values.add(bound.minor)}::bigint AND ${column(1)} = ${values.add(bound.currency)}::text)`
  }
  switch (operator) {
    case 'eq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      if (operator === 'eq' && value === null) return `${column(0)} IS NULL`
      return compare(COMPARE[operator]!, value, pointer)
    case 'ne':
      return value === null ? `${column(0)} IS NOT NULL` : `${equals(value, pointer)} IS NOT TRUE`
    case 'in':
    case 'nin': {
      if (!Array.isArray(value) || value.length > 200)
        throw refuse(pointer, 'type', `"${operator}" takes a list of at most 200 values.`)
      if (value.length === 0) return operator === 'in' ? 'false' : 'true'
      const any = `(${value.map((each, index) => equals(each, `${pointer}/${index}`)).join(' OR ')})`
      return operator === 'in' ? any : `${any} IS NOT TRUE`
    }
    case 'currency':
      if (typeof value !== 'string' || currencyDigits(value) === undefined)
        throw refuse(pointer, 'type', 'A currency is needed here, like "EUR".')
      return `${column(1)} = ${values.add(value)}::text`
    default:
      throw refuse(pointer, 'operator', `Amounts of money know no operator "${operator}".`)
  }
}

/** The same asked of the side table, whose index answers it. */
function indexedMoney(
  { custom }: FieldModel,
  sign: string,
  { minor, currency }: { readonly minor: string; readonly currency: string },
  values: SqlValues,
  alias: string,
  schema: string,
): string {
  return `EXISTS (SELECT FROM ${schema}.${custom!.table} c WHERE c.tenant_id = ${alias}.tenant_id AND c.record_id = ${alias}.id
    AND c.field_id = ${values.add(custom!.id)}::uuid AND c.number ${sign} ${values.add(minor)}::bigint AND c.text = ${values.add(currency)}::text)`
}

function readMoney(
  field: FieldModel,
  value: unknown,
  pointer: string,
): { readonly minor: string; readonly currency: string } {
  const { currency: fixed } = field.declaration
  const { amount, currency = fixed } = (
    typeof value === 'object' && value !== null ? value : { amount: value }
  ) as { readonly amount?: unknown; readonly currency?: unknown }
  const minor =
    (typeof amount === 'string' || typeof amount === 'number') && typeof currency === 'string'
      ? toMinor({ amount: String(amount), currency })
      : undefined
  if (minor === undefined)
    throw refuse(pointer, 'type', 'An amount is needed here, like {"amount":"12.34","currency":"EUR"}.')
  return { minor: String(minor), currency: currency as string }
}

function refuse(pointer: string, code: string, detail: string): Failure {
  return new Failure('query_invalid', { errors: [{ pointer, code, detail }] })
}
