import type pg from 'pg'
import type { Address } from './move.ts'

/** One end of a move: an administrative connection to the database, confined to the tenant's rows. */
export interface Side {
  readonly client: pg.Client
  readonly address: Address
  readonly tenant: string
}

/**
 * Confines an administrative connection to one tenant, as owner of the tables: row-level security, which is forced on the owner too, hides
 * everyone else. Triggers and foreign keys rest meanwhile: rows come in any order, and what they would set off has happened already.
 *
 * @throws Error when this login may not let them rest
 */
export async function confine(client: pg.Client, tenant: string): Promise<void> {
  await client.query(`SET session_replication_role = replica`)
  await client.query(`SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres';
    SET extra_float_digits = 1; SET bytea_output = 'hex'; SET statement_timeout = 0; SET lock_timeout = '4s'; SET ROLE plinth_owner`)
  await client.query(`SELECT set_config('plinth.tenant', $1, false)`, [tenant])
}

/** A query whose answers stay the text that PostgreSQL sent, to be handed on as they are. */
export async function rawRows(
  client: pg.Client,
  text: string,
  values: readonly unknown[],
): Promise<(string | null)[][]> {
  const { rows } = await client.query<(string | null)[]>({
    text,
    values: [...values],
    rowMode: 'array',
    types: { getTypeParser: () => (value: string) => value },
  })
  return rows
}
