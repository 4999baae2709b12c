import { neutralise } from './formula-safety.ts'
import type { CellKind } from './transfer-column.ts'

/** Cells of one record; null is empty. */
export type Cells = readonly (string | null)[]

export interface CsvOptions {
  readonly delimiter: ',' | ';' | '\t'
  /** Begin with a byte order mark, by which Excel knows UTF-8. */
  readonly bom: boolean
  /** Sign before the decimals of numbers. */
  readonly decimal: '.' | ','
  readonly kinds: readonly CellKind[]
  /** Last line of a file whose rows end in an error. */
  readonly incomplete?: string
}

const NUMBER = /^-?\d+(\.\d+)?$/

/** Writes rows as CSV after RFC 4180, one chunk for each list of rows. Nothing in it can be a formula: numbers aside, see `neutralise`. */
export async function* writeCsv(
  header: Cells,
  pages: AsyncIterable<readonly Cells[]>,
  options: CsvOptions,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const special = new RegExp(`["\\r\\n${options.delimiter}]|^\\s|\\s$`)
  const cell = (value: string | null, kind: CellKind): string => {
    if (value === null || value === '') return ''
    const text =
      kind === 'number' && NUMBER.test(value) ? value.replace('.', options.decimal) : neutralise(value)
    return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const line = (cells: Cells, kinds: readonly CellKind[]): string =>
    `${cells.map((value, index) => cell(value, kinds[index] ?? 'text')).join(options.delimiter)}\r\n`
  yield encoder.encode((options.bom ? '\ufeff' : '') + line(header, []))
  try {
    for await (const rows of pages)
      yield encoder.encode(rows.map((cells) => line(cells, options.kinds)).join(''))
  } catch (error) {
    if (options.incomplete !== undefined) yield encoder.encode(line([options.incomplete], []))
    throw error
  }
}
