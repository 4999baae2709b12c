import type { Log } from '@plinth/sdk'
import { cp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exists, findBinaries, programs, type Binaries } from './binaries.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { preparePublicFolder } from './home.ts'
import { run } from './run.ts'
import type { ServerUser } from './server-user.ts'

/**
 * Programs that the server's user can really run: the installed ones, or a copy of them where the user cannot reach
 * those, for example below /root.
 *
 * @throws EmbeddedPostgresError `binaries_unusable` with what the system said.
 */
export async function usableBinaries(
  user: ServerUser | undefined,
  log: Pick<Log, 'info'>,
): Promise<Binaries> {
  const binaries = await findBinaries()
  const reason = await whyUnusable(binaries, user)
  if (reason === undefined) return binaries
  if (user) {
    const copy = await copyBinaries(binaries)
    if ((await whyUnusable(copy, user)) === undefined) {
      log.info(
        `The system user "${user.name}" cannot run the PostgreSQL programs in ${binaries.folder}; it runs the copy in ${copy.folder}.`,
      )
      return copy
    }
  }
  throw new EmbeddedPostgresError(
    'binaries_unusable',
    `The PostgreSQL programs in ${binaries.folder} do not run: ${reason}`,
  )
}

async function whyUnusable(binaries: Binaries, user: ServerUser | undefined): Promise<string | undefined> {
  const { code, output } = await run(binaries.postgres, ['--version'], user)
  return code === 0 ? undefined : output || `exit code ${code}`
}

/** An earlier copy of the same version is used again. */
async function copyBinaries(binaries: Binaries): Promise<Binaries> {
  const place = `/var/tmp/plinth-postgres-${binaries.version}`
  preparePublicFolder(place)
  const copy = join(place, 'native')
  if (!(await exists(copy))) {
    const draft = `${copy}.${process.pid}`
    await cp(binaries.folder, draft, { recursive: true, verbatimSymlinks: true })
    // Another process may have been quicker; its copy is as good.
    await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }))
  }
  return programs(copy, binaries.version)
}
