import { Readable } from 'node:stream'
import { Failure } from '../errors.ts'
import { MAX_CELL, MAX_COLUMNS } from './file-limits.ts'
import { restore } from './formula-safety.ts'
import { bytesOf, type StoredFile } from './stored-file.ts'
import type { FileRow } from './table-row.ts'
import type { TextFormat } from './text-format.ts'

/**
 * Reads the rows of a CSV file while they are asked for. Line breaks in quotes belong to the cell, also to the number of the row.
 *
 * @throws Failure `file_unreadable`
 */
export async function* readCsv(
  file: StoredFile,
  { encoding, delimiter }: TextFormat,
): AsyncGenerator<FileRow> {
  const { parse } = await import('csv-parse')
  const source = Readable.from(decoded(file, encoding), { objectMode: false, encoding: 'utf8' })
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: 2_000_000,
  })
  source.once('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let number = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      number += 1
      yield { number, cells: cells.slice(0, MAX_COLUMNS).map((cell) => restore(cell.slice(0, MAX_CELL))) }
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    const near = `Near row ${number + 1}: `
    throw new Failure('file_unreadable', {
      detail: near + (error as Error).message.slice(0, 200),
      cause: error,
    })
  } finally {
    source.destroy()
    parser.destroy()
  }
}

async function* decoded(file: StoredFile, encoding: TextFormat['encoding']): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const bytes of bytesOf(file)) yield decoder.decode(bytes, { stream: true })
  yield decoder.decode()
}
