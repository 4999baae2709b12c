/** A cell as its file has it: CSV knows text alone; a date of a workbook is a moment without time zone, given as if it were in UTC. */
export type FileCell = string | number | boolean | Date | null

/** A row of a file. */
export interface FileRow {
  /** As spreadsheets count, from 1. */
  readonly number: number
  readonly cells: readonly FileCell[]
}

/** What a person would see in the cell. */
export function cellText(cell: FileCell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (!(cell instanceof Date)) return String(cell)
  const text = cell.toISOString()
  return text.endsWith('T00:00:00.000Z')
    ? text.slice(0, 10)
    : text.slice(0, 23).replace('T', ' ').replace('.000', '')
}

export function isBlank(row: FileRow): boolean {
  return row.cells.every((cell) => cell === null || cell === '')
}

/** The beginning of a text, in a form that can be stored: without halves of characters, and NUL. */
export function excerpt(text: string, length: number): string {
  return text.slice(0, length).replaceAll('\0', '\ufffd').toWellFormed()
}
