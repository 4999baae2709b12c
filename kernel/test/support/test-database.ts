import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { prepareDatabase } from '../../src/data/index.ts'

/** Root secret of every test platform: roles belong to the server, so all databases on it must derive the same password. */
export const TEST_SECRET = 'a secret for tests, which protects nothing at all'

/** A database that no one else uses, seen by its administrator, past all fences. */
export interface TestDatabase {
  /** Administrative login. */
  readonly url: string
  /** Where the bytes of files are that its tenants have. Goes with it. */
  readonly filesFolder: string
  /** Where checkpoints of audit logs are. Goes with it. */
  readonly checkpointsFolder: string
  /** Runs SQL as superuser: to look at what really is there, or to arrange what no API can. */
  sql<R = Record<string, any>>(text: string, values?: readonly unknown[]): Promise<R[]>
  /** Address of the application's own login. */
  appUrl(): Promise<string>
  drop(): Promise<void>
}

/**
 * Creates an empty database with a name of its own.
 *
 * @param adminUrl superuser login of any database on the server
 */
export async function createTestDatabase(adminUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await once(adminUrl, (client) => client.query(`CREATE DATABASE ${name}`))
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  const filesFolder = join(tmpdir(), `plinth-files-${name}`)
  const checkpointsFolder = join(tmpdir(), `plinth-checkpoints-${name}`)
  const pool = new pg.Pool({ connectionString: url.href, max: 2, allowExitOnIdle: true })
  // Whoever drops the database cuts the idle connections; that is no news.
  pool.on('error', () => undefined)
  return {
    url: url.href,
    filesFolder,
    checkpointsFolder,
    async sql<R>(text: string, values: readonly unknown[] = []) {
      const { rows } = await pool.query(text, [...values])
      return rows as R[]
    },
    async appUrl() {
      return (await prepareDatabase(url.href, TEST_SECRET)).appUrl
    },
    async drop() {
      const logins = await placeIds(pool)
      await pool.end()
      for (const folder of [filesFolder, checkpointsFolder])
        await rm(folder, { recursive: true, force: true })
      for (const server of [adminUrl, process.env['PLINTH_TEST_CLUSTER_URL']])
        if (server !== undefined) await once(server, (client) => dropAll(client, name, logins))
    },
  }
}

/** What the names of the tenants' own schemas and databases, and of the roles for them, end with. */
async function placeIds(pool: pg.Pool): Promise<string[]> {
  const found = await pool
    .query<{ id: string }>(
      `SELECT right(CASE WHEN schema = 'shared' THEN database ELSE schema END, 10) AS id FROM plinth.place WHERE database <> '' OR schema <> 'shared'`,
    )
    .catch(() => ({ rows: [] }))
  return found.rows.map(({ id }) => id)
}

/** Drops a database and those of its tenants, with the roles made for them. */
async function dropAll(client: pg.Client, name: string, ids: readonly string[]): Promise<void> {
  const { rows: databases } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname = $1 OR starts_with(datname, $1 || '_')`,
    [name],
  )
  for (const { name: each } of databases) await client.query(`DROP DATABASE IF EXISTS ${each} WITH (FORCE)`)
  const { rows: roles } = await client.query<{ name: string }>(
    'SELECT rolname AS name FROM pg_roles WHERE right(rolname, 10) = ANY ($1)',
    [ids],
  )
  for (const { name: each } of roles) await client.query(`DROP ROLE IF EXISTS ${each}`)
}

async function once(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
