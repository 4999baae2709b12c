import { readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** An interrupted write must not be served as a whole file. */
async function place(file: string, bytes: Buffer): Promise<void> {
  const unfinished = `${file}.${process.pid}`
  await writeFile(unfinished, bytes)
  await rename(unfinished, file)
}

async function compressFile(file: string): Promise<void> {
  const bytes = await readFile(file)
  if (bytes.length < 1024) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  const [small, zipped] = await Promise.all([brotli(bytes, { params }), zip(bytes, { level: 9 })])
  await Promise.all([place(`${file}.br`, small), place(`${file}.gz`, zipped)])
}

/** Puts a `.br` and a `.gz` beside every script and style of a folder. Names carry a hash, so existing copies are right. */
export async function compressFolder(folder: string): Promise<void> {
  const files = (await readdir(folder))
    .filter((name) => /\.(js|css|svg)$/.test(name))
    .map((name) => join(folder, name))
  await Promise.all(
    files.filter((file) => !existsSync(`${file}.br`) || !existsSync(`${file}.gz`)).map(compressFile),
  )
}
