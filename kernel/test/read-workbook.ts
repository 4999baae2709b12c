import { text } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'

/** Cells of the first sheet as they stand there, and its XML, read by other means than the product does. */
export async function readWorkbook(file: Buffer): Promise<{ rows: unknown[][]; xml: string }> {
  const zip = await fromBufferPromise(file)
  let xml = ''
  for await (const entry of zip.eachEntry())
    if (entry.fileName === 'xl/worksheets/sheet1.xml')
      xml = await text(await zip.openReadStreamPromise(entry))
  const rows = [...xml.matchAll(/<row r="\d+">(.*?)<\/row>/gs)].map(([, row = '']) => {
    const cells: unknown[] = []
    for (const [, letters = '', rest = '', inner = ''] of row.matchAll(
      /<c r="([A-Z]+)\d+"([^>]*)>(.*?)<\/c>/gs,
    )) {
      const column = Array.from(letters).reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) - 1
      const value = /<(?:v|t)[^>]*>(.*?)<\/(?:v|t)>/s.exec(inner)?.[1] ?? ''
      cells[column] = rest.includes('t="b"')
        ? value === '1'
        : rest.includes('inlineStr')
          ? decode(value)
          : Number(value)
    }
    return cells
  })
  return { rows, xml }
}

function decode(value: string): string {
  return value
    .replaceAll(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
