import { CUSTOM } from '../model/custom-fields.ts'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { moneySql } from '../model/money.ts'
import { customObject } from './compile-custom.ts'
import { compileRowScope } from './compile-filter.ts'
import { compileMasked } from './compile-mask.ts'
import { isCustom } from './custom-include.ts'
import type { Include } from './include.ts'
import type { ReadScope } from './row-scope.ts'
import type { SqlValues } from './sql-values.ts'

/** Select list whose output names are the field names, so that `row_to_json` renders the record as the API shows it. */
export function compileColumns(
  model: EntityModel,
  fields: readonly FieldModel[],
  include: readonly Include[],
  scope: ReadScope,
  values: SqlValues,
  alias = 't',
): string {
  const shown = (field: FieldModel, json: string): string =>
    compileMasked(model, field, json, scope, values, compileRowScope, alias)
  const columns = fields.map((field) => {
    const json = field.members
      ? customObject(field.members, alias, values, shown)
      : shown(field, asJson(field, alias))
    return `${json} AS "${field.name}"`
  })
  const included = include
    .filter((each) => !isCustom(each))
    .map((each) => `${compileInclude(each, scope, values, alias)} AS "${each.name}"`)
  return [...columns, ...included].join(', ')
}

/** Each field once; of the fields the tenant has added those that are named, as one field `custom`. */
export function selected(model: EntityModel, fields: readonly FieldModel[]): FieldModel[] {
  const custom = new Set(fields.flatMap((field) => field.members ?? (field.custom ? [field] : [])))
  const rest = new Set(fields.filter((field) => !field.members && !field.custom))
  const container = fields.some((field) => field.members ?? field.custom) && model.byName.get(CUSTOM)
  return container ? [...rest, { ...container, members: [...custom] }] : [...rest]
}

function asJson(field: FieldModel, alias: string): string {
  const [first = '', second = ''] = field.columns.map((column) => `${alias}.${column}`)
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

/** Records that come along, as far as the actor may see them: one or null where a reference leads, a list of children. */
function compileInclude(include: Include, around: ReadScope, values: SqlValues, outer: string): string {
  const { target, via } = include
  if (!target) return compileMember(via as FieldModel, around, outer)
  // Masks are lifted from the record that is asked for alone, and noted of that.
  const { unmasking: _, ...scope } = around
  const alias = `${outer}i`
  const visible = compileRowScope(target, scope.readable(target), values, alias)
  const table = `${scope.schema}.${target.table} ${alias}`
  if ('entity' in via) {
    const link = target.byName.get(via.field)!.column
    const columns = compileColumns(
      target,
      include.fields ?? target.fields,
      include.include,
      scope,
      values,
      alias,
    )
    return `(SELECT coalesce(json_agg(row_to_json(${alias}s)), '[]') FROM (SELECT ${columns} FROM ${table}
    WHERE ${alias}.tenant_id = ${outer}.tenant_id AND ${alias}.${link} = ${outer}.id AND ${visible}
    ORDER BY ${alias}.ordinal, ${alias}.id LIMIT ${String(Math.trunc(via.max))}) ${alias}s)`
  }
  const where = `${alias}.tenant_id = ${outer}.tenant_id AND ${alias}.id = ${outer}.${via.column} AND ${visible}`
  const label = labelSql(target, alias)
  if (!include.fields && include.include.length === 0)
    return `(SELECT json_build_object('id', ${alias}.id, 'label', ${label}) FROM ${table} WHERE ${where})`
  const fields = include.fields ?? [target.byName.get('id')!]
  // A field of that name is what the record says of itself.
  const named = fields.some(({ name }) => name === 'label') ? '' : `, ${label} AS "label"`
  const columns = compileColumns(target, fields, include.include, scope, values, alias)
  return `(SELECT row_to_json(${alias}s) FROM (SELECT ${columns}${named} FROM ${table} WHERE ${where}) ${alias}s)`
}

/** Who a field names, active or not, for actors that may know it. */
function compileMember({ column }: FieldModel, { members }: ReadScope, outer: string): string {
  if (!members) return 'NULL::json'
  const alias = `${outer}i`
  return `(SELECT json_build_object('id', ${alias}.id, 'label', ${alias}.name) FROM plinth.member ${alias}
    WHERE ${alias}.tenant_id = ${outer}.tenant_id AND ${alias}.id = ${outer}.${column})`
}

/** The text that names a record to a person. */
export function labelSql(model: EntityModel, alias: string): string {
  return `concat_ws(' ', ${model.display.map((name) => `${alias}.${model.byName.get(name)!.column}`).join(', ')})`
}
