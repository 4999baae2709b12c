import { Readable } from 'node:stream'

/** An uploaded file, kept in pieces of equal size. */
export interface StoredFile {
  readonly size: number
  readonly chunkSize: number
  /** Reads a piece by its position from 0. */
  readonly chunk: (index: number) => Promise<Buffer>
}

/** The bytes from `start` to before `end`, piece by piece. */
export async function* bytesOf(file: StoredFile, start = 0, end = file.size): AsyncGenerator<Buffer> {
  for (let at = start; at < end;) {
    const index = Math.floor(at / file.chunkSize)
    const chunk = await file.chunk(index)
    const offset = at - index * file.chunkSize
    const piece = chunk.subarray(offset, Math.min(chunk.length, end - index * file.chunkSize))
    if (piece.length === 0) throw new Error('A piece of the file is missing')
    yield piece
    at += piece.length
  }
}

/** The same as a stream. */
export function streamOf(file: StoredFile, start: number, end: number): Readable {
  return Readable.from(bytesOf(file, start, end), { objectMode: false })
}

/** Bytes in pieces of one size, the last one shorter; one empty piece of an empty file. */
export async function* piecesOf(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = []
  let length = 0
  let any = false
  for await (const part of bytes) {
    parts.push(part)
    length += part.length
    if (length < size) continue
    const whole = Buffer.concat(parts)
    let at = 0
    for (; whole.length - at >= size; at += size) yield whole.subarray(at, at + size)
    any = true
    parts = [whole.subarray(at)]
    length = whole.length - at
  }
  if (length > 0 || !any) yield Buffer.concat(parts)
}
