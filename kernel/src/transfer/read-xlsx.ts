import { MAX_CELL, MAX_COLUMNS, MAX_SHEET_BYTES, MAX_SHEET_ROWS } from './file-limits.ts'
import type { FileCell, FileRow } from './table-row.ts'
import { asUnreadable, newParser, unreadable, type Workbook } from './workbook.ts'
import { columnIndex, fromSerial, plainText } from './xlsx-text.ts'

interface OpenCell {
  readonly column: number
  readonly type: string
  readonly isDate: boolean
}

/**
 * Reads the rows of a sheet while they are asked for. A cell with a formula has the value it had when the file was saved; nothing is
 * computed.
 *
 * @throws Failure `file_unreadable`
 */
export async function* readXlsx(workbook: Workbook, sheet: string): AsyncGenerator<FileRow> {
  const path = workbook.sheets.get(sheet)
  if (path === undefined) throw unreadable(`The workbook has no sheet "${sheet}".`)
  const source = await workbook.open(path, MAX_SHEET_BYTES)
  const rows: FileRow[] = []
  const parser = await newParser(rowHandlers(workbook, rows))
  const decoder = new TextDecoder()
  try {
    for await (const bytes of source as AsyncIterable<Buffer>) {
      // In small pieces: what is compressed well would come as very many rows at once.
      parser.write(decoder.decode(bytes, { stream: true }))
      yield* rows.splice(0)
    }
    parser.write(decoder.decode()).close()
    yield* rows.splice(0)
  } catch (error) {
    throw asUnreadable(error)
  } finally {
    source.destroy()
  }
}

function rowHandlers(workbook: Workbook, rows: FileRow[]): Parameters<typeof newParser>[0] {
  let number = 0
  let cells: FileCell[] = []
  let cell: OpenCell | undefined
  let text = ''
  let listening = false
  let phonetic = false
  return {
    open({ attributes }, name) {
      if (name === 'row') {
        const given = Number(attributes['r'])
        number = Number.isInteger(given) && given > number ? given : number + 1
        if (number > MAX_SHEET_ROWS) throw unreadable('The sheet has more rows than a sheet can have.')
        cells = []
      } else if (name === 'c') {
        const address = attributes['r'] ?? ''
        cell = {
          column: address === '' ? cells.length : columnIndex(address),
          type: attributes['t'] ?? 'n',
          isDate: workbook.dateStyles[Number(attributes['s'])] === true,
        }
        text = ''
      } else if (name === 'rPh') phonetic = true
      listening = cell !== undefined && (name === 'v' || (name === 't' && !phonetic))
    },
    text(part) {
      if (!listening) return
      text += part
      if (text.length > MAX_CELL) throw unreadable(`A cell of row ${number} is too long.`)
    },
    close(name) {
      if (name === 'v' || name === 't') listening = false
      if (name === 'rPh') phonetic = false
      if (name === 'c' && cell) {
        if (cell.column >= 0 && cell.column < MAX_COLUMNS) {
          while (cells.length < cell.column) cells.push(null)
          cells[cell.column] = valueOf(cell, text, workbook.strings)
        }
        cell = undefined
      }
      if (name === 'row') rows.push({ number, cells })
    },
  }
}

function valueOf({ type, isDate }: OpenCell, text: string, strings: readonly string[]): FileCell {
  if (text === '' && type !== 's') return null
  switch (type) {
    case 's':
      return strings[Number(text)] ?? null
    case 'b':
      return text === '1' || text === 'true'
    case 'n': {
      const number = Number(text)
      if (Number.isNaN(number)) return text
      return isDate ? new Date(fromSerial(number)) : number
    }
    case 'd': {
      const time = Date.parse(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`)
      return Number.isNaN(time) ? text : new Date(time)
    }
    default:
      return plainText(text)
  }
}
