import type { Log } from '@plinth/sdk'
import {
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
} from 'node:fs'
import { join } from 'node:path'
import { freePort, newPassword, readAccess, writeAccess, type AccessRecord } from './access-record.ts'
import { checkVersion, createCluster, startServer, stopServer, type Cluster } from './cluster.ts'
import { canEnter, directoryHash, fallbackHome, preparePublicFolder } from './home.ts'
import { acquireInstanceLock } from './instance-lock.ts'
import { clearLeftovers } from './leftovers.ts'
import { serverUser, type ServerUser } from './server-user.ts'
import { usableBinaries } from './usable-binaries.ts'

export interface EmbeddedPostgresOptions {
  /** Folder of this Plinth; the data goes below it into `postgres`. Made when missing. */
  readonly directory: string
  readonly log: Pick<Log, 'info' | 'warn'>
  /** False trades safety against power cuts for speed; for tests. Default true. */
  readonly durable?: boolean
}

export interface EmbeddedPostgres {
  /** Login of the superuser, with its password. */
  readonly adminUrl: string
  /** Stops the server and gives the directory free. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that comes with the dependencies, on 127.0.0.1 and a port of its own. The first start makes the
 * data folder; a start after any process was killed recovers it.
 *
 * @throws EmbeddedPostgresError, among others `already_running` when another Plinth uses the directory.
 */
export async function startEmbeddedPostgres({
  directory,
  log,
  durable = true,
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  mkdirSync(directory, { recursive: true })
  const root = realpathSync(directory)
  const lock = acquireInstanceLock(root)
  try {
    const { cluster, access } = await openCluster(root, log, durable)
    let port = await freePort(access.port)
    while ((await startServer(cluster, { port, durable })) === 'port_taken') port = await freePort()
    if (port !== access.port) writeAccess(root, { ...access, port })
    let stopped: Promise<void> | undefined
    return {
      adminUrl: `postgresql://postgres:${access.password}@127.0.0.1:${port}/postgres`,
      stop: () => (stopped ??= stopServer(cluster).finally(() => lock.release())),
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Finds or makes the data folder and leaves it with no process running on it. */
async function openCluster(
  root: string,
  log: EmbeddedPostgresOptions['log'],
  durable: boolean,
): Promise<{ cluster: Cluster; access: AccessRecord }> {
  const known = readAccess(root)
  const fallback = fallbackHome(root)
  // A record that came along from a copied folder names the home of the original, which is not ours to use.
  const knownHome = known?.home === '.' ? root : known?.home === fallback ? fallback : undefined
  const user = serverUser(join(knownHome ?? root, 'postgres'))
  const home = knownHome ?? ((await canEnter(root, user)) ? root : fallback)
  if (home === fallback) {
    preparePublicFolder(home)
    log.info(
      `The system user "${user?.name}" that PostgreSQL runs as cannot reach ${root}; the database is kept in ${home}.`,
    )
  }
  const cluster: Cluster = {
    name: `plinth-${directoryHash(root)}`,
    data: join(home, 'postgres'),
    binaries: await usableBinaries(user, log),
    user,
  }
  if (known && existsSync(cluster.data)) {
    if (user && lstatSync(cluster.data).uid !== user.uid) handOver(cluster.data, user)
    checkVersion(cluster)
    const found = await clearLeftovers(cluster)
    if (found === 'orphan')
      log.warn('The database server of an earlier start was still running and has been stopped.')
    if (found === 'crashed') log.warn('The database server was killed; it recovers its data now.')
    return { cluster, access: known }
  }
  if (existsSync(cluster.data)) {
    const aside = `${cluster.data}.${Date.now()}`
    await clearLeftovers(cluster)
    renameSync(cluster.data, aside)
    log.warn(`The password of the data in ${cluster.data} is lost; the folder was moved to ${aside}.`)
  }
  log.info('Creating the database …')
  const access = { port: await freePort(), password: newPassword(), home: home === root ? '.' : home }
  await createCluster(cluster, access.password, durable)
  writeAccess(root, access)
  return { cluster, access }
}

/** Gives a folder with everything in it to the server's user; happens when a data folder was copied by root. */
function handOver(folder: string, { uid, gid }: ServerUser): void {
  chownSync(folder, uid, gid)
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    lchownSync(join(folder, entry), uid, gid)
}
