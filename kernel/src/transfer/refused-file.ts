import { Readable } from 'node:stream'
import type { CheckDeclaration, ImportError, ImportSettings } from '@plinth/sdk'
import type { ImportRecord } from './import-record.ts'
import type { Imports } from './imports.ts'
import { readTable } from './read-table.ts'
import { refusalWords } from './refusal-words.ts'
import { cellText, type FileCell } from './table-row.ts'
import { writeCsv, type Cells } from './write-csv.ts'
import { writeXlsx } from './write-xlsx.ts'

const PAGE = 1_000

const WORDS = {
  en: { errors: 'Refused because', sheet: 'Refused' },
  de: { errors: 'Abgelehnt, weil', sheet: 'Abgelehnt' },
}

/** In what words reasons are given. */
export interface ReasonWords {
  readonly locale: 'de' | 'en'
  /** Rules of the entity. */
  readonly checks: readonly CheckDeclaration[]
}

/** The refused rows of a file as they were, each with the reasons, to be repaired and imported again. */
export async function refusedFile(
  imports: Imports,
  tenantId: string,
  record: ImportRecord,
  reasons: ReasonWords,
): Promise<Readable> {
  const { locale } = reasons
  const { format, facts, settings } = record
  const header = [...facts.headers, WORDS[locale].errors]
  const pages = refusedRows(imports, tenantId, record, reasons)
  if (format.kind === 'xlsx') return writeXlsx(WORDS[locale].sheet, header, pages, [])
  const { delimiter } = format
  const chunks = writeCsv(header, pages, {
    delimiter,
    bom: true,
    decimal: settings.numbers === 'de' ? ',' : '.',
    kinds: [],
  })
  return Readable.from(chunks, { objectMode: false })
}

async function* refusedRows(
  imports: Imports,
  tenantId: string,
  record: ImportRecord,
  { locale, checks }: ReasonWords,
): AsyncGenerator<Cells[]> {
  const reasons = refusals(imports, tenantId, record.id)
  let next = await reasons.next()
  const width = record.facts.headers.length
  let page: Cells[] = []
  for await (const { number, cells } of readTable(imports.file(tenantId, record), record.format)) {
    if (next.done) break
    if (number !== next.value.row) continue
    const shown = Array.from({ length: width }, (_, index) => asWritten(cells[index], record.settings))
    page.push([...shown, next.value.errors.map((error) => refusalWords(error, locale, checks)).join('\n')])
    if (page.length >= PAGE) {
      yield page
      page = []
    }
    next = await reasons.next()
  }
  if (page.length > 0) yield page
}

interface Refusal {
  readonly row: number
  readonly errors: readonly ImportError[]
}

async function* refusals(imports: Imports, tenantId: string, id: string): AsyncGenerator<Refusal, undefined> {
  for (let after = 0; ;) {
    const found = JSON.parse(
      await imports.rows(tenantId, id, { outcome: 'refused', after, limit: PAGE }),
    ) as Refusal[]
    yield* found
    if (found.length < PAGE) return undefined
    after = found.at(-1)!.row
  }
}

/** As the settings read it: numbers of a workbook become text here. */
function asWritten(cell: FileCell | undefined, { numbers }: ImportSettings): string {
  const text = cellText(cell)
  return typeof cell === 'number' && numbers === 'de' ? text.replace('.', ',') : text
}
