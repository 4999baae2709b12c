import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KeyRing, newRingKey } from './key-ring.ts'

/** Where the key ring of a platform is. */
export interface KeyRingPlace {
  /** The ring itself. */
  readonly keys?: string | undefined
  /** A file that holds it. */
  readonly keysFile?: string | undefined
  /** Folder of an installation without configuration: its ring is the file `keys`, made with a first key when there is none. */
  readonly directory?: string | undefined
}

/** Opens the key ring of a platform. @throws KeyRingError */
export function openKeyRing({ keys, keysFile, directory }: KeyRingPlace, secret: string): KeyRing {
  if (keysFile !== undefined) return KeyRing.fromFile(secret, keysFile)
  if (keys !== undefined) return new KeyRing(secret, () => keys)
  if (directory === undefined) return new KeyRing(secret)
  const file = ownRing(directory)
  return KeyRing.fromFile(secret, file, (line) => addLine(file, line))
}

function ownRing(directory: string): string {
  const file = join(directory, 'keys')
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true })
    const note =
      '# Without this file what is encrypted cannot be read. Keep a copy, apart from copies of the data.'
    writeFileSync(file, `${note}\n${newRingKey(new Date())}\n`, { mode: 0o600, flag: 'wx' })
  }
  return file
}

/** Puts a line before all others. Half a ring is never there to be read. */
function addLine(file: string, line: string): void {
  const next = `${file}.next`
  writeFileSync(next, `${line}\n${readFileSync(file, 'utf8')}`, { mode: 0o600 })
  renameSync(next, file)
}
