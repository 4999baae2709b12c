import { Readable } from 'node:stream'
import type { Cells } from './write-csv.ts'
import type { CellKind } from './transfer-column.ts'
import { columnLetters, toSerial, xmlText } from './xlsx-text.ts'

/** Rows a sheet can have, and characters a cell. */
const SHEET_ROWS = 1_048_576
const CELL_CHARACTERS = 32_767

/** Ends a text that did not fit into its cell. An import refuses such cells, so that nothing is cut off unnoticed. */
export const CUT = '… ⟦cut off⟧'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/**
 * Writes rows as an XLSX workbook while they come: numbers, dates and truth values as such, everything else as text, which is never
 * evaluated. Of times only those that say no offset are known as such. What one sheet cannot hold goes on to the next, under the same header.
 */
export async function writeXlsx(
  title: string,
  header: Cells,
  pages: AsyncIterable<readonly Cells[]>,
  kinds: readonly CellKind[],
): Promise<Readable> {
  // Loaded when first needed: most nodes write no workbook for a long time.
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const source = pages[Symbol.asyncIterator]()
  const fail = (error: Error): void => void output.destroy(error)
  // Whoever stops reading ends the reading of the records too.
  output.once('close', () => void source.return?.())
  zip.on('error', fail)
  const rest: { rows: readonly Cells[]; done: boolean } = { rows: [], done: false }
  const addSheet = (number: number): void => {
    const sheet = Readable.from(sheetXml(header, source, rest, kinds), { objectMode: false })
    sheet.once('error', fail)
    output.once('close', () => sheet.destroy())
    sheet.once('end', () => {
      if (!rest.done) addSheet(number + 1)
      else finish(zip, title, number)
    })
    zip.addReadStream(sheet, `xl/worksheets/sheet${number}.xml`)
  }
  addSheet(1)
  return output
}

async function* sheetXml(
  header: Cells,
  source: AsyncIterator<readonly Cells[]>,
  rest: { rows: readonly Cells[]; done: boolean },
  kinds: readonly CellKind[],
): AsyncGenerator<Buffer> {
  let number = 1
  yield Buffer.from(
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>${row(number, header, [], 3)}`,
  )
  while (number < SHEET_ROWS && !rest.done) {
    if (rest.rows.length === 0) {
      const next = await source.next()
      rest.done = next.done === true
      rest.rows = next.done === true ? [] : next.value
    }
    const now = rest.rows.slice(0, SHEET_ROWS - number)
    rest.rows = rest.rows.slice(now.length)
    const first = number + 1
    number += now.length
    yield Buffer.from(now.map((cells, index) => row(first + index, cells, kinds)).join('') || ' ')
  }
  yield Buffer.from('</sheetData></worksheet>')
}

function row(number: number, cells: Cells, kinds: readonly CellKind[], style?: number): string {
  const inner = cells.map((value, index) => {
    if (value === null || value === '') return ''
    return cell(`${columnLetters(index)}${number}`, value, kinds[index] ?? 'text', style)
  })
  return `<row r="${number}">${inner.join('')}</row>`
}

function cell(address: string, value: string, kind: CellKind, style?: number): string {
  const typed = typedCell(address, value, kind)
  if (typed !== undefined) return typed
  const text = value.length > CELL_CHARACTERS ? value.slice(0, CELL_CHARACTERS - CUT.length) + CUT : value
  const look = style === undefined ? '' : ` s="${style}"`
  return `<c r="${address}" t="inlineStr"${look}><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`
}

/** Values spreadsheets know as such. What they would lose, a digit or the time before 1900, stays text. */
function typedCell(address: string, value: string, kind: CellKind): string | undefined {
  switch (kind) {
    case 'number':
      return value.replaceAll(/[-.]/g, '').length <= 15 && /^-?\d+(\.\d+)?$/.test(value)
        ? `<c r="${address}"><v>${value}</v></c>`
        : undefined
    case 'bool':
      return `<c r="${address}" t="b"><v>${value === 'true' ? 1 : 0}</v></c>`
    case 'date':
    case 'datetime': {
      const time = kind === 'date' ? value : `${value}Z`
      const serial = toSerial(Date.parse(time))
      return serial === undefined
        ? undefined
        : `<c r="${address}" s="${kind === 'date' ? 1 : 2}"><v>${serial}</v></c>`
    }
    case 'text':
      return undefined
  }
  return undefined
}

function finish(
  zip: { addBuffer(buffer: Buffer, path: string): void; end(): void },
  title: string,
  sheets: number,
): void {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1)
  const name = title.replaceAll(/[\\/?*[\]:']/g, ' ').slice(0, 25)
  const add = (path: string, xml: string): void => zip.addBuffer(Buffer.from(HEAD + xml), path)
  const override = (path: string, type: string): string =>
    `<Override PartName="/${path}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbers.map((each) => `<sheet name="${xmlText(each === 1 ? name : `${name} ${each}`)}" sheetId="${each}" r:id="rId${each}"/>`).join('')}</sheets></workbook>`,
  )
  add(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((each) => `<Relationship Id="rId${each}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${each}.xml"/>`).join('')}<Relationship Id="rId${sheets + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  )
  add('xl/styles.xml', STYLES)
  add(
    '_rels/.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  add(
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('xl/workbook.xml', 'sheet.main')}${override('xl/styles.xml', 'styles')}${numbers.map((each) => override(`xl/worksheets/sheet${each}.xml`, 'worksheet')).join('')}</Types>`,
  )
  zip.end()
}

/** 1 date, 2 time, 3 header. */
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss.000"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`
