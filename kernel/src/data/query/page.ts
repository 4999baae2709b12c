import type { Money } from '@plinth/sdk'
import { CUSTOM } from '../model/custom-fields.ts'
import type { ListQuery, SortKey } from './list-query.ts'

/** What the statement of a list answers with: one row. */
export interface ListRow {
  /** The records as JSON, with `SEPARATOR` between them; null where there are none. */
  readonly items: string | null
  /** How many there are: one more than asked for where another page follows. */
  readonly count: number
  readonly total: number | null
}

/** A page of records. */
export interface Page {
  /** The records as a JSON array, as PostgreSQL rendered them. */
  readonly items: string
  /** Values of the sort keys of the last record, as text, when more follow. */
  readonly last: (string | null)[] | undefined
  readonly total: number | null
}

/**
 * Stands between two records, and nowhere else: JSON allows a line break there, and within a text PostgreSQL never writes one as it is.
 */
export const SEPARATOR = ',\r'

type Json = Readonly<Record<string, unknown>>

/** Reads the answer of a list's statement: leaves out the record that is only there to tell that more follow. */
export function readPage({ limit, sort }: Pick<ListQuery, 'limit' | 'sort'>, row: ListRow): Page {
  const { items, total } = row
  if (items === null) return { items: '[]', last: undefined, total }
  if (row.count <= limit) return { items: `[${items}]`, last: undefined, total }
  const end = items.lastIndexOf(SEPARATOR)
  const start = items.lastIndexOf(SEPARATOR, end - 1)
  const record = items.slice(start < 0 ? 0 : start + SEPARATOR.length, end)
  return { items: `[${items.slice(0, end)}]`, last: keysOf(JSON.parse(record) as Json, sort), total }
}

function keysOf(record: Json, sort: readonly SortKey[]): (string | null)[] {
  return sort.map(({ field }) => {
    const value = field.custom ? (record[CUSTOM] as Json | null)?.[field.custom.key] : record[field.name]
    if (value === null || value === undefined) return null
    // Without its point an amount is the number of minor units.
    if (field.declaration.type === 'money') return (value as Money).amount.replace('.', '')
    return typeof value === 'string' ? value : JSON.stringify(value)
  })
}
