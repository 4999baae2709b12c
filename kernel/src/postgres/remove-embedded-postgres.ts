import type { Log } from '@plinth/sdk'
import { existsSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { removeAccess } from './access-record.ts'
import { directoryHash, fallbackHome } from './home.ts'
import { acquireInstanceLock } from './instance-lock.ts'
import { clearLeftovers } from './leftovers.ts'
import { serverUser } from './server-user.ts'
import { usableBinaries } from './usable-binaries.ts'

/**
 * Deletes the database of a directory, after ending what may still run on it.
 *
 * @throws EmbeddedPostgresError `already_running` when a Plinth is using it.
 */
export async function removeEmbeddedPostgres({
  directory,
  log,
}: {
  directory: string
  log: Pick<Log, 'info'>
}): Promise<void> {
  const root = realpathSync(directory)
  const lock = acquireInstanceLock(root)
  try {
    const fallback = fallbackHome(root)
    for (const home of [root, fallback]) {
      const data = join(home, 'postgres')
      if (!existsSync(data)) continue
      const user = serverUser(data)
      await clearLeftovers({
        name: `plinth-${directoryHash(root)}`,
        data,
        binaries: await usableBinaries(user, log),
        user,
      })
      await rm(data, { recursive: true, force: true })
    }
    await rm(fallback, { recursive: true, force: true })
    removeAccess(root)
  } finally {
    lock.release()
  }
}
