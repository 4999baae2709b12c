import type pg from 'pg'
import { asAdmin } from '../as-admin.ts'
import { OWNER_ROLE } from '../role-names.ts'

const SCHEMA_LOCK = 7_035_002

/** Gives the work a connection of the administrative login, while no other node changes any tables. */
export async function withSchemaLock(
  adminUrl: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [SCHEMA_LOCK])
    await work(client)
  })
}

/** All of it or nothing, as owner of the tables. What fails is taken back when the connection ends at the latest. */
export async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN')
  await client.query(`SET LOCAL ROLE ${OWNER_ROLE}`)
  await work()
  await client.query('COMMIT')
}
