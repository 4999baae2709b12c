import pg from 'pg'
import type { EntityDeclaration, Manifest } from '@plinth/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATOR_TOKEN } from './operator.ts'
import { spawnPlatform, type SpawnedPlatform } from './spawn-platform.ts'
import { bootFirst, type Succession } from './succession.ts'
import type { TestDatabase, TestPlatform } from './support/index.ts'
import { bootVersion, manifestFolder, operate } from './versions.ts'

const label = (en: string) => ({ label: { en } })

/** Bills with lines: in the second version totals are computed, and names another way. */
function till(version: 1 | 2): Manifest {
  const isNew = version === 2
  const line: EntityDeclaration = {
    ...label('Line'),
    labelPlural: { en: 'Lines' },
    collection: 'lines',
    display: 'text',
    fields: {
      billId: { type: 'ref', entity: 'bill', ...label('Bill'), required: true, onDelete: 'cascade' },
      text: { type: 'string', ...label('Text'), required: true },
      price: { type: 'decimal', ...label('Price'), required: true },
      pieces: { type: 'int', ...label('Pieces'), required: true, default: 1 },
      ...(isNew
        ? { amount: { type: 'decimal', ...label('Amount'), computed: { multiply: ['price', 'pieces'] } } }
        : {}),
    },
  }
  const bill: EntityDeclaration = {
    ...label('Bill'),
    labelPlural: { en: 'Bills' },
    collection: 'bills',
    display: 'title',
    softDelete: true,
    children: { lines: { entity: 'line', field: 'billId' } },
    fields: {
      title: { type: 'string', ...label('Title'), required: true },
      name: {
        type: 'string',
        ...label('Name'),
        computed: { concat: isNew ? ['title', { value: 'bill' }] : [{ value: 'Bill' }, 'title'] },
      },
      ...(isNew
        ? {
            total: { type: 'decimal', ...label('Total'), computed: { sum: 'lines.amount' }, indexed: true },
            gross: {
              type: 'decimal',
              ...label('Gross'),
              computed: { multiply: ['total', { value: '1.19' }] },
            },
            parts: { type: 'int', ...label('Parts'), computed: { count: 'lines' } },
          }
        : {}),
    },
  }
  return {
    manifestVersion: 1,
    id: 'till',
    version: `${version}.0.0`,
    publisher: 'example',
    license: 'MIT',
    area: 'trade',
    name: { en: 'Till' },
    description: { en: 'Bills.' },
    icon: 'receipt',
    category: { en: 'Trade' },
    engines: { plinth: '^1' },
    tier: 'free',
    // The bill stands first, though it follows from its lines.
    entities: { bill, line },
  }
}

const BILLS = '/till/bills'
const soon = { timeout: 60_000, interval: 50 }

