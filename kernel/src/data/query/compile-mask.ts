import type { MaskKind } from '@plinth/sdk'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
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
  const { mask } = field.declaration
  const clear = mask === undefined ? true : (scope.unmasking?.clear(model, field) ?? false)
  if (mask === undefined || clear === true) return json
  const masked = maskSql(mask, field, `${alias}.${field.column}`)
  if (clear === false) return masked
  return `CASE WHEN ${rows(model, clear, values, alias)} THEN to_json(${json}) ELSE to_json(${masked}) END`
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
