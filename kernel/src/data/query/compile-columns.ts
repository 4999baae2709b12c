import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { moneySql } from '../model/money.ts'
import { compileRowScope } from './compile-filter.ts'
import { compileMasked } from './compile-mask.ts'
import type { ReadScope } from './row-scope.ts'
import type { SqlValues } from './sql-values.ts'

/** Select list whose output names are the field names, so that `row_to_json` renders the record as the API shows it. */
export function compileColumns(
  model: EntityModel,
  fields: readonly FieldModel[],
  include: readonly FieldModel[],
  scope: ReadScope,
  values: SqlValues,
): string {
  const columns = fields.map((field) => {
    const json = compileMasked(model, field, asJson(field), scope, values, compileRowScope)
    return `${json} AS "${field.name}"`
  })
  const labels = include
    .map((field) => compileLabel(field, scope, values))
    .filter((label) => label !== undefined)
  return [...columns, ...labels].join(', ')
}

function asJson(field: FieldModel): string {
  const [first = '', second = ''] = field.columns.map((column) => `t.${column}`)
  switch (field.declaration.type) {
    case 'decimal':
      // As text: a JSON number would lose digits in most readers.
      return `${first}::text`
    case 'money':
      return moneySql(first, second)
    case 'geo':
      return `CASE WHEN ${first} IS NOT NULL THEN json_build_object('lat', ${first}, 'lng', ${second}) END`
    default:
      return first
  }
}

/** Text of a sort key's value for the cursor, from the JSON value it was rendered to. */
export function keyText(field: FieldModel): string {
  const value = `s."${field.name}"`
  // Without its point an amount is the number of minor units.
  return field.declaration.type === 'money' ? `replace(${value}->>'amount', '.', '')` : `${value}::text`
}

/** `{ id, label }` of the record a reference points to; null when there is none or the actor may not see it. */
function compileLabel(field: FieldModel, scope: ReadScope, values: SqlValues): string | undefined {
  const target = scope.models.get(field.target!)
  if (!target) return undefined
  const visible = compileRowScope(target, scope.readable(target), values, 'r')
  return `(SELECT json_build_object('id', r.id, 'label', ${labelSql(target, 'r')}) FROM ${scope.schema}.${target.table} r
    WHERE r.tenant_id = t.tenant_id AND r.id = t.${field.column} AND ${visible}) AS "${field.include}"`
}

/** The text that names a record to a person. */
export function labelSql(model: EntityModel, alias: string): string {
  return `concat_ws(' ', ${model.display.map((name) => `${alias}.${model.byName.get(name)!.column}`).join(', ')})`
}