describe('computed fields that are new, or follow from something else, in a new version', () => {
  let database: TestDatabase
  let succession: Succession
  let old: TestPlatform
  let node: TestPlatform
  const made: Record<string, Record<string, any>> = {}

  const make = async (name: string, lines: object[], on = old): Promise<void> => {
    const { status, body, text } = await on.tenant('acme').admin.post(BILLS, { title: name, lines })
    expect(status, text).toBe(201)
    made[name] = body
  }
  const read = async (name: string, on = node) =>
    (await on.tenant('acme').admin.get(`${BILLS}/${made[name]!['id']}?include=lines`)).body

  beforeAll(async () => {
    succession = await bootFirst([manifestFolder(till(1)), manifestFolder(till(2))], {
      level: 'shared',
      roles: ['web'],
      tenants: [{ slug: 'acme' }],
    })
    ;({ database, old } = succession)
    await make('full', [
      { text: 'a', price: '2.50', pieces: 3 },
      { text: 'b', price: '0.01' },
    ])
    await make('empty', [])
    await make('gone', [{ text: 'c', price: '4.00' }])
    await old.tenant('acme').admin.delete(`${BILLS}/${made['gone']!['id']}`)
    made['full'] = await read('full', old)
  }, 120_000)

  afterAll(async () => {
    await node?.stop()
    await succession?.end()
  })

  test('are worked out in every record, those in the trash too, and no record was changed by that', async () => {
    const told = async () => (await database.sql('SELECT id FROM plinth.outbox')).length
    const before = await told()
    node = await bootVersion(database, succession.next, old)
    const full = await read('full')
    expect(full).toMatchObject({ total: '7.51', gross: '8.94', parts: 2, name: 'full bill' })
    expect(full.lines.map(({ amount }: { amount: string }) => amount)).toEqual(['7.50', '0.01'])
    const { version, updatedAt } = made['full']!
    expect(full).toMatchObject({ version, updatedAt })
    expect(await read('empty')).toMatchObject({ total: '0.00', gross: '0.00', parts: 0, name: 'empty bill' })
    expect(await told()).toBe(before)
    const { admin } = node.tenant('acme')
    const { body } = await admin.get(`${BILLS}?filter={"total":{"gt":"1.00"}}&sort=total`)
    expect(body.items.map(({ title }: { title: string }) => title)).toEqual(['full'])
    await admin.post(`${BILLS}/${made['gone']!['id']}/restore`, {})
    expect(await read('gone')).toMatchObject({ total: '4.00', parts: 1, name: 'gone bill' })
  })

  test('go on being what they were for nodes of the version before, and what these write is looked at again', async () => {
    expect(await read('full', old)).toMatchObject({ name: 'Bill full' })
    await make('late', [{ text: 'd', price: '9.00', pieces: 2 }])
    expect(await read('late', old)).toMatchObject({ name: 'Bill late' })
    expect(await read('late')).toMatchObject({ total: null, name: null })
    const { status, body } = await operate(node, 'POST', '/till/contract')
    expect(status, JSON.stringify(body)).toBe(200)
    expect(await read('late')).toMatchObject({ total: '18.00', gross: '21.42', parts: 1, name: 'late bill' })
    const changed = await node
      .tenant('acme')
      .admin.patch(`${BILLS}/${made['late']!['id']}`, { title: 'soon' }, { version: 1 })
    expect(changed.body).toMatchObject({ name: 'soon bill', total: '18.00' })
  })
})

test('computed fields that are taken back leave those of the version before as they were', async () => {
  const succession = await bootFirst([manifestFolder(till(1)), manifestFolder(till(2))], {
    level: 'shared',
    tenants: [{ slug: 'acme' }],
    config: { operatorToken: OPERATOR_TOKEN },
  })
  const { database, old, next } = succession
  try {
    const { admin } = old.tenant('acme')
    const { id } = (await admin.post(BILLS, { title: 'one', lines: [{ text: 'a', price: '1.00' }] })).body
    const node = await bootVersion(database, next, old)
    expect((await node.tenant('acme').admin.get(`${BILLS}/${id}`)).body).toMatchObject({ name: 'one bill' })
    await node.stop()
    const { status, body } = await operate(old, 'POST', '/till/revert')
    expect(status, JSON.stringify(body)).toBe(200)
    const read = (await admin.get(`${BILLS}/${id}`)).body
    expect(read).toMatchObject({ name: 'Bill one', version: 1 })
    expect(read).not.toHaveProperty('total')
  } finally {
    await succession.end()
  }
}, 120_000)

test('what cannot be computed is told with its record, and done when it has been put right', async () => {
  const succession = await bootFirst([manifestFolder(till(1)), manifestFolder(till(2))], {
    level: 'shared',
    tenants: [{ slug: 'acme' }, { slug: 'beta' }],
  })
  const { database, old, next } = succession
  try {
    const { admin } = old.tenant('acme')
    const huge = { text: 'a', price: '9000000000000000.00', pieces: 100 }
    const { lines, id } = (await admin.post(BILLS, { title: 'huge', lines: [huge] })).body
    const other = (await old.tenant('beta').admin.post(BILLS, { title: 'fine', lines: [] })).body
    const node = await bootVersion(database, next, old)
    const summary = await operate(node, 'GET')
    expect(JSON.stringify(summary.body)).toContain(lines[0].id)
    expect(JSON.stringify(summary.body)).toContain('/amount')
    expect((await node.tenant('acme').admin.get(BILLS)).status).toBe(404)
    expect((await node.tenant('beta').admin.get(`${BILLS}/${other.id}`)).body).toMatchObject({
      total: '0.00',
    })
    const cheaper = [{ id: lines[0].id, price: '1.00' }]
    expect((await admin.patch(`${BILLS}/${id}`, { lines: cheaper }, { version: 1 })).status).toBe(200)
    const retried = await node.tenant('acme').admin.post('/plugins/till/retry', {})
    expect(retried.status, retried.text).toBe(200)
    expect((await node.tenant('acme').admin.get(`${BILLS}/${id}`)).body).toMatchObject({ total: '100.00' })
    await node.stop()
  } finally {
    await succession.end()
  }
}, 120_000)

