import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { prepareDatabase } from '../../src/data/index.ts'

/** Root secret of every test platform: roles belong to the server, so all databases on it must derive the same password. */
export const TEST_SECRET = 'a secret for tests, which protects nothing at all'

/** A database that no one else uses, seen by its administrator, past all fences. */
export interface TestDatabase {
  /** Administrative login. */
  readonly url: string
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
  const pool = new pg.Pool({ connectionString: url.href, max: 2, allowExitOnIdle: true })
  // Whoever drops the database cuts the idle connections; that is no news.
  pool.on('error', () => undefined)
  return {
    url: url.href,
    async sql<R>(text: string, values: readonly unknown[] = []) {
      const { rows } = await pool.query(text, [...values])
      return rows as R[]
    },
    async appUrl() {
      return (await prepareDatabase(url.href, TEST_SECRET)).appUrl
    },
    async drop() {
      await pool.end()
      await once(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
    },
  }
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
