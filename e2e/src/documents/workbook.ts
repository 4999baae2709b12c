import { inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50

/** The part of a zip file with this name, read by its directory, which stands at the end. */
function part(file: Buffer, wanted: string): string {
  const end = file.lastIndexOf(Buffer.from([END & 255, (END >> 8) & 255, (END >> 16) & 255, END >> 24]))
  let at = file.readUInt32LE(end + 16)
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    if (file.readUInt32LE(at) !== ENTRY) break
    const [size, nameLength] = [file.readUInt32LE(at + 20), file.readUInt16LE(at + 28)]
    const name = file.toString('utf8', at + 46, at + 46 + nameLength)
    if (name === wanted) {
      const local = file.readUInt32LE(at + 42)
      const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
      const bytes = file.subarray(begin, begin + size)
      return (file.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes)).toString('utf8')
    }
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  throw new Error(`There is no ${wanted} in the file.`)
}

/** Which column a cell like `AB7` is in, from 0. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference.replace(/\d+$/, '')) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** The rows of the first sheet of an XLSX workbook, as texts. Cells that are left out are empty. */
export function workbookRows(file: Buffer): string[][] {
  const sheet = part(file, 'xl/worksheets/sheet1.xml')
  return [...sheet.matchAll(/<row\b[^>]*>(.*?)<\/row>/gs)].map(([, row = '']) => {
    const cells: string[] = []
    for (const [, reference = '', content = ''] of row.matchAll(/<c r="(\w+)"[^>]*?(?:\/>|>(.*?)<\/c>)/gs))
      cells[columnOf(reference)] = content.replaceAll(/<[^>]*>/g, '')
    return Array.from(cells, (cell) => cell ?? '')
  })
}
