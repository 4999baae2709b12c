import { bytesOf, type StoredFile } from './stored-file.ts'

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export const CSV_DELIMITERS = [',', ';', '\t'] as const

export interface TextFormat {
  readonly encoding: (typeof ENCODINGS)[number]
  readonly delimiter: (typeof CSV_DELIMITERS)[number]
}

/**
 * Finds out how a text file is to be read: by byte order mark, by zero bytes, by whether all of it is UTF-8; and which sign splits its first
 * lines evenly.
 */
export async function detectTextFormat(file: StoredFile): Promise<TextFormat> {
  const first = await file.chunk(0)
  const encoding = byMark(first) ?? ((await isUtf8(file)) ? 'utf-8' : 'windows-1252')
  const head = new TextDecoder(encoding).decode(first.subarray(0, 65_536), { stream: true })
  return { encoding, delimiter: detectDelimiter(head) }
}

function byMark(bytes: Buffer): TextFormat['encoding'] | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  const looked = Math.min(bytes.length, 4_096)
  for (let index = 0; index < looked; index += 1) if (bytes[index] === 0) zeros[index % 2]! += 1
  if (zeros[1]! > looked / 6 && zeros[0]! < looked / 50) return 'utf-16le'
  return zeros[0]! > looked / 6 && zeros[1]! < looked / 50 ? 'utf-16be' : undefined
}

async function isUtf8(file: StoredFile): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const bytes of bytesOf(file)) decoder.decode(bytes, { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

function detectDelimiter(head: string): TextFormat['delimiter'] {
  const scores = CSV_DELIMITERS.map((delimiter) => {
    const counts = countPerLine(head, delimiter).slice(0, 50)
    const [first = 0] = counts
    const even = counts.filter((count) => count === first).length / Math.max(1, counts.length)
    return { delimiter, score: first === 0 ? 0 : even * 1_000 + Math.min(first, 500) }
  })
  return scores.toSorted((left, right) => right.score - left.score)[0]!.delimiter
}

/** How often the sign stands outside of quotes, by line. The last line may be cut off and does not count, unless it is the only one. */
function countPerLine(text: string, sign: string): number[] {
  const counts: number[] = []
  let quoted = false
  let count = 0
  let filled = false
  for (const each of text) {
    if (each === '"') quoted = !quoted
    else if (quoted) continue
    else if (each === '\n') {
      if (filled) counts.push(count)
      count = 0
      filled = false
      continue
    } else if (each === sign) count += 1
    if (each.trim() !== '') filled = true
  }
  return counts.length === 0 ? [count] : counts
}
