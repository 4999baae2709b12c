import pg from 'pg'
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest'
import { DOOR } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import type { TestPlatform } from './support/index.ts'

/** The door of a tenant as the database keeps it, with connections of its own in the place of changes and of a move. */
let platform: TestPlatform
let tenantId: string
let clients: pg.Client[]

beforeAll(async () => {
  platform = await bootFixtures({ plugins: [], tenants: [{ slug: 'acme', level: 'shared' }] })
  tenantId = platform.tenant('acme').id
})
afterAll(() => platform.stop())

beforeEach(async () => {
  clients = [1, 2, 3].map(() => new pg.Client({ connectionString: platform.database.url }))
  for (const client of clients) await client.connect()
})
afterEach(async () => {
  for (const client of clients) await client.end()
})

const enters = async (client: pg.Client): Promise<boolean> => {
  await client.query('BEGIN')
  const { rows } = await client.query('SELECT plinth.enter($1, 1) AS enters', [tenantId])
  return rows[0].enters
}
const holdAlone = (client: pg.Client) =>
  client.query(`SELECT pg_advisory_xact_lock(${DOOR('$1::uuid')})`, [tenantId])

test('many changes are let in side by side, and none into another epoch', async () => {
  expect(await Promise.all(clients.map(enters))).toEqual([true, true, true])
  const { rows } = await clients[0]!.query('SELECT plinth.enter($1, 2) AS enters', [tenantId])
  expect(rows).toEqual([{ enters: false }])
})

test('a move waits for the changes under way, and whoever comes meanwhile is turned away at once', async () => {
  const [change, late, move] = clients as [pg.Client, pg.Client, pg.Client]
  expect(await enters(change)).toBe(true)
  let alone = false
  const waiting = holdAlone(move).then(() => (alone = true))
  const blocked = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`
  await expect.poll(async () => (await platform.sql(blocked)).length).toBe(1)
  expect(await enters(late)).toBe(false)
  expect(alone).toBe(false)
  await change.query('COMMIT')
  await waiting
})

test('a change sees what a move said before it had the door to itself', async () => {
  const [change, , move] = clients as [pg.Client, pg.Client, pg.Client]
  // A snapshot from before the move must not decide.
  await change.query('BEGIN')
  await change.query('SELECT 1')
  await move.query(
    `UPDATE plinth.tenant SET closed_until = clock_timestamp() + interval '1 minute' WHERE id = $1`,
    [tenantId],
  )
  await holdAlone(move)
  expect(await enters(change)).toBe(false)
  await change.query('ROLLBACK')
  await move.query('UPDATE plinth.tenant SET closed_until = NULL WHERE id = $1', [tenantId])
  expect(await enters(change)).toBe(true)
})

test('changes write nothing to the row of their tenant', async () => {
  const row = () => platform.sql('SELECT ctid::text, xmax::text FROM plinth.tenant WHERE id = $1', [tenantId])
  const before = await row()
  const { admin } = platform.tenant('acme')
  expect((await admin.patch('/session', { locale: 'de' })).status).toBe(200)
  expect(await enters(clients[0]!)).toBe(true)
  await clients[0]!.query('COMMIT')
  expect(await row()).toEqual(before)
})
