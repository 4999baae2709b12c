import type { ImportSettings } from '@plinth/sdk'
import { Failure } from '../errors.ts'
import type { ImportRecord } from './import-record.ts'
import { detectValues } from './detect-values.ts'
import type { Target } from './import-target.ts'
import { proposeMapping } from './propose-mapping.ts'
import { detectTable, firstRows, readTable, type TableFormat } from './read-table.ts'
import type { StoredFile } from './stored-file.ts'
import { cellText, excerpt, type FileRow } from './table-row.ts'

/** Rows that are looked at to find out how values are written, and rows that are shown. */
const LOOKED_AT = 200
const SHOWN = 8
/** Characters of a cell that are shown. */
const SHOWN_CHARACTERS = 200

interface Description {
  readonly size: number
  readonly format: TableFormat
  readonly facts: ImportRecord['facts']
  readonly settings: ImportSettings
}

/**
 * Looks into a file: how it is to be read, its headers and first rows, what its columns seem to be and how values are written.
 *
 * @param timeZone IANA name of the zone in which times without offset are meant, unless something else is said
 * @param wish how to read it instead of as detected
 * @throws Failure `file_unreadable`
 */
export async function describeFile(
  file: StoredFile,
  targets: readonly Target[],
  timeZone: string,
  wish: Partial<ImportSettings> = {},
  before?: ImportSettings,
): Promise<Description> {
  const wanted = withWish(await detectTable(file), { ...before, ...wish })
  const format = wish.sheet === undefined ? await filledSheet(file, wanted) : wanted
  const [header, ...rows] = await firstRows(file, format, LOOKED_AT + 1)
  const width = Math.max(...[header!, ...rows].map((row) => row.cells.length))
  const headers = Array.from({ length: width }, (_, index) =>
    excerpt(cellText(header!.cells[index]).trim(), SHOWN_CHARACTERS),
  )
  const column = (index: number): string[] => rows.map((row) => cellText(row.cells[index]))
  const texts = rows.flatMap((row) => row.cells.filter((cell) => typeof cell === 'string'))
  const german = format.kind === 'csv' ? format.delimiter === ';' : false
  const settings: ImportSettings = {
    mode: 'create',
    match: null,
    constants: [],
    empty: 'keep',
    timeZone,
    atomic: false,
    ...before,
    ...detectValues(texts, german),
    columns: proposeMapping(headers, targets, column),
    ...(format.kind === 'csv'
      ? { encoding: format.encoding, delimiter: format.delimiter }
      : { sheet: format.sheet }),
  }
  return {
    size: file.size,
    format,
    facts: { headers, sample: rows.slice(0, SHOWN).map(toSample) },
    settings,
  }
}

function toSample({ number, cells }: FileRow): { row: number; cells: string[] } {
  return { row: number, cells: cells.map((cell) => excerpt(cellText(cell), SHOWN_CHARACTERS)) }
}

/** The first sheet from the given one on that has rows: many workbooks begin with an empty one. */
async function filledSheet(file: StoredFile, format: TableFormat): Promise<TableFormat> {
  if (format.kind === 'csv') return format
  for (const sheet of format.sheets.slice(format.sheets.indexOf(format.sheet)))
    for await (const _ of readTable(file, { ...format, sheet })) return { ...format, sheet }
  return format
}

function withWish(format: TableFormat, wish: Partial<ImportSettings>): TableFormat {
  if (format.kind === 'csv')
    return {
      kind: 'csv',
      encoding: wish.encoding ?? format.encoding,
      delimiter: wish.delimiter ?? format.delimiter,
    }
  const sheet = wish.sheet ?? format.sheet
  if (!format.sheets.includes(sheet))
    throw new Failure('validation_failed', {
      errors: [{ pointer: '/sheet', code: 'enum', detail: `One of: ${format.sheets.join(', ')}.` }],
    })
  return { ...format, sheet }
}