describe('a node that is killed while it works out computed fields', () => {
  const RECORDS = 450
  let database: TestDatabase
  let succession: Succession
  let old: TestPlatform
  let node: SpawnedPlatform | undefined

  const start = async (): Promise<SpawnedPlatform> =>
    (node = await spawnPlatform(old, {
      PLINTH_PLUGINS: succession.next.folder,
      PLINTH_OPERATOR_TOKEN: OPERATOR_TOKEN,
    }))
  const ledger = async () => {
    const [row] = await database.sql(`SELECT state, done::int, attempts FROM plinth.upgrade`)
    return row
  }

  beforeAll(async () => {
    succession = await bootFirst([manifestFolder(till(1)), manifestFolder(till(2))], {
      level: 'shared',
      tenants: [{ slug: 'big' }],
    })
    ;({ database, old } = succession)
    const { id } = old.tenant('big')
    await database.sql(
      `INSERT INTO shared.till_bill (tenant_id, id, version, created_at, updated_at, title)
       SELECT $1, gen_random_uuid(), 1, now(), now(), 'B' || n FROM generate_series(1, ${RECORDS}) n`,
      [id],
    )
    // Whoever refers to a record is asked for the tenant.
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    await client.query(`SELECT set_config('plinth.tenant', $1, false)`, [id])
    await client.query(
      `INSERT INTO shared.till_line (tenant_id, id, version, created_at, updated_at, ordinal, bill_id, text, price, pieces)
       SELECT tenant_id, gen_random_uuid(), 1, now(), now(), 1, id, 'L', 2.50, 2 FROM shared.till_bill`,
    )
    await client.end()
  }, 120_000)

  afterAll(async () => {
    await node?.kill()
    await succession?.end()
  })

  test('is followed by one that goes on where it was, until every record has its values', async () => {
    const holder = new pg.Client({ connectionString: database.url })
    await holder.connect()
    // Lines come first, then bills: in the midst of the second batch of bills.
    await holder.query('SELECT pg_advisory_lock(4711)')
    await holder.query(
      `CREATE FUNCTION shared.hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$`,
    )
    const { rows: stops } = await holder.query<{ id: string }>(
      'SELECT id FROM shared.till_bill ORDER BY id OFFSET 300 LIMIT 1',
    )
    await holder.query(
      `CREATE TRIGGER hold BEFORE UPDATE ON shared.till_bill FOR EACH ROW WHEN (NEW.id = '${stops[0]!.id}') EXECUTE FUNCTION shared.hold()`,
    )
    await start()
    await expect.poll(ledger, soon).toEqual({ state: 'running', done: RECORDS + 200, attempts: 1 })
    await node!.kill()
    await holder.end()
    const [half] = await database.sql(
      `SELECT count(*)::int AS count FROM shared.till_bill WHERE total IS NOT NULL`,
    )
    expect(half!['count']).toBe(200)
    await start()
    await expect.poll(ledger, soon).toEqual({ state: 'done', done: RECORDS * 2, attempts: 2 })
    const rows = await database.sql(
      `SELECT total::text, gross::text, parts, version, count(*)::int AS count FROM shared.till_bill GROUP BY 1, 2, 3, 4`,
    )
    expect(rows).toEqual([{ total: '5.00', gross: '5.95', parts: 1, version: 1, count: RECORDS }])
  }, 120_000)
})
