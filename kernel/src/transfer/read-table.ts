import { Failure } from '../errors.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import type { StoredFile } from './stored-file.ts'
import { isBlank, type FileRow } from './table-row.ts'
import { detectTextFormat, type TextFormat } from './text-format.ts'
import { openWorkbook, unreadable } from './workbook.ts'

/** How a file is to be read. */
export type TableFormat =
  | ({ readonly kind: 'csv' } & TextFormat)
  | { readonly kind: 'xlsx'; readonly sheet: string; readonly sheets: readonly string[] }

/**
 * Finds out what kind of file it is and how to read it.
 *
 * @throws Failure `file_unreadable` for everything but text and workbooks of Excel 2007 and later
 */
export async function detectTable(file: StoredFile): Promise<TableFormat> {
  if (file.size === 0) throw unreadable('The file is empty.')
  const start = (await file.chunk(0)).subarray(0, 8).toString('latin1')
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0'))
    throw unreadable('Workbooks of the old kind (.xls) cannot be read. Save it as .xlsx or CSV.')
  if (!start.startsWith('PK')) return { kind: 'csv', ...(await detectTextFormat(file)) }
  const workbook = await openWorkbook(file)
  workbook.close()
  const sheets = [...workbook.sheets.keys()]
  return { kind: 'xlsx', sheet: sheets[0]!, sheets }
}

/** Reads the rows of a file that are not blank, the header among them. */
export async function* readTable(file: StoredFile, format: TableFormat): AsyncGenerator<FileRow> {
  if (format.kind === 'csv') {
    for await (const row of readCsv(file, format)) if (!isBlank(row)) yield row
    return
  }
  const workbook = await openWorkbook(file)
  try {
    for await (const row of readXlsx(workbook, format.sheet)) if (!isBlank(row)) yield row
  } finally {
    workbook.close()
  }
}

/** The first rows of a file. */
export async function firstRows(file: StoredFile, format: TableFormat, count: number): Promise<FileRow[]> {
  const rows: FileRow[] = []
  for await (const row of readTable(file, format)) {
    rows.push(row)
    if (rows.length >= count) break
  }
  if (rows.length === 0) throw new Failure('file_unreadable', { detail: 'The file has no rows.' })
  return rows
}
