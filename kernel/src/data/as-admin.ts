import pg from 'pg'

/** For a server that does not even refuse, in milliseconds. */
const CONNECT_MS = 10_000

/** Runs `work` on one connection of an administrative login. */
export async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'plinth admin',
    connectionTimeoutMillis: CONNECT_MS,
  })
  // The statement that fails tells of a lost connection.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
