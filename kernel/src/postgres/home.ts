import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { run } from './run.ts'
import type { ServerUser } from './server-user.ts'

/** Short name of a directory, the same on every start. */
export function directoryHash(directory: string): string {
  return createHash('sha256').update(directory).digest('hex').slice(0, 12)
}

/** Where a server lives whose user cannot reach the directory, for example below /root. */
export function fallbackHome(directory: string): string {
  return `/var/tmp/plinth-${directoryHash(directory)}`
}

/** Whether that user can enter the folder and everything above it; asked of the system, because modes are not all there is. */
export async function canEnter(folder: string, user: ServerUser | undefined): Promise<boolean> {
  if (!user) return true
  const { code } = await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], user)
  return code === 0
}

/**
 * Creates a folder below /var/tmp that everybody may read, or takes the existing one.
 *
 * @throws EmbeddedPostgresError `data_unusable` when someone else made a folder of that name: /var/tmp is open to all.
 */
export function preparePublicFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new EmbeddedPostgresError(
      'data_unusable',
      `${folder} belongs to someone else. Remove it, or start Plinth as its owner.`,
    )
  }
  chmodSync(folder, 0o755)
}
