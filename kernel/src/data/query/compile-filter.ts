import type { Condition, Filter, FilterOperator } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import { composeAccents } from '../model/compose-accents.ts'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { fieldSql } from '../model/field-sql.ts'
import { liveCondition } from '../model/trash.ts'
import { columnOf, compileIndexed } from './compile-custom.ts'
import { compileMoney } from './compile-money.ts'
import { compileGeo } from './compile-geo.ts'
import { isUsable } from './compile-mask.ts'
import { compileSecret } from './compile-secret.ts'
import { filterValue } from './filter-value.ts'
import { followPath } from './relation-path.ts'
import { relativeSql } from './relative-time.ts'
import type { ReadScope, RowScope } from './row-scope.ts'
import { isStorable } from './storable.ts'
import type { SqlValues } from './sql-values.ts'

const COMPARE: Partial<Record<FilterOperator, string>> = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** Nesting beyond this is an attack, not a question. */
const MAX_DEPTH = 8

/** Where the columns of a filter are, where its faults are reported, and where paths may lead. */
export interface FilterPlace {
  /** Table alias the columns belong to. */
  readonly alias: string
  /** JSON Pointer of the filter. */
  readonly pointer: string
  /** Without it, the filter knows fields of the entity alone: conditions of roles follow no references. */
  readonly scope?: ReadScope
}

/**
 * Compiles a filter to a condition in SQL. Column names come from the model only, values become placeholders.
 *
 * @throws Failure `query_invalid` with a pointer into the filter
 */
export function compileFilter(
  model: EntityModel,
  filter: Filter,
  values: SqlValues,
  place: FilterPlace,
  depth = 0,
): string {
  const { pointer } = place
  if (depth > MAX_DEPTH) throw refuse(pointer, 'too_deep', `Filters nest at most ${MAX_DEPTH} levels.`)
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter))
    throw refuse(pointer, 'type', 'A filter is an object.')
  const parts: string[] = []
  for (const [key, value] of Object.entries(filter)) {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (key === 'and' || key === 'or') {
      if (!Array.isArray(value) || value.length === 0)
        throw refuse(at, 'type', `"${key}" takes a list of filters.`)
      const inner = value.map((each, index) =>
        compileFilter(model, each as Filter, values, { ...place, pointer: `${at}/${index}` }, depth + 1),
      )
      parts.push(`(${inner.join(key === 'and' ? ' AND ' : ' OR ')})`)
    } else if (key === 'not') {
      // IS NOT TRUE: what is unknown does not meet the inner filter, so it meets its negation.
      const inner = compileFilter(model, value as Filter, values, { ...place, pointer: at }, depth + 1)
      parts.push(`(${inner}) IS NOT TRUE`)
    } else if (place.scope && key.includes('.')) {
      const {
        model: end,
        field,
        alias,
        around,
      } = followPath(model, key, at, place.alias, values, place.scope, (target, rows, inner) =>
        compileRowScope(target, rows, values, inner),
      )
      requireUsable(end, field, place.scope, at)
      parts.push(around(ask(end, field, value as Condition, values, { ...place, alias, pointer: at })))
    } else {
      const field = model.byName.get(key)
      if (!field || field.members) throw refuse(at, 'unknown_field', `${model.id} has no field "${key}".`)
      if (place.scope) requireUsable(model, field, place.scope, at)
      parts.push(ask(model, field, value as Condition, values, { ...place, pointer: at }))
    }
  }
  return parts.length === 0 ? 'true' : parts.join(' AND ')
}

/** What an actor may not see, no condition of theirs may depend on: whether it is met would tell. */
function requireUsable(model: EntityModel, field: FieldModel, scope: ReadScope, pointer: string): void {
  if (!isUsable(model, field, scope))
    throw refuse(pointer, 'hidden', `You may not see the values of "${field.name}".`)
}

/** The condition of what the actor may see: of rows that exist. Every read goes through here, so none finds what is in the trash. */
export function compileRowScope(model: EntityModel, scope: RowScope, values: SqlValues, alias = 't'): string {
  if (scope === false) return 'false'
  const live = liveCondition(model, alias)
  if (scope === true) return live ?? 'true'
  const condition = compileFilter(model, scope, values, { alias, pointer: '/condition' })
  return live === undefined ? condition : `${live} AND ${condition}`
}

function ask(
  model: EntityModel,
  field: FieldModel,
  condition: Condition,
  values: SqlValues,
  { alias, pointer, scope }: FilterPlace,
): string {
  const parts = field.declaration.encrypted
    ? compileSecret(model, field, condition, values, alias, pointer, scope?.secrets)
    : conditions(field, condition, values, alias, pointer, scope?.schema)
  return parts.join(' AND ')
}

