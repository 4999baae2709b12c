import type { Statement } from '../database.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { compileColumns, keyText } from './compile-columns.ts'
import { compileFilter, compileRowScope, likePattern } from './compile-filter.ts'
import { afterCondition, orderBy } from './compile-page.ts'
import type { ListQuery } from './list-query.ts'
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
  const table = `${scope.schema}.${model.table} t`
  const matching = [
    "t.tenant_id = current_setting('plinth.tenant')::uuid",
    compileRowScope(model, scope.readable(model), values),
  ]
  if (query.filter) matching.push(compileFilter(model, query.filter, values))
  if (query.search !== undefined) matching.push(compileSearch(query, values))
  const where = matching.filter((part) => part !== 'true').join(' AND ')
  const page = query.after ? `${where} AND ${afterCondition(query.sort, query.after, values, 't')}` : where
  const columns = compileColumns(withSortKeys(query), query.include, scope, values)
  const keys = query.sort.map(({ field }) => keyText(field)).join(', ')
  // A checked integer, as literal: the planner must know how few rows are wanted.
  const size = String(Math.trunc(limit))
  const total = query.count ? `(SELECT count(*)::int FROM ${table} WHERE ${where})` : 'NULL::int'
  const text = `SELECT coalesce(json_agg(p.item) FILTER (WHERE p.n <= ${size}), '[]')::text AS items,
  CASE WHEN count(*) > ${size} THEN max(p.key) END AS last, ${total} AS total
FROM (SELECT row_to_json(s) AS item, row_number() OVER () AS n, CASE WHEN row_number() OVER () = ${size} THEN json_build_array(${keys})::text END AS key
  FROM (SELECT ${columns} FROM ${table} WHERE ${page} ORDER BY ${orderBy(query.sort, 't')} LIMIT ${size} + 1) s) p`
  return { text, values: values.list, ...statementName(model.role, text) }
}

/** The cursor is made of the sort keys, so they are read even when only other fields were asked for. */
function withSortKeys(query: ListQuery): FieldModel[] {
  return [...new Set([...query.fields, ...query.sort.map((key) => key.field)])]
}

function compileSearch(query: ListQuery, values: SqlValues): string {
  const fields = query.model.fields.filter((field) => field.declaration.search)
  // Every word must be found somewhere: "müller berlin" finds Müller in Berlin.
  const words = query
    .search!.split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8)
  return words
    .map((word) => {
      const pattern = values.add(likePattern(word, true))
      return `(${fields.map((field) => `t.${field.column} ILIKE ${pattern}`).join(' OR ')})`
    })
    .join(' AND ')
}
