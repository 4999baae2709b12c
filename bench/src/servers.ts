import { fork, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '@plinth/kernel'
import type { AccessCosts } from './access-cost.ts'
import type { Population } from './world.ts'

/** Memory in bytes: pages of the process, and what lies on them that is in use. */
export interface Taken {
  readonly resident: number
  readonly used: number
}

/** A server that answers the routes below `base`. */
export interface Target {
  readonly base: string
  readonly headers: Readonly<Record<string, string>>
  /** What the server takes after everything that is not needed was collected. */
  readonly memory: () => Promise<Taken>
  /** What it costs the server to find out who asks and what they may do. */
  readonly access: () => Promise<AccessCosts>
}

/** One database server, and servers on databases of it, each in a process of its own. */
export interface Servers {
  /** A platform on a new database. */
  platform(database: string, population: Population): Promise<Target>
  /** One more node of a platform that is there. */
  node(database: string): Promise<Target>
  /** Administrative login of the database of a platform. */
  address(database: string): string
  /** The hand-written handlers on the database of a platform. */
  baseline(database: string): Promise<Target>
  stop(): Promise<void>
}

export async function startServers(): Promise<Servers> {
  const directory = mkdtempSync(join(tmpdir(), 'plinth-bench-'))
  // The database server may run as another user of this machine.
  chmodSync(directory, 0o755)
  const quiet = { info: () => undefined, warn: () => undefined }
  const postgres = await startEmbeddedPostgres({ directory, log: quiet, durable: false })
  const children: ChildProcess[] = []
  const addressOf = (database: string): string => {
    const url = new URL(postgres.adminUrl)
    url.pathname = `/${database}`
    return url.href
  }
  const start = async (file: string, database: string, env: NodeJS.ProcessEnv = {}): Promise<Target> => {
    const child = fork(join(import.meta.dirname, file), {
      env: { ...process.env, ...env, BENCH_ADMIN_URL: addressOf(database) },
      execArgv: ['--expose-gc'],
    })
    children.push(child)
    const answer = <T>(): Promise<T> =>
      new Promise((resolve, reject) => {
        const ended = (code: number | null): void => reject(new Error(`${file} ended with ${code}`))
        child.once('exit', ended)
        child.once('message', (message) => {
          child.off('exit', ended)
          resolve(message as T)
        })
      })
    const asked = <T>(wish: 'memory' | 'access'): Promise<T> => {
      const told = answer<T>()
      child.send(wish)
      return told
    }
    const ready = await answer<Omit<Target, 'memory' | 'access'>>()
    return {
      ...ready,
      memory: () => asked<Taken>('memory'),
      access: () => asked<AccessCosts>('access'),
    }
  }
  return {
    async platform(database, population) {
      await createDatabase(postgres.adminUrl, database)
      return start('platform-server.ts', database, { BENCH_POPULATION: JSON.stringify(population) })
    },
    node: (database) => start('platform-server.ts', database),
    address: addressOf,
    baseline: (database) => start('baseline-server.ts', database),
    async stop() {
      await Promise.all(children.map(end))
      await postgres.stop()
      await removeEmbeddedPostgres({ directory, log: quiet })
    },
  }
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${admin.escapeIdentifier(name)}`)
  await admin.end()
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.disconnect()
    setTimeout(() => child.kill('SIGKILL'), 5000)
  })
}
