import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/**
 * Runs a query on the embedded server of a directory, past all fences, as an operator could with `psql`.
 *
 * @returns undefined while the server is not there or does not know the tables yet
 */
export async function embeddedSql<R>(directory: string, text: string): Promise<R[] | undefined> {
  let client: pg.Client | undefined
  try {
    const { port, password } = JSON.parse(readFileSync(join(directory, 'postgres.json'), 'utf8')) as {
      port: number
      password: string
    }
    client = new pg.Client({ host: '127.0.0.1', port, password, user: 'postgres', database: 'postgres' })
    client.on('error', () => undefined)
    await client.connect()
    return (await client.query(text)).rows as R[]
  } catch {
    return undefined
  } finally {
    await client?.end().catch(() => undefined)
  }
}
