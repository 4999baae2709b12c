import type { Statement } from '../pipeline.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { compileColumns, selected } from './compile-columns.ts'
import { compileFilter, compileRowScope } from './compile-filter.ts'
import { compileRank, compileSearch, compileSimilar } from './compile-search.ts'
import { compileSorted } from './compile-sorted.ts'
import { isCustom } from './custom-include.ts'
import { RANK, type ListQuery } from './list-query.ts'
import { SEPARATOR } from './page.ts'
import type { ReadScope } from './row-scope.ts'
import { SqlValues } from './sql-values.ts'
import { statementName } from './statement-name.ts'

/**
 * Compiles a list to one statement, whose one row `readPage` reads. PostgreSQL renders the records as JSON, so that the bytes go to the
 * client as they come; one record more than asked for is read to know whether another page follows.
 */
export function compileList(query: ListQuery, scope: ReadScope): Statement {
  const values = new SqlValues()
  const { model, limit } = query
  const base = `${scope.schema}.${model.table}`
  const where = compileMatching(query, scope, values)
  const rank = query.sort.some(({ field }) => field === RANK)
    ? `, ${compileRank(query.search!, scope.similar === true, values, 't')} AS ${RANK.column}`
    : undefined
  const table = rank ? `(SELECT t.*${rank} FROM ${base} t) t` : `${base} t`
  const columns = compileColumns(model, withSortKeys(query), query.include, scope, values)
  // A checked integer, as literal: the planner must know how few rows are wanted.
  const size = String(Math.trunc(limit))
  const rows = compileSorted({ query, table, where, size, schema: scope.schema }, values)
  const total = query.count ? `(SELECT count(*)::int FROM ${table} WHERE ${where})` : 'NULL::int'
  const text = `SELECT string_agg(row_to_json(s)::text, E'${SEPARATOR}') AS items, count(*)::int AS count, ${total} AS total
  FROM (SELECT ${columns} FROM ${rows}) s`
  const asked = query.filter !== undefined || query.search !== undefined
  return {
    text,
    values: values.list,
    ...statementName(model.role, text),
    ...(asked ? {} : { plannedOnce: true }),
  }
}

/** The condition of all records that are asked for, on whatever page. */
export function compileMatching(
  { model, filter, search }: Pick<ListQuery, 'model' | 'filter' | 'search'>,
  scope: ReadScope,
  values: SqlValues,
): string {
  const within = (alias: string): string[] =>
    [
      `${alias}.tenant_id = current_setting('plinth.tenant')::uuid`,
      compileRowScope(model, scope.readable(model), values, alias),
      filter ? compileFilter(model, filter, values, { alias, pointer: '/filter', scope }) : 'true',
    ].filter((part) => part !== 'true')
  const parts = within('t')
  if (search !== undefined) {
    const exact = compileSearch(search, values, 't')
    // What is merely alike is shown only when nothing that may be seen is as it was written. Not EXISTS: hoping for an early find, it
    // would go through the table row by row.
    parts.push(
      scope.similar
        ? `((${exact}) OR (SELECT count(*) FROM ${scope.schema}.${model.table} x WHERE ${[...within('x'), compileSearch(search, values, 'x')].join(' AND ')}) = 0
      AND ${compileSimilar(search, values, 't')})`
        : exact,
    )
  }
  return parts.join(' AND ')
}

/** The cursor is made of the sort keys, and labels follow from custom fields: so they are read even when only other fields were asked for. */
function withSortKeys({ model, fields, sort, include }: ListQuery): FieldModel[] {
  const references = include.filter(isCustom).map(({ via }) => via)
  return selected(model, [...fields, ...sort.map(({ field }) => field), ...references])
}
