import type { PluginCard } from '@plinth/sdk'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { OPERATOR_TOKEN } from './operator.ts'
import { bootForTest, createTestDatabase, type TestDatabase, type TestPlatform } from './support/index.ts'
import { bootVersion, operate, versionFolder } from './versions.ts'

const SLUGS = Array.from({ length: 20 }, (_, index) => `t${String(index + 1).padStart(2, '0')}`)
const FAILING = 't07'

const folders = await Promise.all(([1, 2, 3] as const).map((version) => versionFolder(version)))
const [first, second, third] = folders as [(typeof folders)[0], (typeof folders)[0], (typeof folders)[0]]

let database: TestDatabase
let old: TestPlatform

const car = (plate: string, more: object = {}) => ({
  plate,
  owner: 'Ada',
  mail: ' Ada@Example.ORG ',
  seats: 2,
  price: '1999.90',
  fuel: 'wood',
  note: 'gone soon',
  ...more,
})

const cardOf = async (node: TestPlatform, slug: string): Promise<PluginCard> => {
  const { body } = await node.tenant(slug).admin.get<{ items: PluginCard[] }>('/plugins')
  return body.items.find(({ id }) => id === 'garage')!
}

const columns = async (table: string) =>
  (
    await database.sql<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'shared' AND table_name = $1 ORDER BY 1`,
      [table],
    )
  ).map(({ name }) => name)

beforeAll(async () => {
  database = await createTestDatabase(inject('adminUrl'))
  old = await bootForTest({
    database,
    pluginsFolder: first.folder,
    level: 'shared',
    config: { operatorToken: OPERATOR_TOKEN },
    tenants: SLUGS.map((slug) => ({ slug })),
  })
  for (const slug of SLUGS) {
    const { admin } = old.tenant(slug)
    for (const input of [
      car(`${slug} 1`),
      car(`${slug} 2`, { owner: null, mail: null, fuel: 'diesel' }),
      car(`${slug} 3`, { owner: 'Trike', ...(slug === FAILING ? { mail: 'by pigeon' } : {}) }),
    ])
      await admin.post('/garage/cars', input)
  }
}, 120_000)

afterAll(async () => {
  await old?.stop()
  await database?.drop()
  for (const folder of folders) await folder.remove()
})

describe('a version that changes everything that can change', () => {
  let node: TestPlatform

  beforeAll(async () => {
    node = await bootVersion(database, second, old)
  }, 120_000)
  afterAll(() => node?.stop())

  test('19 of 20 workspaces have the new version, and the one that failed is told why and keeps the rest', async () => {
    const { body } = await operate(node, 'GET')
    expect(body.items).toMatchObject([
      {
        plugin: 'garage',
        from: '1.0.0',
        to: '2.0.0',
        phase: 'expanded',
        tenants: { pending: 0, running: 0, failed: 1, done: 19 },
        finishedAt: null,
        failed: [{ tenant: FAILING, records: [{ entity: 'vehicle', pointer: '/mail', code: 'format' }] }],
        open: [{ tenant: FAILING, state: 'failed', records: { done: 0, total: 3 } }],
      },
    ])
    for (const slug of SLUGS) {
      const { admin } = node.tenant(slug)
      const { status } = await admin.get('/garage/vehicles')
      expect(`${slug} ${status}`).toBe(`${slug} ${slug === FAILING ? 404 : 200}`)
      expect((await admin.get('/library/books')).status).toBe(200)
    }
    const card = await cardOf(node, FAILING)
    expect(card).toMatchObject({
      state: 'quarantined',
      upgrade: { state: 'failed', from: '1.0.0', to: '2.0.0', errors: [{ pointer: '/mail' }] },
    })
    expect(card.reason).toContain('/mail')
    expect(JSON.stringify(card)).not.toContain('pigeon')
  })

  test('records have what they had, in the new form', async () => {
    const { body } = await node.tenant('t01').admin.get('/garage/vehicles?sort=plate')
    expect(body.items).toMatchObject([
      {
        plate: 't01 1',
        keeper: 'Ada',
        mail: 'ada@example.org',
        seats: '2.0',
        price: { amount: '1999.90', currency: 'EUR' },
        fuel: 'biomass',
        wheels: 4,
        doors: 5,
        version: 1,
      },
      { plate: 't01 2', keeper: 'the company', mail: null, fuel: 'diesel', wheels: 4 },
      { plate: 't01 3', keeper: 'Trike', wheels: 3 },
    ])
    expect((await node.tenant('t01').admin.get('/garage/vehicles?q=Ada')).body.items).toHaveLength(1)
  })

  test('nodes of both versions work on the same records', async () => {
    const [before, after] = [old.tenant('t02').admin, node.tenant('t02').admin]
    const { body: made } = await before.post('/garage/cars', car('both', { seats: 5 }))
    const { body: seen } = await after.get(`/garage/vehicles/${made.id}`)
    expect(seen).toMatchObject({
      seats: '5.0',
      mail: 'ada@example.org',
      fuel: 'biomass',
      keeper: 'Ada',
      doors: 5,
    })
    const changed = await after.patch(
      `/garage/vehicles/${made.id}`,
      { price: { amount: '12.50', currency: 'EUR' }, fuel: 'petrol', mail: 'b@example.org', wheels: 4 },
      { version: seen.version },
    )
    expect(changed.status).toBe(200)
    const { body: back } = await before.get(`/garage/cars/${made.id}`)
    expect(back).toMatchObject({
      price: '12.50',
      fuel: 'petrol',
      mail: 'b@example.org',
      seats: 5,
      note: 'gone soon',
    })
    const again = await before.patch(`/garage/cars/${made.id}`, { fuel: 'wood' }, { version: back.version })
    expect(again.status).toBe(200)
    const { body: last } = await after.get(`/garage/vehicles/${made.id}`)
    expect(last).toMatchObject({ fuel: 'biomass', price: { amount: '12.50' }, mail: 'b@example.org' })

    const fresh = await after.post('/garage/vehicles', {
      plate: 'new',
      price: { amount: '3.00', currency: 'EUR' },
      wheels: 2,
      seats: '2.5',
      fuel: 'biomass',
    })
    expect(fresh.status).toBe(201)
    expect((await before.get(`/garage/cars/${fresh.body.id}`)).body).toMatchObject({
      price: '3.00',
      fuel: 'wood',
      seats: 3,
      owner: 'the company',
    })
    await after.delete(`/garage/vehicles/${fresh.body.id}`)
    await after.delete(`/garage/vehicles/${made.id}`)
  })

  test('the workspace that failed goes on with the old version on a node that has it', async () => {
    const { admin } = old.tenant(FAILING)
    const { body } = await admin.get('/garage/cars?sort=plate')
    expect(body.items.map(({ mail }: { mail: string }) => mail)).toEqual([
      'Ada@Example.ORG',
      null,
      'by pigeon',
    ])
    expect((await admin.post('/garage/cars', car('t07 4'))).status).toBe(201)
  })

  test('nothing is dropped while a workspace is not done', async () => {
    const { status, body } = await operate(node, 'POST', '/garage/contract')
    expect(status).toBe(409)
    expect(body).toMatchObject({
      code: 'upgrade_incomplete',
      tenants: [{ tenant: FAILING, state: 'failed' }],
    })
    expect(await columns('garage_car')).toContain('note')
  })

  test('only operators may see and do this', async () => {
    expect((await operate(node, 'GET', '', 'another-token-that-is-long-enough')).status).toBe(401)
    expect((await operate(node, 'POST', '/garage/contract', 'x')).status).toBe(401)
    expect((await operate(old, 'POST', '/garage/contract')).body).toMatchObject({ code: 'upgrade_unknown' })
  })

  test('put right and tried again, it is done, and no record was brought along twice', async () => {
    const { admin } = old.tenant(FAILING)
    const { body } = await admin.get('/garage/cars?filter={"plate":"t07 3"}')
    const [{ id, version }] = body.items
    await admin.patch(`/garage/cars/${id}`, { mail: 'pigeon@example.org' }, { version })
    const retried = await node.tenant(FAILING).admin.post('/plugins/garage/retry')
    expect(retried.status).toBe(200)
    expect(await cardOf(node, FAILING)).toMatchObject({ state: 'enabled' })
    const { body: list } = await node.tenant(FAILING).admin.get('/garage/vehicles?sort=plate')
    expect(list.items.map(({ mail }: { mail: string }) => mail)).toEqual([
      'ada@example.org',
      null,
      'pigeon@example.org',
      'ada@example.org',
    ])
    const { body: all } = await operate(node, 'GET')
    expect(all.items[0]).toMatchObject({ tenants: { done: 20, failed: 0 }, failed: [] })
    expect(all.items[0].finishedAt).not.toBeNull()
  })

  test('the contract step drops what only the old version needed, and the old version is refused from then on', async () => {
    const { body: late } = await old.tenant('t03').admin.post('/garage/cars', car('t03 late'))
    const { status, body } = await operate(node, 'POST', '/garage/contract')
    expect(body).toMatchObject({ items: [{ phase: 'contracted', tenants: { done: 20 } }] })
    expect(status).toBe(200)
    expect(await columns('garage_tyre')).toEqual([])
    const left = await columns('garage_car')
    for (const gone of ['note', 'mail', 'seats', 'price', 'fuel']) expect(left).not.toContain(gone)
    const { body: vehicle } = await node.tenant('t03').admin.get(`/garage/vehicles/${late.id}`)
    expect(vehicle).toMatchObject({ wheels: 4, mail: 'ada@example.org' })
    expect((await node.tenant('t03').admin.get('/garage/vehicles?q=example')).body.items).toHaveLength(3)
    expect((await operate(node, 'POST', '/garage/contract')).status).toBe(404)

    const back = await bootVersion(database, first, old)
    const card = await cardOf(back, 't01')
    expect(card.state).toBe('quarantined')
    expect(card.reason).toContain('Version 1.0.0 cannot run')
    await back.stop()
    expect(await columns('garage_car')).toEqual(left)
  })

  test('a change without a safe way is refused with every reason, and the records stay as they are', async () => {
    const before = await columns('garage_car')
    const refused = await bootVersion(database, third, old)
    const card = await cardOf(refused, 't01')
    expect(card.state).toBe('quarantined')
    for (const reason of ['Version 2.0.0 cannot become version 3.0.0', '/fields/colour', '/fields/built'])
      expect(card.reason).toContain(reason)
    expect((await refused.tenant('t01').admin.get('/library/books')).status).toBe(200)
    await refused.stop()
    expect(await columns('garage_car')).toEqual(before)
    expect((await node.tenant('t01').admin.get('/garage/vehicles')).body.items).toHaveLength(3)
  })
})
