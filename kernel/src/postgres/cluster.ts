import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { processStart } from './process-start.ts'
import { run } from './run.ts'
import type { ServerUser } from './server-user.ts'
import { serverArguments, type ServerSettings } from './settings.ts'

/** One data folder with the programs and the user that serve it. */
export interface Cluster {
  readonly name: string
  readonly data: string
  readonly binaries: Binaries
  readonly user: ServerUser | undefined
}

const LOG_LIMIT_BYTES = 10_000_000

/** The file that the server writes to. */
function serverLog(cluster: Cluster): string {
  return join(cluster.data, 'server.log')
}

/** Creates the data folder. It appears under its name only when it is complete. */
export async function createCluster(cluster: Cluster, password: string, durable: boolean): Promise<void> {
  const { data, binaries, user } = cluster
  const draft = `${data}.new`
  const passwordFile = `${data}.password`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid)
  try {
    await initdb(binaries, user, [
      '--no-sync',
      '--no-instructions',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      `--pgdata=${draft}`,
    ])
    // One call for the whole file system takes a tenth of the time of one per file.
    if (durable)
      await initdb(binaries, user, [
        '--sync-only',
        ...(process.platform === 'linux' ? ['--sync-method=syncfs'] : []),
        `--pgdata=${draft}`,
      ])
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, data)
}

/** @throws EmbeddedPostgresError `data_unusable` when another major version of PostgreSQL wrote the data. */
export function checkVersion({ data, binaries }: Cluster): void {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (found !== binaries.version.split('.')[0]) {
    throw new EmbeddedPostgresError(
      'data_unusable',
      `${data} was written by PostgreSQL ${found}, the installed packages hold ${binaries.version}. Move the folder away to begin anew, or return to the earlier version of Plinth.`,
    )
  }
}

/** Starts the server and waits until it accepts connections. Says `port_taken` instead of failing when that was the cause. */
export async function startServer(
  cluster: Cluster,
  settings: Omit<ServerSettings, 'clusterName'>,
): Promise<'started' | 'port_taken'> {
  const { data, binaries, user, name } = cluster
  const log = serverLog(cluster)
  if (existsSync(log) && lstatSync(log).size > LOG_LIMIT_BYTES) rmSync(log)
  const before = existsSync(log) ? lstatSync(log).size : 0
  const args = serverArguments({ ...settings, clusterName: name })
  const { code, output } = await run(
    binaries.pgCtl,
    ['start', '-w', '-t', '60', '-D', data, '-l', log, '-o', args],
    user,
  )
  if (code === 0) return 'started'
  const said = existsSync(log) ? readFileSync(log).subarray(before).toString().trim() : ''
  if (/could not bind/.test(said)) return 'port_taken'
  throw new EmbeddedPostgresError(
    'start_failed',
    `The embedded PostgreSQL server did not start.\n${output}\n${said.slice(-2000)}\nIts log is ${log}.`,
  )
}

/** Stops the server: open transactions are rolled back; one that hangs is stopped the hard way after 30 seconds. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const { data, binaries, user } = cluster
  let said = ''
  for (const [mode, seconds] of [
    ['fast', 30],
    ['immediate', 10],
  ] as const) {
    if (!isRunning(cluster)) return
    said = (await run(binaries.pgCtl, ['stop', '-w', '-t', String(seconds), '-m', mode, '-D', data], user))
      .output
  }
  if (!isRunning(cluster)) return
  throw new EmbeddedPostgresError('stop_failed', `The embedded PostgreSQL server did not stop.\n${said}`)
}

/** A server that was killed leaves its file behind, and for a while a process entry without life. */
function isRunning(cluster: Cluster): boolean {
  const pid = recordedPid(cluster)
  return pid !== undefined && processStart(pid) !== undefined
}

/** Process id in the first line of `postmaster.pid`; undefined when the server was stopped properly. */
export function recordedPid({ data }: Cluster): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10) || undefined
  } catch {
    return undefined
  }
}

async function initdb(
  binaries: Binaries,
  user: ServerUser | undefined,
  args: readonly string[],
): Promise<void> {
  const { code, output } = await run(binaries.initdb, args, user)
  if (code !== 0)
    throw new EmbeddedPostgresError(
      'initdb_failed',
      `The data folder of the embedded PostgreSQL could not be made.\n${output}`,
    )
}
