import { Readable } from 'node:stream'
import { pick } from '@plinth/sdk'
import { UNREADABLE, valueIn, type Database } from '../data/index.ts'
import type { ExportQuery } from './export-query.ts'
import { readPages, type PageScope } from './read-pages.ts'
import { memberLabelName, type TransferColumn, type TransferRecord } from './transfer-column.ts'
import { momentCell } from './moment-cell.ts'
import { writeCsv, type Cells } from './write-csv.ts'
import { writeXlsx } from './write-xlsx.ts'

/** How an export ended. */
interface SentRecords {
  readonly records: number
  /** Those with empty cells for values nobody can read. */
  readonly unreadable: number
  /** Whether these were all. */
  readonly complete: boolean
  /** What broke it off; nothing where its reader did. */
  readonly broken: unknown
}

/** What an export needs besides the question. */
export interface ExportSource {
  readonly database: Database
  readonly tenantId: string
  /** IANA name of the zone in which people read times. */
  readonly timeZone: string
  /** Names of members by id; nothing when the actor may not know them. */
  readonly memberNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** What the next page is read from. @throws Failure when the actor may read no longer, or what the file is made of has changed */
  readonly scope: PageScope
  /** Called once. */
  readonly ended: (sent: SentRecords) => Promise<void>
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
export function exportHeaders({ format, list }: ExportQuery, today: string): Record<string, string> {
  const name = `${list.model.declaration.collection}-${today}.${format}`
  return {
    'content-type': TYPES[format],
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  }
}

/**
 * The file, made while it is read: whoever reads slowly slows the reading of records, and whoever stops ends it. What goes wrong before the
 * first page is a refusal; later the file breaks off with an error, and as CSV says so in its last line.
 */
export async function exportRecords(
  query: ExportQuery,
  source: ExportSource,
): Promise<ReadableStream<Uint8Array>> {
  const { columns, locale, list } = query
  const header = columns.map((column) => headerOf(column, columns, locale))
  const kinds = columns.map((column) => column.kind)
  const pages = await begun(readCells(query, source))
  if (query.format === 'xlsx')
    return toWeb(
      await writeXlsx(pick(list.model.declaration.labelPlural, locale ?? 'en'), header, pages, kinds),
    )
  const decimal = locale === 'de' && query.delimiter !== ',' ? ',' : '.'
  const incomplete = INCOMPLETE[locale ?? 'en']
  return asTaken(
    writeCsv(header, pages, { delimiter: query.delimiter, bom: query.bom, decimal, kinds, incomplete }),
  )
}

/** The last line of a file that was broken off: whoever saved it all the same must not take it for whole. */
const INCOMPLETE = {
  de: '!!! UNVOLLSTÄNDIG: Der Export wurde abgebrochen. Bitte erneut exportieren.',
  en: '!!! INCOMPLETE: The export was broken off. Please export again.',
} as const

/** The pages, of which the first has been read. */
async function begun<T>(pages: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await pages.next()
  async function* rest(): AsyncGenerator<T> {
    try {
      if (!first.done) yield first.value
      yield* pages
    } finally {
      await pages.return(undefined)
    }
  }
  return rest()
}

function toWeb(file: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(file) as ReadableStream<Uint8Array>
}

/** Each chunk is made when it is asked for, so that none waits to be lost when the next one fails. */
function asTaken(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await chunks.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
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
  const { columns, list } = query
  let sent = 0
  let unreadable = 0
  let complete = false
  let broken: unknown
  try {
    const cells = columns.map((column) => cellReader(column, query, source.timeZone))
    const members = columns.filter(
      ({ field, part }) => field.declaration.type === 'member' && part === 'label',
    )
    const { database, tenantId, scope } = source
    for await (const records of readPages(database, tenantId, list, scope)) {
      const named = members.length > 0 ? await withMembers(records, members, source) : records
      yield named.map((record) => cells.map((read) => read(record)))
      sent += records.length
      unreadable += records.filter((record) => UNREADABLE in record).length
    }
    complete = true
  } catch (error) {
    broken = error
    throw error
  } finally {
    await source.ended({ records: sent, unreadable, complete, broken })
  }
}

/** Files for people show times as their clocks do, and the labels of enum values, as long as they can be told apart. */
function cellReader(
  column: TransferColumn,
  { locale, format }: ExportQuery,
  timeZone: string,
): (record: TransferRecord) => string | null {
  const { values = [], type } = column.field.declaration
  if (column.kind === 'datetime' && (locale !== undefined || format === 'xlsx'))
    return (record) => {
      const moment = column.read(record)
      return moment === null ? null : momentCell(moment, timeZone, format)
    }
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
