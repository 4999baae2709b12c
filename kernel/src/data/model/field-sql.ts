import type { FieldType } from '@plinth/sdk'

interface FieldSql {
  /** PostgreSQL column type. */
  readonly column: string
  /** MikroORM type that converts between JavaScript and the column. */
  readonly orm: string
  /** Type to which a filter's or cursor's text value is cast. */
  readonly cast: string
  /** Whether values have an order a list can be sorted by. */
  readonly sortable: boolean
  /** Whether the search box looks into it. */
  readonly text: boolean
  readonly collation?: string
}

// Names sort as people expect in every language: the root collation of Unicode, not byte order.
const words: FieldSql = {
  column: 'text',
  orm: 'text',
  cast: 'text',
  sortable: true,
  text: true,
  collation: 'und-x-icu',
}
const code: FieldSql = { column: 'text', orm: 'text', cast: 'text', sortable: true, text: true }

/** What each field type is in the database. Text instead of enum types: row-level security would keep those off their index. */
export const fieldSql: Readonly<Record<FieldType, FieldSql>> = {
  string: words,
  text: { ...words, sortable: false },
  email: code,
  phone: code,
  url: code,
  enum: { ...code, text: false },
  int: { column: 'int', orm: 'integer', cast: 'int', sortable: true, text: false },
  decimal: { column: 'numeric(20,2)', orm: 'decimal', cast: 'numeric', sortable: true, text: false },
  bool: { column: 'boolean', orm: 'boolean', cast: 'boolean', sortable: true, text: false },
  date: { column: 'date', orm: 'date', cast: 'date', sortable: true, text: false },
  datetime: { column: 'timestamptz(3)', orm: 'datetime', cast: 'timestamptz', sortable: true, text: false },
  tags: { column: 'text[]', orm: 'array', cast: 'text[]', sortable: false, text: false },
  address: { column: 'jsonb', orm: 'json', cast: 'jsonb', sortable: false, text: false },
  ref: { column: 'uuid', orm: 'uuid', cast: 'uuid', sortable: false, text: false },
  member: { column: 'uuid', orm: 'uuid', cast: 'uuid', sortable: false, text: false },
}
