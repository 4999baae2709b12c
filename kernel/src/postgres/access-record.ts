import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

/** How this Plinth reaches its server, kept between starts in a file that only its user can read. */
export interface AccessRecord {
  readonly port: number
  readonly password: string
  /** Folder that holds the data: `.` for the directory itself, otherwise the fallback home. */
  readonly home: string
}

const FILE = 'postgres.json'

/** @throws EmbeddedPostgresError `data_unusable` when the file is there but cannot be read. */
export function readAccess(directory: string): AccessRecord | undefined {
  const path = join(directory, FILE)
  try {
    const { port, password, home } = JSON.parse(readFileSync(path, 'utf8')) as AccessRecord
    if (typeof port === 'number' && typeof password === 'string' && typeof home === 'string')
      return { port, password, home }
    throw new Error('it lacks port, password or home')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new EmbeddedPostgresError('data_unusable', `${path} is not usable: ${(cause as Error).message}`, {
      cause,
    })
  }
}

export function writeAccess(directory: string, access: AccessRecord): void {
  writeFileSync(join(directory, FILE), JSON.stringify(access, null, 2), { mode: 0o600 })
}

export function removeAccess(directory: string): void {
  rmSync(join(directory, FILE), { force: true })
}

export function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

/** The wanted port when nobody listens there, else one that the system gives. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer()
  const port = await new Promise<number | undefined>((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen(wanted, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  if (port === undefined) return freePort()
  await new Promise((resolve) => server.close(resolve))
  return port
}
