import type { SortKey } from './list-query.ts'
import { fieldSql } from '../model/field-sql.ts'
import { isNeverEmpty } from '../model/entity-model.ts'
import type { SqlValues } from './sql-values.ts'

/** ORDER BY of the keys: empty values come last in either direction. */
export function orderBy(sort: readonly SortKey[], alias: string): string {
  return sort
    .map(
      ({ field, descending }) =>
        `${alias}.${field.column}${descending ? ` DESC${isNeverEmpty(field) ? '' : ' NULLS LAST'}` : ''}`,
    )
    .join(', ')
}

/**
 * The condition for everything after a record in the given order: keyset pagination, which neither skips nor repeats records
 * when others come or go.
 */
export function afterCondition(
  sort: readonly SortKey[],
  after: readonly (string | null)[],
  values: SqlValues,
  alias: string,
): string {
  const bound = sort.map(({ field }, index) =>
    after[index] == null ? null : `${values.add(after[index])}::${fieldSql[field.declaration.type].cast}`,
  )
  const uniform = sort.every(
    ({ field, descending }) => isNeverEmpty(field) && descending === sort[0]!.descending,
  )
  if (uniform) {
    // A row comparison is one index condition.
    const columns = sort.map(({ field }) => `${alias}.${field.column}`).join(', ')
    return `(${columns}) ${sort[0]!.descending ? '<' : '>'} (${bound.join(', ')})`
  }
  const alternatives = sort.map((key, index) => {
    const equal = sort
      .slice(0, index)
      .map((earlier, position) => same(`${alias}.${earlier.field.column}`, bound[position] ?? null))
    return [...equal, beyond(`${alias}.${key.field.column}`, bound[index] ?? null, key)].join(' AND ')
  })
  return `(${alternatives.map((each) => `(${each})`).join(' OR ')})`
}

function same(column: string, value: string | null): string {
  return value === null ? `${column} IS NULL` : `${column} = ${value}`
}

function beyond(column: string, value: string | null, { field, descending }: SortKey): string {
  if (value === null) return 'false'
  const further = `${column} ${descending ? '<' : '>'} ${value}`
  return isNeverEmpty(field) ? further : `(${further} OR ${column} IS NULL)`
}
