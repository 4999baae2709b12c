import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ServerConfig } from '../src/config/index.ts'
import type { Level } from '../src/data/index.ts'
import { createPlace, dropPlace } from '../src/places/prepare-place.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { startSecondServer } from './second-server.ts'
import { makeRecord, type TestPlatform } from './support/index.ts'

let second: Awaited<ReturnType<typeof startSecondServer>>
let platform: TestPlatform
const keys = new Map<string, string>()
const plugins = ['lending']

beforeAll(async () => {
  second = await startSecondServer()
  const servers = new Map<string, ServerConfig>([
    ['two', { url: second.adminUrl, levels: ['shared', 'schema', 'database'] }],
    ['own', { url: second.adminUrl, levels: ['cluster'] }],
  ])
  platform = await bootFixtures({ plugins, config: { servers }, tenants: [{ slug: 'home' }] })
}, 90_000)
afterAll(async () => {
  await platform.stop()
  await second.remove()
})

/** Creates a workspace with the fixtures' plugins on, wherever the platform puts it. */
async function settle(slug: string, level: Level, server?: string) {
  const { tenants, places, apiKeys, database, bus } = platform.platform.root.cradle
  if (level !== 'shared')
    for (const each of places.servers.serving(level))
      if (server === undefined || each.name === server) await places.prepare(each, level)
  const tenant = (await tenants.create({
    slug,
    name: slug,
    tier: 'custom',
    locale: 'en',
    hue: 1,
    level,
    server,
  }))!
  for (const plugin of ['library', 'lending'])
    await database.query(
      { tenantId: tenant.id },
      {
        text: `INSERT INTO plinth.plugin_state (tenant_id, plugin, state, version) VALUES ($1, $2, 'enabled', '1')`,
        values: [tenant.id, plugin],
      },
    )
  await bus.publish({ topic: 'tenant', tenantId: tenant.id })
  const { key } = await apiKeys.create(tenant, 'all', ['*'], null)
  keys.set(slug, key)
  return { people: platform.admit(tenant), key }
}

test('K-TEN-14: new tenants go to the server with the fewest, unless they are sent to one', async () => {
  const servers: string[] = []
  for (const n of [1, 2, 3, 4]) {
    const { people } = await settle(`rule-${n}`, 'shared')
    servers.push((await people.home()).server)
  }
  expect(servers.filter((name) => name === 'two')).toHaveLength(servers[0] === 'two' ? 2 : 3)
  const { people } = await settle('sent', 'shared', 'main')
  expect((await people.home()).server).toBe('main')
})

test.each<[Level, string]>([
  ['shared', 'two'],
  ['schema', 'two'],
  ['database', 'two'],
  ['cluster', 'own'],
])(
  'K-TEN-04: at level %s of the server %s a workspace works as anywhere, events included',
  async (level, server) => {
    const { people, key } = await settle(`far-${level}`, level, server)
    expect(await people.home()).toMatchObject({ level, server })
    const client = people.clientWithKey(key)
    const book = await makeRecord(client, 'library.book')
    expect((await client.get(`/library/books/${book.id}`)).body).toEqual(book)
    const entries = async (): Promise<unknown> =>
      (
        await people.sql('SELECT count(*)::int AS count FROM shared.lending_entry WHERE subject = $1', [
          book.id,
        ])
      )[0]
    await expect.poll(entries, { timeout: 10_000 }).toEqual({ count: 1 })
    const [here] = await platform.database.sql(
      'SELECT count(*)::int AS count FROM shared.library_book WHERE id = $1',
      [book.id],
    )
    expect(here).toEqual({ count: 0 })
    const node = await platform.anotherNode()
    expect(
      (await node.tenant(`far-${level}`).clientWithKey(key).get(`/library/books/${book.id}`)).body,
    ).toEqual(book)
    await node.stop()
  },
)

test('a server of one’s own takes no second tenant', async () => {
  await expect(settle('late', 'cluster')).rejects.toMatchObject({ code: 'server_unsuitable' })
})

test('a place that cannot be brought up to date is named, and keeps no other from it', async () => {
  const { places } = platform.platform.root.cradle
  const { schema } = await platform.tenant('far-schema').home()
  // A column someone has changed by hand, with a view that keeps it from being changed back.
  await platform.tenant('far-schema').sql('ALTER TABLE shared.library_author ALTER COLUMN works TYPE bigint')
  await platform
    .tenant('far-schema')
    .sql(
      `CREATE VIEW ${schema}.in_the_way AS SELECT works FROM shared.library_author; ALTER VIEW ${schema}.in_the_way OWNER TO plinth_owner`,
    )
  await platform.tenant('far-schema').sql('DELETE FROM plinth.schema_state')
  expect(await places.bringAllUpToDate()).toBe(1)
  const faulty = (await places.all()).filter(({ error }) => error !== null)
  expect(faulty).toEqual([expect.objectContaining({ schema, server: 'two' })])
  await platform.tenant('far-schema').sql(`DROP VIEW ${schema}.in_the_way`)
  expect(await places.bringAllUpToDate()).toBe(0)
  expect((await places.all()).filter(({ error }) => error !== null)).toEqual([])
})

test('nodes that start at the same time on a new server make its database once', async () => {
  const { servers } = platform.platform.root.cradle.places
  const place = { server: 'two', database: 'started_at_once', schema: 'shared' }
  await expect(Promise.all([1, 2, 3, 4].map(() => createPlace(servers, place)))).resolves.toHaveLength(4)
  await dropPlace(servers, place)
})

test('a server with which something is wrong gets no new tenant', async () => {
  const { places, tenants } = platform.platform.root.cradle
  const level = 'shared' as const
  const create = (slug: string, server?: string) =>
    tenants.create({ slug, name: slug, tier: 'custom', locale: 'en', hue: 1, level, server })
  for (const about of ['connection', 'tables'] as const) {
    await places.faults.note('two', about, 'It is not as it should be')
    for (const n of [1, 2, 3]) expect((await create(`${about}-${n}`))?.server).toBe('main')
    await expect(create(`${about}-two`, 'two')).rejects.toMatchObject({ code: 'unavailable', status: 503 })
    await places.faults.note('two', about)
  }
  expect((await create('again', 'two'))?.server).toBe('two')
})

test('a server that is away takes no one along who lives elsewhere', async () => {
  await second.stop()
  const { admin } = platform.tenant('home')
  const book = await makeRecord(admin, 'library.book')
  await platform.platform.root.cradle.bus.publish({
    topic: 'events',
    tenantId: platform.tenant('far-shared').id,
  })
  const entries = async (): Promise<unknown> =>
    (
      await platform.database.sql(
        'SELECT count(*)::int AS count FROM shared.lending_entry WHERE subject = $1',
        [book.id],
      )
    )[0]
  await expect.poll(entries, { timeout: 10_000 }).toEqual({ count: 1 })
  const cut = platform.tenant('far-shared').clientWithKey(keys.get('far-shared')!)
  expect((await cut.get('/library/books')).status).toBe(503)
})
