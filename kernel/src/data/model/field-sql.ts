import type { FieldDeclaration, FieldType } from '@plinth/sdk'

/** One column of a field. */
export interface ColumnSql {
  /** What follows the field's name in the column's. Empty for types of one column. */
  readonly suffix: string
  /** PostgreSQL column type. */
  readonly type: string
  /** MikroORM type that converts between JavaScript and the column. */
  readonly orm: string
  readonly collation?: string
}

interface FieldSql {
  readonly columns: readonly [ColumnSql, ...ColumnSql[]]
  /** Type to which a filter's or cursor's text value is cast, for the first column. */
  readonly cast: string
  /** Whether values have an order a list can be sorted by. */
  readonly sortable: boolean
  /** Whether the search box looks into it. */
  readonly text: boolean
}

const one = (
  type: string,
  orm: string,
  options: Partial<FieldSql & { collation: string }> = {},
): FieldSql => ({
  columns: [{ suffix: '', type, orm, ...(options.collation ? { collation: options.collation } : {}) }],
  cast: options.cast ?? type,
  sortable: options.sortable ?? true,
  text: options.text ?? false,
})

// Names sort as people expect in every language: the root collation of Unicode, not byte order.
const words = { text: true, collation: 'und-x-icu' }

/** What each field type is in the database. Text instead of enum types: row-level security would keep those off their index. */
export const fieldSql: Readonly<Record<FieldType, FieldSql>> = {
  string: one('text', 'text', words),
  text: one('text', 'text', { ...words, sortable: false }),
  email: one('text', 'text', { text: true }),
  phone: one('text', 'text', { text: true }),
  url: one('text', 'text', { text: true }),
  iban: one('text', 'text', { text: true }),
  enum: one('text', 'text'),
  int: one('int', 'integer'),
  decimal: one('numeric(20,2)', 'decimal', { cast: 'numeric' }),
  bool: one('boolean', 'boolean'),
  date: one('date', 'date'),
  datetime: one('timestamptz(3)', 'datetime', { cast: 'timestamptz' }),
  tags: one('text[]', 'array', { sortable: false }),
  address: one('jsonb', 'json', { sortable: false }),
  json: one('jsonb', 'json', { sortable: false }),
  file: one('jsonb', 'json', { sortable: false }),
  ref: one('uuid', 'uuid', { sortable: false }),
  member: one('uuid', 'uuid', { sortable: false }),
  money: {
    columns: [
      { suffix: '_minor', type: 'bigint', orm: 'bigint' },
      { suffix: '_currency', type: 'text', orm: 'text' },
    ],
    cast: 'bigint',
    sortable: true,
    text: false,
  },
  geo: {
    columns: [
      { suffix: '_lat', type: 'double precision', orm: 'double' },
      { suffix: '_lng', type: 'double precision', orm: 'double' },
    ],
    cast: 'double precision',
    sortable: false,
    text: false,
  },
}

/** A sealed value, whatever its type. */
const SEALED: readonly [ColumnSql] = [{ suffix: '', type: 'bytea', orm: 'blob' }]

/** The columns of a field. */
export function columnsSql({ type, encrypted }: FieldDeclaration): readonly [ColumnSql, ...ColumnSql[]] {
  return encrypted ? SEALED : fieldSql[type].columns
}

/**
 * Whether lists can be sorted by the field. Amounts of different currencies have no order; the order of masked values would tell of
 * them, and so would the cursor, which holds the last one.
 */
export function isSortable({ type, currency, mask, encrypted }: FieldDeclaration): boolean {
  return (
    !encrypted &&
    fieldSql[type].sortable &&
    mask === undefined &&
    (type !== 'money' || currency !== undefined)
  )
}
