import { Readable } from 'node:stream'
import { pick } from '@plinth/sdk'
import { UNREADABLE, valueIn, type Database, type ReadScope } from '../data/index.ts'
import type { ExportQuery } from './export-query.ts'
import { readPages } from './read-pages.ts'
import { memberLabelName, type TransferColumn, type TransferRecord } from './transfer-column.ts'
import { writeCsv, type Cells } from './write-csv.ts'
import { writeXlsx } from './write-xlsx.ts'

/** What an export needs besides the question. */
export interface ExportSource {
  readonly database: Database
  readonly tenantId: string
  readonly scope: ReadScope
  /** Names of members by id; nothing when the actor may not know them. */
  readonly memberNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Called before each page. @throws when the actor may read no longer */
  readonly check: () => Promise<void>
  /** Called once: how many records left, how many of them have empty cells for values nobody can read, and whether these were all. */
  readonly ended: (sent: { records: number; unreadable: number; complete: boolean }) => Promise<void>
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** Media type of a kind of file. */
export function exportType(format: keyof typeof TYPES): string {
  return TYPES[format]
}

/** Headers of the answer: `customers-2026-11-21.csv`. */
export function exportHeaders({ format, list }: ExportQuery, now: Date): Record<string, string> {
  const name = `${list.model.declaration.collection}-${now.toISOString().slice(0, 10)}.${format}`
  return {
    'content-type': TYPES[format],
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  }
}

/** The file, made while it is read: whoever reads slowly slows the reading of records, and whoever stops ends it. */
export async function exportRecords(query: ExportQuery, source: ExportSource): Promise<Readable> {
  const { columns, locale, list } = query
  const header = columns.map((column) => headerOf(column, columns, locale))
  const kinds = columns.map((column) => column.kind)
  const pages = readCells(query, source)
  if (query.format === 'xlsx')
    return writeXlsx(pick(list.model.declaration.labelPlural, locale ?? 'en'), header, pages, kinds)
  const decimal = locale === 'de' && query.delimiter !== ',' ? ',' : '.'
  const chunks = writeCsv(header, pages, { delimiter: query.delimiter, bom: query.bom, decimal, kinds })
  return Readable.from(chunks, { objectMode: false })
}

/** The label in the language, followed by the name where two columns have the same label. */
export function headerOf(
  column: TransferColumn,
  columns: readonly TransferColumn[],
  locale: string | undefined,
): string {
  if (locale === undefined) return column.name
  const label = pick(column.label, locale)
  const alone = columns.every((other) => other === column || pick(other.label, locale) !== label)
  return alone ? label : `${label} [${column.name}]`
}

async function* readCells(query: ExportQuery, source: ExportSource): AsyncGenerator<Cells[]> {
  const { columns, list, locale } = query
  let sent = 0
  let unreadable = 0
  let complete = false
  try {
    const cells = columns.map((column) => cellReader(column, locale))
    const members = columns.filter(
      ({ field, part }) => field.declaration.type === 'member' && part === 'label',
    )
    const { database, tenantId, scope, check } = source
    for await (const records of readPages(database, tenantId, list, scope, check)) {
      const named = members.length > 0 ? await withMembers(records, members, source) : records
      yield named.map((record) => cells.map((read) => read(record)))
      sent += records.length
      unreadable += records.filter((record) => UNREADABLE in record).length
    }
    complete = true
  } finally {
    await source.ended({ records: sent, unreadable, complete })
  }
}

/** Files for people show the labels of enum values, as long as they can be told apart. */
function cellReader(
  column: TransferColumn,
  locale: string | undefined,
): (record: TransferRecord) => string | null {
  const { values = [], type } = column.field.declaration
  if (locale === undefined || type !== 'enum') return (record) => column.read(record)
  const labels = new Map(values.map(({ value, label }) => [value, pick(label, locale)]))
  const distinct = new Set(labels.values()).size === labels.size
  return (record) => {
    const value = column.read(record)
    return distinct && value !== null ? (labels.get(value) ?? value) : value
  }
}

async function withMembers(
  records: readonly TransferRecord[],
  columns: readonly TransferColumn[],
  source: ExportSource,
): Promise<TransferRecord[]> {
  const ids = new Set(columns.flatMap(({ field }) => records.map((record) => valueIn(record, field))))
  const names = await source.memberNames([...ids].filter((id) => typeof id === 'string'))
  return records.map((record) => ({
    ...record,
    ...Object.fromEntries(
      columns.map(({ field }) => [
        memberLabelName(field),
        { label: names.get(String(valueIn(record, field))) ?? null },
      ]),
    ),
  }))
}
