import type { MaskKind } from '@plinth/sdk'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { columnOf } from './compile-custom.ts'
import type { ReadScope, RowScope } from './row-scope.ts'
import type { SqlValues } from './sql-values.ts'

/** Compiles the rows of an entity in which something holds. */
type Rows = (model: EntityModel, rows: RowScope, values: SqlValues, alias: string) => string

/**
 * A field as JSON, or what its mask leaves of it where the actor may not see it. The mask is applied here, by the database, so that a
 * hidden value never reaches the process that answers.
 *
 * @param json the field's value as `row_to_json` renders it
 * @param rows compiles the condition under which the value itself is answered
 */
export function compileMasked(
  model: EntityModel,
  field: FieldModel,
  json: string,
  scope: ReadScope,
  values: SqlValues,
  rows: Rows,
  alias = 't',
): string {
  const { mask, encrypted } = field.declaration
  const clear = mask === undefined ? true : (scope.unmasking?.clear(model, field) ?? false)
  // Each use is a placeholder of its own: what is not used must not be made.
  const value = (): string => (encrypted ? token('c', model, field, scope, values, alias) : json)
  if (mask === undefined || clear === true) return value()
  // A mask that shows something of a sealed value is made where it is opened.
  const masked = (): string =>
    encrypted && mask !== 'full'
      ? token('m', model, field, scope, values, alias)
      : maskSql(mask, field, columnOf(field, alias, values))
  if (clear === false) return masked()
  return `CASE WHEN ${rows(model, clear, values, alias)} THEN to_json(${value()}) ELSE to_json(${masked()}) END`
}

/**
 * A sealed value as a text that is replaced in the answer, see `Secrets`: how it is shown, and everything it takes to open it. Where
 * nobody will open it, a mask.
 */
function token(
  mode: 'c' | 'm',
  model: EntityModel,
  field: FieldModel,
  scope: ReadScope,
  values: SqlValues,
  alias: string,
): string {
  const column = `${alias}.${field.column}`
  if (!scope.secrets) return maskSql('full', field, column)
  const nonce = values.add(scope.secrets.nonce)
  return `(${nonce}::text || ':${mode}:${model.id}/${field.name}:' || ${alias}.id || ':' || encode(${column}, 'hex'))`
}

/** Whether filters, groups and measures of this actor may depend on the values of a field. */
export function isUsable(model: EntityModel, field: FieldModel, scope: ReadScope): boolean {
  return field.declaration.mask === undefined || scope.unmasking?.usable(model, field) === true
}

/** The same in SQL as `maskOf` of the SDK in JavaScript; a property test holds them together. */
function maskSql(kind: MaskKind, field: FieldModel, column: string): string {
  const present = MASKS[kind](column, field)
  return `CASE WHEN ${column} IS NOT NULL THEN ${present} END`
}

const MASKS: Readonly<Record<MaskKind, (column: string, field: FieldModel) => string>> = {
  full: () => `'****'`,
  last4: (column) => `CASE WHEN length(${column}) >= 8 THEN '****' || right(${column}, 4) ELSE '****' END`,
  email(column) {
    const domain = `coalesce(substring(${column} from '@[^@]*$'), '')`
    return `CASE WHEN length(${column}) - length(${domain}) >= 3 THEN left(${column}, 1) ELSE '' END || '***' || ${domain}`
  },
  iban: (column) => `left(${column}, 2) || '** **** ' || right(${column}, 4)`,
  phone(column) {
    const digits = `regexp_replace(${column}, '[^0-9]', '', 'g')`
    return `CASE WHEN length(${digits}) >= 7 THEN left(${column}, 3) || ' *** ' || right(${digits}, 2) ELSE '***' END`
  },
  year: (column, { declaration: { type } }) =>
    type === 'datetime' ? `to_char(${column} AT TIME ZONE 'UTC', 'YYYY')` : `to_char(${column}, 'YYYY')`,
}
