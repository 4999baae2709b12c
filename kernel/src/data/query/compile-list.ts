import type { Statement } from '../pipeline.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { compileColumns, keyText, selected } from './compile-columns.ts'
import { compileFilter, compileRowScope } from './compile-filter.ts'
import { compileRank, compileSearch, compileSimilar } from './compile-search.ts'
import { compileSorted } from './compile-sorted.ts'
import { RANK, type ListQuery } from './list-query.ts'
import type { ReadScope } from './row-scope.ts'
import { SqlValues } from './sql-values.ts'
import { statementName } from './statement-name.ts'

/** What the statement of a list answers with: one row. */
export interface ListRow {
  /** The records as a JSON array, rendered by PostgreSQL. */
  readonly items: string
  /** Sort key values of the last record when more follow, as a JSON array of texts; otherwise null. */
  readonly last: string | null
  readonly total: number | null
}

/**
 * Compiles a list to one statement. PostgreSQL renders the page as JSON, so that the bytes go to the client as they come; one
 * record more than asked for is read to know whether another page follows.
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
  const keys = query.sort.map(({ field }) => keyText(field, values)).join(', ')
  // A checked integer, as literal: the planner must know how few rows are wanted.
  const size = String(Math.trunc(limit))
  const rows = compileSorted({ query, table, where, size, schema: scope.schema }, values)
  const total = query.count ? `(SELECT count(*)::int FROM ${table} WHERE ${where})` : 'NULL::int'
  const text = `SELECT coalesce(json_agg(p.item) FILTER (WHERE p.n <= ${size}), '[]')::text AS items,
  CASE WHEN count(*) > ${size} THEN max(p.key) END AS last, ${total} AS total
FROM (SELECT row_to_json(s) AS item, row_number() OVER () AS n, CASE WHEN row_number() OVER () = ${size} THEN json_build_array(${keys})::text END AS key
  FROM (SELECT ${columns} FROM ${rows}) s) p`
  return { text, values: values.list, ...statementName(model.role, text) }
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

/** The cursor is made of the sort keys, so they are read even when only other fields were asked for. */
function withSortKeys(query: ListQuery): FieldModel[] {
  return selected(query.model, [...query.fields, ...query.sort.map((key) => key.field)])
}
