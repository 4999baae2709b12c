import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATOR_TOKEN } from './operator.ts'
import { spawnPlatform, SwitchFile, type SpawnedPlatform } from './spawn-platform.ts'
import { bootFirst, type Succession } from './succession.ts'
import type { TestDatabase, TestPlatform } from './support/index.ts'
import { tablesLike, versionFolder } from './versions.ts'

const RECORDS = 450
/** Before all others in their order. */
const FIRST = '00000000-0000-7000-8000-000000000000'
const soon = { timeout: 60_000, interval: 50 }

describe('a node that is killed while it brings records along', () => {
  const switches = new SwitchFile()
  let database: TestDatabase
  let succession: Succession
  let old: TestPlatform
  let node: SpawnedPlatform | undefined

  const start = async (): Promise<SpawnedPlatform> =>
    (node = await spawnPlatform(old, {
      PLINTH_PLUGINS: succession.next.folder,
      PLINTH_TEST_SWITCHES: switches.path,
      PLINTH_OPERATOR_TOKEN: OPERATOR_TOKEN,
    }))

  const ledgerOf = async (slug: string) => {
    const [row] = await database.sql<Record<string, unknown>>(
      `SELECT u.phase, u.state, u.done::int, u.total::int, u.attempts FROM plinth.upgrade u JOIN plinth.tenant t ON t.id = u.tenant_id WHERE t.slug = $1`,
      [slug],
    )
    return row
  }
  const trips = () =>
    database.sql<{ goal: string; times: number }>(
      'SELECT goal, count(*)::int AS times FROM shared.garage_trip GROUP BY goal',
    )
  const waiting = async (wait: string) => {
    const rows = await database.sql(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${wait}`,
    )
    return rows.length
  }

  const withWheels = async (): Promise<number> => {
    const { body } = await node!.admin('big').get('/garage/vehicles?count=true&limit=1&filter={"wheels":4}')
    return body.total
  }

  beforeAll(async () => {
    succession = await bootFirst([versionFolder(1), versionFolder(2)], {
      level: 'shared',
      tenants: [{ slug: 'big' }, { slug: 'small' }],
    })
    ;({ database, old } = succession)
    await old.tenant('small').admin.post('/garage/cars', { plate: 'S', price: '1.00' })
    await database.sql(
      `INSERT INTO shared.garage_car (tenant_id, id, version, created_at, updated_at, plate, price, mail)
       SELECT $1, gen_random_uuid(), 1, now(), now(), 'K' || n, n, 'k' || n || '@example.org' FROM generate_series(1, ${RECORDS}) n`,
      [old.tenant('big').id],
    )
  }, 120_000)

  afterAll(async () => {
    await node?.kill()
    await succession?.end()
    switches.remove()
  })

  test('has brought along whole batches, each with its note of it, and other workspaces are done', async () => {
    const [stop] = await database.sql<{ plate: string }>(
      'SELECT plate FROM shared.garage_car WHERE tenant_id = $1 ORDER BY id OFFSET 300 LIMIT 1',
      [old.tenant('big').id],
    )
    switches.set(`garage.waits ${stop!.plate}`)
    await start()
    // In the midst of the second batch: a hundred of its records have been changed, and nothing of that is committed.
    await expect
      .poll(() => ledgerOf('big'), soon)
      .toEqual({ phase: 'backfill', state: 'running', done: 200, total: RECORDS, attempts: 1 })
    await expect.poll(() => waiting(`state = 'idle in transaction' AND xact_start IS NOT NULL`), soon).toBe(1)
    await expect.poll(() => ledgerOf('small'), soon).toMatchObject({ state: 'done', done: 1 })
    await node!.kill()
    await expect.poll(() => waiting(`state = 'idle in transaction'`), soon).toBe(0)
    expect(await ledgerOf('big')).toMatchObject({ state: 'running', done: 200 })
    const seen = await trips()
    expect(seen).toHaveLength(200)
    expect(seen.map(({ goal }) => goal)).not.toContain(stop!.plate)
  })

  test('leaves the workspace as it was for nodes of the version before', async () => {
    const { body } = await old.tenant('big').admin.get('/garage/cars?count=true&limit=1')
    expect(body.total).toBe(RECORDS)
    const { body: late } = await old
      .tenant('big')
      .admin.post('/garage/cars', { plate: 'late', price: '9.00' })
    await database.sql('UPDATE shared.garage_car SET id = $2 WHERE id = $1', [late.id, FIRST])
  })

  test('is followed by one that goes on where it was: every record is brought along exactly once', async () => {
    switches.set()
    await start()
    await expect.poll(() => ledgerOf('big'), soon).toMatchObject({ state: 'done', attempts: 2 })
    const seen = await trips()
    expect(seen).toHaveLength(RECORDS)
    expect(seen.filter(({ times }) => times !== 1)).toEqual([])
    // Created by a node of the version before, where the backfill had been already: it has to wait.
    expect(await withWheels()).toBe(RECORDS)
  })

  test('in the contract step has dropped nothing, and the next one drops it', async () => {
    const tables = await tablesLike(database, 'garage')
    const operator = (method: string, path: string) =>
      node!.admin('big').raw(method, `/platform/v1/upgrades${path}`, {
        headers: { authorization: `Bearer ${OPERATOR_TOKEN}` },
      })
    const holder = new pg.Client({ connectionString: database.url })
    await holder.connect()
    await holder.query('BEGIN; LOCK TABLE shared.garage_car IN ACCESS SHARE MODE')
    const attempt = operator('POST', '/garage/contract').catch(() => undefined)
    await expect.poll(() => waiting(`wait_event_type = 'Lock'`), soon).toBe(1)
    await node!.kill()
    await attempt
    await holder.end()
    await expect.poll(() => waiting(`wait_event_type = 'Lock'`), soon).toBe(0)
    expect(await tablesLike(database, 'garage')).toEqual(tables)

    await start()
    expect((await operator('POST', '/garage/contract')).status).toBe(200)
    expect((await tablesLike(database, 'garage')).join()).not.toContain('sync')
    expect(await ledgerOf('big')).toMatchObject({ phase: 'contracted', state: 'done' })
    expect(await ledgerOf('small')).toMatchObject({ phase: 'contracted', state: 'done' })
    expect(await withWheels()).toBe(RECORDS + 1)
  })
})
