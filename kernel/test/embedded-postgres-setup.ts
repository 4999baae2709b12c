import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { poolerProgram, startPooler } from './start-pooler.ts'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../src/postgres/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser login of the database server that all tests of a run share. */
    adminUrl: string
  }
}

interface SharedServer {
  users: number
  readonly adminUrl: Promise<string>
  /** Of the server for tenants at level `cluster`, in a run at that level. */
  readonly clusterUrl: Promise<string | undefined>
  /** Of a connection pooler before the server, in a run that asks for one. */
  readonly pooler: Promise<string | undefined>
  readonly stop: () => Promise<void>
}

const PREFIX = 'plinth-test-'
const log = { info() {}, warn: (message: string) => console.warn(message) }

// Every project of a run loads this file anew, so the server that they share hangs on the process.
const shared = globalThis as { plinthTestServer?: SharedServer | undefined }

/** Starts one embedded PostgreSQL for all projects of a run that want one, and stops it after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = (shared.plinthTestServer ??= start())
  server.users += 1
  const adminUrl = await server.adminUrl
  project.provide('adminUrl', adminUrl)
  process.env['PLINTH_TEST_ADMIN_URL'] = adminUrl
  const clusterUrl = await server.clusterUrl
  if (clusterUrl !== undefined) process.env['PLINTH_TEST_CLUSTER_URL'] = clusterUrl
  const pooler = await server.pooler
  if (pooler !== undefined) process.env['PLINTH_TEST_POOLER'] = pooler
  return async () => {
    server.users -= 1
    if (server.users > 0) return
    shared.plinthTestServer = undefined
    await server.stop()
    sayWhatWasMissing()
  }
}

/** What was skipped must not be taken for green. */
function sayWhatWasMissing(): void {
  const program = poolerProgram()
  if (!program)
    console.warn('\n!!! NOT TRIED: the tests through pgbouncer, because there is none on this machine.')
  else if (!program.prepares)
    console.warn(
      `\n!!! NOT TRIED: prepared statements through pgbouncer, because ${program.version} does not know them (1.21 does).`,
    )
}

function start(): SharedServer {
  const swept = sweep()
  const server = swept.then(startOne)
  const cluster =
    process.env['PLINTH_TEST_LEVEL'] === 'cluster' ? swept.then(startOne) : Promise.resolve(undefined)
  const pooler =
    process.env['PLINTH_TEST_POOLER'] === 'pgbouncer'
      ? server.then(({ adminUrl }) => startPooler(adminUrl))
      : Promise.resolve(undefined)
  return {
    users: 0,
    adminUrl: server.then(({ adminUrl }) => adminUrl),
    pooler: pooler.then((started) => started?.address),
    clusterUrl: cluster.then((started) => started?.adminUrl),
    async stop() {
      await (await pooler)?.stop()
      await (await server).stop()
      await (await cluster)?.stop()
    },
  }
}

async function startOne(): Promise<{ readonly adminUrl: string; readonly stop: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), PREFIX))
  // Run as root, the server works as another user, who must be able to enter.
  chmodSync(directory, 0o755)
  const server = await startEmbeddedPostgres({ directory, log, durable: false })
  return {
    adminUrl: server.adminUrl,
    async stop() {
      await server.stop()
      await removeEmbeddedPostgres({ directory, log })
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Ends and deletes what runs left behind that were killed. The lock of a run that is still going on protects it. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const directory = join(tmpdir(), name)
    if (!name.startsWith(PREFIX) || !existsSync(join(directory, 'plinth.lock'))) continue
    const removed = await removeEmbeddedPostgres({ directory, log }).then(
      () => true,
      () => false,
    )
    if (removed) rmSync(directory, { recursive: true, force: true })
  }
}
