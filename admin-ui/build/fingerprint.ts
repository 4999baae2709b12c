import { createHash } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null)
  if (!entries) return [path]
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** One hash over files and folders, by path and content. Missing ones count as absent. */
export async function fingerprint(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of await filesOf(path)) {
      const content = await readFile(file).catch(() => null)
      if (content) hash.update(file).update('\0').update(content).update('\0')
    }
  }
  return hash.digest('hex')
}

/** Runs `work` unless it has already been done for the same fingerprint; `stamp` remembers the last one. */
export async function unlessDone(stamp: string, print: string, work: () => Promise<void>): Promise<boolean> {
  if ((await readFile(stamp, 'utf8').catch(() => '')) === print) return false
  await work()
  await writeFile(stamp, print)
  return true
}
