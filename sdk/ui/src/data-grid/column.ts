import type { EnumValue, FieldMeta } from '@plinth/sdk'
import type { AnyRecord } from '../api/client.ts'
import { pick } from '../i18n/locale.ts'

/** How the value of a cell is drawn. */
export type CellKind =
  | 'text'
  | 'code'
  | 'person'
  | 'status'
  | 'date'
  | 'datetime'
  | 'number'
  | 'bool'
  | 'tags'
  | 'ref'
  | 'email'
  | 'phone'
  | 'url'
  | 'address'
  | 'money'
  | 'iban'
  | 'geo'
  | 'json'
  | 'file'
  | 'masked'

/** One column of a grid, table or card list. Labels are ready to read, in the member's language. */
export interface GridColumn<R = AnyRecord> {
  readonly key: string
  readonly label: string
  readonly kind: CellKind
  /** Name to sort by on the server; without it the column cannot be sorted. */
  readonly sort?: string
  /** Names the record: drawn strong and as the link that opens it. */
  readonly title?: boolean
  /** What the cell shows; `row[key]` when absent. */
  readonly value?: (row: R) => unknown
  /** `person`: the quiet line under the name. */
  readonly secondary?: (row: R) => unknown
  /** `status`: the values with label and tone. */
  readonly values?: readonly EnumValue[]
  /** `file`: address of the records whose field it is. */
  readonly file?: string
  /** `number`: digits after the point. */
  readonly scale?: number
  /** Width in pixels the column never falls below. */
  readonly width?: number
  /** Share of the spare width, 0 for none. */
  readonly grow?: number
  /** Draws the cell freely instead; its rules come with `cellStyles` of the grid. */
  readonly render?: (row: R) => unknown
}

const KINDS: Partial<Record<FieldMeta['type'], CellKind>> = {
  email: 'email',
  phone: 'phone',
  url: 'url',
  int: 'number',
  decimal: 'number',
  bool: 'bool',
  date: 'date',
  datetime: 'datetime',
  enum: 'status',
  tags: 'tags',
  address: 'address',
  money: 'money',
  iban: 'iban',
  geo: 'geo',
  json: 'json',
  file: 'file',
  ref: 'ref',
  member: 'ref',
}

/** Whether the values stand at the end of their column, so that their digits are below each other. */
export function isFigure({ kind }: GridColumn<never>): boolean {
  return kind === 'number' || kind === 'money'
}

/** The column of an entity's field. References show the label that comes with `include`. */
export function fieldColumn(field: FieldMeta): GridColumn {
  const include = field.ref?.include
  return {
    key: field.name,
    label: pick(field.label),
    kind: field.mask
      ? 'masked'
      : field.readOnly && field.type === 'string'
        ? 'code'
        : (KINDS[field.type] ?? 'text'),
    ...(field.sortable && { sort: field.name }),
    ...(field.file && { file: field.file.api }),
    ...(field.values && { values: field.values }),
    ...(field.type === 'text' && { grow: 2 }),
    ...(field.type === 'decimal' && { scale: field.scale ?? 2 }),
    ...(include && { value: (row: AnyRecord) => row[include] }),
  }
}

/** The same for the value behind a mask. */
export function clearColumn(field: FieldMeta): GridColumn {
  const { mask, ...clear } = field
  return fieldColumn(mask ? clear : field)
}

const WIDTHS: Partial<Record<CellKind, number>> = {
  person: 240,
  status: 136,
  date: 120,
  datetime: 140,
  number: 120,
  money: 150,
  iban: 250,
  geo: 200,
  bool: 120,
  email: 190,
  phone: 150,
  code: 84,
  tags: 165,
  masked: 150,
}

const FIXED: ReadonlySet<CellKind> = new Set([
  'status',
  'date',
  'datetime',
  'bool',
  'code',
  'number',
  'money',
  'iban',
  'geo',
  'phone',
  'masked',
])

/** About the width of a letter in pixels; heads and states should stand in full. */
const LETTER = 7.2

/**
 * Width in pixels the column never falls below.
 *
 * @param codes values of a column of codes: they are told apart by their ends and must not be cut
 */
export function columnWidth(column: GridColumn<never>, codes: readonly string[] = []): number {
  if (column.width) return column.width
  const states = Math.max(0, ...(column.values ?? []).map(({ label }) => pick(label).length))
  const code = Math.max(0, ...codes.map((text) => text.length))
  // Codes often stand first, behind the gutter of the page.
  const words = Math.max(states * LETTER + 40, code * LETTER + 44, column.label.length * LETTER + 40)
  return Math.round(Math.max(column.title ? 230 : (WIDTHS[column.kind] ?? 160), Math.min(words, 200)))
}

/** Share of the spare width. */
export function columnGrow(column: GridColumn<never>): number {
  return column.grow ?? (column.title ? 2 : FIXED.has(column.kind) ? 0 : 1)
}
