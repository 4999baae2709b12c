import type { Statement } from '../pipeline.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { moneySql } from '../model/money.ts'
import { MEASURES, type AggregateQuery, type GroupKey, type Measure } from './aggregate-query.ts'
import { columnOf } from './compile-custom.ts'
import { compileMatching } from './compile-list.ts'
import type { ReadScope } from './row-scope.ts'
import { SqlValues } from './sql-values.ts'
import { statementName } from './statement-name.ts'

/** What the statement of an aggregate answers with: one row. */
export interface AggregateRow {
  /** The groups as a JSON array, rendered by PostgreSQL. */
  readonly groups: string
  /** Whether there are more groups than were asked for. */
  readonly more: boolean
}

/** Compiles an aggregate to one statement over the same records a list with the same filter and search would show. */
export function compileAggregate(query: AggregateQuery, scope: ReadScope): Statement {
  const values = new SqlValues()
  const { model, group, measures } = query
  const where = compileMatching(query, scope, values)
  const keys = group.map((key, index) => `${keySql(key, scope, values)} AS k${index}`)
  const results = measures.map(
    ({ measure, field }, index) => `${resultOf(measure, field, values)} AS m${index}`,
  )
  const order = [
    ...query.sort.map(({ column, descending }) => `${column}${descending ? ' DESC' : ''}`),
    ...group.map((_, index) => `k${index}`),
  ]
  const size = String(Math.trunc(query.limit))
  const inner = `SELECT ${[...keys, 'count(*) AS n', ...results].join(', ')} FROM ${scope.schema}.${model.table} t WHERE ${where}
    ${group.length > 0 ? `GROUP BY ${group.map((_, index) => index + 1).join(', ')} ORDER BY ${order.join(', ')}` : ''} LIMIT ${size} + 1`
  const text = `SELECT coalesce(json_agg(${rendered(query)}) FILTER (WHERE s.i <= ${size}), '[]')::text AS groups, count(*) > ${size} AS more
  FROM (SELECT g.*, row_number() OVER () AS i FROM (${inner}) g) s`
  return { text, values: values.list, ...statementName(model.role, text) }
}

/** Moments are grouped by the day they fall on where the tenant is. */
function keySql({ field, column, bucket }: GroupKey, { timeZone }: ReadScope, values: SqlValues): string {
  const sql = columnOf(field, 't', values, field.columns.indexOf(column))
  if (bucket === undefined) return sql
  const day =
    field.declaration.type === 'datetime'
      ? localTime(sql, `${values.add(timeZone)}::text`)
      : `(${sql})::timestamp`
  return `date_trunc('${bucket}', ${day})::date`
}

/** Elsewhere than in UTC the first and the last moments fall into years dates do not have: they count to the nearest that dates have. */
function localTime(moment: string, zone: string): string {
  const nearest = `greatest(least((${moment}) AT TIME ZONE ${zone}, '9999-12-31 23:59'::timestamp), '0001-01-01'::timestamp)`
  return `CASE WHEN ${moment} IS NOT NULL THEN ${nearest} END`
}

/** An average amount is an amount: in whole minor units. */
function resultOf(measure: Measure, field: FieldModel, values: SqlValues): string {
  const result = `${measure}(${columnOf(field, 't', values)})`
  return measure === 'avg' && field.declaration.type === 'money' ? `round(${result})` : result
}

/** One group as JSON. Names come from the model and need no quoting. */
function rendered({ group, measures }: AggregateQuery): string {
  const keys = group.map(({ name }, index) => `'${name}', s.k${index}`)
  const currencyOf = (field: FieldModel) =>
    field.declaration.currency === undefined
      ? `s.k${group.findIndex((key) => key.column === field.columns[1])}`
      : `'${field.declaration.currency}'`
  const parts = MEASURES.flatMap((measure) => {
    const members = measures.flatMap((each, index) =>
      each.measure === measure
        ? [`'${each.field.name}', ${resultSql(measure, each.field, `s.m${index}`, currencyOf)}`]
        : [],
    )
    return members.length > 0 ? [`'${measure}', json_build_object(${members.join(', ')})`] : []
  })
  return `json_build_object(${[`'key', json_build_object(${keys.join(', ')})`, `'count', s.n`, ...parts].join(', ')})`
}

/** Decimals leave as text, as they do in records, and amounts with their currency. */
function resultSql(
  measure: Measure,
  field: FieldModel,
  column: string,
  currencyOf: (field: FieldModel) => string,
): string {
  const { type } = field.declaration
  if (type === 'money') return moneySql(column, currencyOf(field))
  if (measure === 'avg') return `round(${column}, 6)::text`
  return type === 'decimal' ? `${column}::text` : column
}
