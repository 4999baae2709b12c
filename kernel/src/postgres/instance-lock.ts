import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { processStart } from './process-start.ts'

interface Owner {
  readonly pid: number
  /** From `processStart`: a process id alone may have been given to another program since. */
  readonly start: string
}

/** Held for as long as this process uses the directory. */
export interface InstanceLock {
  release(): void
}

/**
 * Makes this process the only Plinth on a directory. The lock of a process that was killed does not block.
 *
 * @throws EmbeddedPostgresError `already_running` naming the process that holds the lock.
 */
export function acquireInstanceLock(directory: string): InstanceLock {
  const path = join(directory, 'plinth.lock')
  const own = JSON.stringify({ pid: process.pid, start: processStart(process.pid) ?? '' } satisfies Owner)
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, own)
  try {
    while (!linked(draft, path)) {
      const content = read(path)
      if (content === undefined) continue
      const owner = parse(content)
      if (owner && processStart(owner.pid) === owner.start) {
        throw new EmbeddedPostgresError(
          'already_running',
          `another Plinth is running here (pid ${owner.pid}, directory ${directory}). Stop it first, or give this one its own PLINTH_DIRECTORY and PLINTH_PORT.`,
        )
      }
      discard(path, content)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return {
    release() {
      if (read(path) === own) rmSync(path, { force: true })
    },
  }
}

/** A hard link appears with its whole content at once, or not at all. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Two processes may find the same dead owner: only what was judged dead is removed, a newer lock is put back. */
function discard(path: string, judged: string): void {
  const aside = `${path}.${process.pid}.dead`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  if (read(aside) !== judged) linked(aside, path)
  rmSync(aside, { force: true })
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function parse(content: string): Owner | undefined {
  try {
    const value = JSON.parse(content) as Partial<Owner>
    return typeof value.pid === 'number' && typeof value.start === 'string' ? (value as Owner) : undefined
  } catch {
    return undefined
  }
}
