import { sideValue } from '../model/custom-fields.ts'
import { isNeverEmpty, type FieldModel } from '../model/entity-model.ts'
import { columnOf, SIDE_TYPES } from './compile-custom.ts'
import { afterCondition, orderBy } from './compile-page.ts'
import type { ListQuery, SortKey } from './list-query.ts'
import type { SqlValues } from './sql-values.ts'

interface SortedRows {
  readonly query: Pick<ListQuery, 'sort' | 'after'>
  /** What the rows are read from, under the alias `t`. */
  readonly table: string
  /** Condition of all records that are asked for. */
  readonly where: string
  /** Rows of a page. */
  readonly size: string
  readonly schema: string
}

/**
 * The rows of a page in their order, one more than asked for: what stands after FROM, with the alias `t`. Rows without a value of the first
 * key follow in either direction, and are only looked for when the page is not full yet. Where that key is a field of the tenant's, its
 * side table gives the order by index.
 */
export function compileSorted(rows: SortedRows, values: SqlValues): string {
  const { query, where, size } = rows
  if (!query.sort.some(({ field }) => field.custom)) {
    const { field, descending } = query.sort[0]!
    if (descending && !isNeverEmpty(field)) return withEmptyLast(rows, values)
    const page = query.after ? `${where} AND ${afterCondition(query.sort, query.after, values, 't')}` : where
    return `${rows.table} WHERE ${page} ORDER BY ${orderBy(query.sort, 't')} LIMIT ${size} + 1`
  }
  const [first, ...rest] = query.sort.map((key, index) => named(key, index))
  const computed = rest
    .map(({ field }, index) =>
      query.sort[index + 1]!.field.custom
        ? `, ${columnOf(query.sort[index + 1]!.field, 't', values)} AS ${field.column}`
        : '',
    )
    .join('')
  if (!query.sort[0]!.field.custom) {
    const source = `(SELECT t.*${computed} FROM ${rows.table}) t`
    return compileSorted({ ...rows, table: source, query: { ...query, sort: [first!, ...rest] } }, values)
  }
  return bySideTable(rows, first!, rest, computed, values)
}

/** A key under the name its value has in a derived table. */
function named(key: SortKey, index: number): SortKey {
  if (!key.field.custom) return key
  const { custom: _, ...field } = key.field
  return { ...key, field: { ...field, column: `_s${index}` } }
}

/** An index has empty values last ascending, and so first when it is read backwards: read in two parts, it serves this order too. */
function withEmptyLast({ query, table, where, size }: SortedRows, values: SqlValues): string {
  const [first, ...rest] = query.sort as [SortKey, ...SortKey[]]
  const [last, ...others] = query.after ?? []
  const { late: _, ...field } = first.field
  const part = (condition: string, order: readonly SortKey[], after?: readonly (string | null)[]): string =>
    `SELECT * FROM (SELECT t.* FROM ${table} WHERE ${where} AND t.${field.column} ${condition}${after ? ` AND ${afterCondition(order, after, values, 't')}` : ''}
    ORDER BY ${orderBy(order, 't')} LIMIT ${size} + 1) p`
  const inValues = last !== null
  const filled = [{ ...first, field: { ...field, notNull: true } }, ...rest]
  const parts = [
    ...(inValues ? [part('IS NOT NULL', filled, query.after)] : []),
    part('IS NULL', rest, inValues ? undefined : others),
  ]
  return appended(parts, size, query.sort)
}

/** One part is read after the other and no further than needed; the few rows are then put in order for certain. */
function appended(parts: readonly string[], size: string, sort: readonly SortKey[]): string {
  return `(${parts.join('\n    UNION ALL ')} LIMIT ${size} + 1) t ORDER BY ${orderBy(sort, 't')}`
}

function bySideTable(
  { query, table, where, size, schema }: SortedRows,
  first: SortKey,
  rest: readonly SortKey[],
  computed: string,
  values: SqlValues,
): string {
  const { field } = query.sort[0]!
  const custom = field.custom!
  const column = custom.column!
  // Joined to the record's id, which lets the index give the order of equal values too.
  const keys = rest.map((key) =>
    key.field.name === 'id' ? { ...key, field: { ...key.field, column: '_sid' } } : key,
  )
  const [last, ...others] = query.after ?? []
  const inValues = query.after === undefined || last !== null
  const branches: string[] = []
  if (inValues) {
    const sort = [{ ...first, field: sideField(first.field, column) }, ...keys]
    const after = query.after
      ? ` AND ${afterCondition(sort, [sideValue(field, last)!, ...others], values, 't')}`
      : ''
    branches.push(`SELECT * FROM (SELECT t.* FROM (SELECT t.*${computed}, k.${column} AS _s0, k.record_id AS _sid
      FROM ${schema}.${custom.table} k JOIN ${table} ON t.tenant_id = k.tenant_id AND t.id = k.record_id
      WHERE k.tenant_id = current_setting('plinth.tenant')::uuid AND k.field_id = ${values.add(custom.id)}::uuid AND k.${column} IS NOT NULL) t
    WHERE ${where}${after} ORDER BY ${orderBy(sort, 't')} LIMIT ${size} + 1) v`)
  }
  const collation = column === 'text' ? ' COLLATE "und-x-icu"' : ''
  const after = inValues ? '' : ` AND ${afterCondition(keys, others, values, 't')}`
  branches.push(`SELECT * FROM (SELECT t.* FROM (SELECT t.*${computed}, NULL::${SIDE_TYPES[column]}${collation} AS _s0, t.id AS _sid
      FROM ${table} WHERE ${columnOf(field, 't', values)} IS NULL) t
    WHERE ${where}${after} ORDER BY ${orderBy(keys, 't')} LIMIT ${size} + 1) e`)
  return appended(branches, size, [first, ...keys])
}

/** The type by which a cursor's value is compared with the side table's. */
function sideField(field: FieldModel, column: string): FieldModel {
  const type = column === 'number' ? 'money' : column === 'moment' ? 'datetime' : 'string'
  return { ...field, notNull: true, declaration: { ...field.declaration, type } }
}
