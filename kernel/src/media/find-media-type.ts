import { fileTypeFromBuffer } from 'file-type'
import { endingOf, typeOfEnding } from './media-types.ts'

/** As much of a file as is looked at: names of the parts of office documents stand within it. */
export const HEAD_BYTES = 65_536

const UNKNOWN = 'application/octet-stream'

/** Containers whose content alone does not say what they hold. Their names are believed within the family. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'application/zip': ['.docx', '.xlsx', '.pptx', '.odt', '.ods', '.odp'],
  'application/x-cfb': ['.doc', '.xls', '.ppt', '.msg'],
}

/** What text may be called. The name decides between them, since nothing in them does. */
const TEXTS = ['.csv', '.txt', '.md', '.ics', '.vcf', '.json', '.xml', '.eml', '.html', '.htm', '.svg']

/**
 * The media type of a file, from its first bytes. The name only tells apart what looks the same: kinds of text, and of containers.
 *
 * @param head the first `HEAD_BYTES`, or all there are
 */
export async function findMediaType(head: Uint8Array, name: string): Promise<string> {
  const ending = endingOf(name)
  const found = (await magic(head)) ?? (isText(head) ? 'text/plain' : UNKNOWN)
  if (FAMILIES[found]?.includes(ending)) return typeOfEnding(ending)!
  if (found !== 'text/plain' && found !== 'application/xml') return found
  return markup(head) ?? (TEXTS.includes(ending) ? typeOfEnding(ending)! : found)
}

/** Cut off in the middle, some files are no longer what they seemed to become. */
async function magic(head: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(head))?.mime
  } catch {
    return undefined
  }
}

/** Text of any encoding that is written without control characters, UTF-16 with its mark. */
function isText(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true
  return !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))
}

/** Markup a browser would carry out, whatever the file is called. */
function markup(head: Uint8Array): string | undefined {
  const wide = head[0] === 0xff || head[0] === 0xfe
  const start = Buffer.from(head.subarray(0, 8_192)).toString(wide ? 'utf16le' : 'latin1')
  if (/<svg[\s>]/i.test(start)) return 'image/svg+xml'
  return /<(!doctype\s+html|html|head|body|script|iframe|object|embed)[\s>/]/i.test(start)
    ? 'text/html'
    : undefined
}