function conditions(
  field: FieldModel,
  condition: Condition,
  values: SqlValues,
  alias: string,
  pointer: string,
  schema: string | undefined,
): string[] {
  if (condition === null) return [`${columnOf(field, alias, values)} IS NULL`]
  if (typeof condition !== 'object') return [compare(field, alias, 'eq', condition, values, pointer, schema)]
  const entries = Object.entries(condition) as [FilterOperator, unknown][]
  if (Array.isArray(condition) || entries.length === 0)
    throw refuse(pointer, 'type', 'A condition is a value or an object of operators.')
  return entries.map(([operator, value]) =>
    compare(field, alias, operator, value, values, `${pointer}/${operator}`, schema),
  )
}

function compare(
  field: FieldModel,
  alias: string,
  operator: FilterOperator,
  value: unknown,
  values: SqlValues,
  pointer: string,
  schema: string | undefined,
): string {
  const { type } = field.declaration
  const indexed = compileIndexed(field, operator, value, values, alias, schema)
  if (indexed !== undefined) return indexed
  const none = Array.isArray(value) && value.length === 0
  const sql = fieldSql[type]
  const tags = type === 'tags'
  if ((type === 'address' || type === 'json' || type === 'file') && operator !== 'isNull')
    throw refuse(pointer, 'operator', `Fields of type ${type} can only be asked for being empty.`)
  if (type === 'money' && operator !== 'isNull')
    return compileMoney(field, operator, value, values, alias, pointer, schema)
  if (type === 'geo' && operator !== 'isNull')
    return compileGeo(field, operator, value, values, alias, pointer)
  const column = none ? '' : columnOf(field, alias, values)
  switch (operator) {
    case 'isNull':
      if (typeof value !== 'boolean') throw refuse(pointer, 'type', '"isNull" takes true or false.')
      return `${column} IS ${value ? '' : 'NOT '}NULL`
    case 'eq':
      return value === null
        ? `${column} IS NULL`
        : `${column} = ${bind(field, value, values, pointer, schema)}`
    case 'ne':
      return value === null
        ? `${column} IS NOT NULL`
        : `${column} IS DISTINCT FROM ${bind(field, value, values, pointer, schema)}`
    case 'in':
    case 'nin': {
      if (!Array.isArray(value) || value.length > 200)
        throw refuse(pointer, 'type', `"${operator}" takes a list of at most 200 values.`)
      if (value.length === 0) return operator === 'in' ? 'false' : 'true'
      const list = value
        .map((each, index) => bind(field, each, values, `${pointer}/${index}`, schema))
        .join(', ')
      return operator === 'in' ? `${column} IN (${list})` : `(${column} IN (${list})) IS NOT TRUE`
    }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      if (!sql.sortable) throw refuse(pointer, 'operator', `"${field.name}" has no order.`)
      return `${column} ${COMPARE[operator]} ${bind(field, value, values, pointer, schema)}`
    case 'contains':
      if (tags && field.custom && typeof value === 'string' && isStorable(value))
        return `${column} @> to_jsonb(${values.add(composeAccents(value))}::text)`
      if (tags && typeof value === 'string' && isStorable(value))
        return `${column} @> ARRAY[${values.add(composeAccents(value))}]::text[]`
      return `${column} ILIKE ${like(field, value, values, pointer, true)}`
    case 'startsWith':
      return `${column} ILIKE ${like(field, value, values, pointer, false)}`
    default:
      throw refuse(pointer, 'operator', `There is no operator "${operator}".`)
  }
}

function bind(
  field: FieldModel,
  value: unknown,
  values: SqlValues,
  pointer: string,
  schema: string | undefined,
): string {
  // Conditions of roles and actions alone know no schema, and come bound to the actor and to where days begin.
  const moment = schema === undefined ? relativeSql(field, value, values) : undefined
  if (moment !== undefined) return moment
  const bound = filterValue(field, value)
  if (bound === undefined || (typeof bound === 'string' && !isStorable(bound)))
    throw refuse(pointer, 'type', `This is no value of "${field.name}" (${field.declaration.type}).`)
  return `${values.add(bound)}::${fieldSql[field.declaration.type].cast}`
}

function like(
  field: FieldModel,
  value: unknown,
  values: SqlValues,
  pointer: string,
  anywhere: boolean,
): string {
  if (typeof value !== 'string' || !isStorable(value)) throw refuse(pointer, 'type', 'A text is needed here.')
  if (!fieldSql[field.declaration.type].text) throw refuse(pointer, 'operator', `"${field.name}" is no text.`)
  return values.add(likePattern(composeAccents(value), anywhere))
}

/** A LIKE pattern that finds the text literally. */
function likePattern(text: string, anywhere: boolean): string {
  const literal = text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)
  return `${anywhere ? '%' : ''}${literal}%`
}

function refuse(pointer: string, code: string, detail: string): Failure {
  return new Failure('query_invalid', { errors: [{ pointer, code, detail }] })
}
