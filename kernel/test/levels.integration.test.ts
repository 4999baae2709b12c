import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONTROL, LEVELS, type Level } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { makeRecord, type Client, type TestPlatform } from './support/index.ts'

const DENIED = '42501'

describe('workspaces at every level', () => {
  let platform: TestPlatform
  const levels: readonly Level[] = LEVELS.filter((level) => level !== 'cluster')

  beforeAll(async () => {
    platform = await bootFixtures({
      plugins: ['lending'],
      tenants: levels.map((level) => ({ slug: `at-${level}`, level })),
    })
  }, 60_000)
  afterAll(() => platform.stop())

  test.each(levels)('keep at level %s what they write where they live, and nowhere else', async (level) => {
    const { admin, id } = platform.tenant(`at-${level}`)
    const author = await makeRecord(admin, 'library.author', { name: `Of ${level}` })
    const home = await platform.tenant(`at-${level}`).home()
    expect(home.level).toBe(level)
    for (const other of levels) {
      const rows = await platform
        .tenant(`at-${other}`)
        .sql('SELECT 1 FROM shared.library_author WHERE tenant_id = $1 AND id = $2', [id, author.id])
      expect(rows).toHaveLength(other === level ? 1 : 0)
    }
  })

  test.each(levels)('at level %s deliver their events, once', async (level) => {
    const tenant = platform.tenant(`at-${level}`)
    const book = await makeRecord(tenant.admin, 'library.book')
    await platform.settled()
    const [row] = await tenant.sql<{ count: number }>(
      'SELECT count(*)::int AS count FROM shared.lending_entry WHERE subject = $1',
      [book.id],
    )
    expect(row!.count).toBe(1)
  })

  test('in a schema of its own a plugin’s role enters that schema and no other', async () => {
    const { schema } = await platform.tenant('at-schema').home()
    const rows = await platform.database.sql<{ nspname: string }>(
      `SELECT nspname FROM pg_namespace WHERE has_schema_privilege($1, nspname, 'USAGE') AND (nspname = 'shared' OR starts_with(nspname, 't_'))`,
      [`plinth_plg_library_${schema}`],
    )
    expect(rows).toEqual([{ nspname: schema }])
  })

  test('in a database of its own the platform’s other logins cannot connect', async () => {
    const { servers } = platform.platform.root.cradle
    const home = await platform.tenant('at-database').home()
    const attempts = [
      [home, CONTROL],
      [CONTROL, home],
    ] as const
    for (const [of, to] of attempts) {
      const address = new URL(servers.adminUrl(to.server, to.database))
      const login = new URL(servers.appUrl(of, true))
      ;[address.username, address.password] = [login.username, login.password]
      const client = new pg.Client({ connectionString: address.href })
      await expect(client.connect()).rejects.toMatchObject({ code: DENIED })
    }
  })

  test('a time zone of the server shifts neither days nor moments', async () => {
    const [row] = await platform.database.sql<{ name: string }>('SELECT current_database() AS name')
    await platform.database.sql(`ALTER DATABASE ${row!.name} SET TimeZone = 'Pacific/Kiritimati'`)
    const node = await platform.anotherNode()
    const { admin } = node.tenant('at-shared')
    const times = { born: '1815-12-10', seenAt: '2026-03-01T00:30:00+00:00' }
    const author = await makeRecord(admin, 'library.author', times)
    expect((await admin.get(`/library/authors/${author.id}`)).body).toMatchObject(times)
    const filter = encodeURIComponent(
      JSON.stringify({ born: '1815-12-10', seenAt: { lt: '2026-03-01T00:31:00Z' } }),
    )
    expect((await admin.get(`/library/authors?filter=${filter}`)).body.items).toHaveLength(1)
    const rows = await node.platform.root.cradle.database.queryPlatform({ text: 'SHOW TimeZone' })
    expect(rows).toEqual([{ TimeZone: 'UTC' }])
    await node.stop()
  })

  test('who has moved is let in nowhere with the address it had before', async () => {
    const { database } = platform.platform.root.cradle
    const tenant = platform.tenant('at-shared')
    const home = await tenant.home()
    const stale = { ...home, epoch: home.epoch - 1 }
    for (const text of ['SELECT 1', 'DELETE FROM plinth.session RETURNING 1']) {
      const attempt = database.queryAt(stale, { tenantId: tenant.id }, { text })
      await expect(attempt).rejects.toThrow(expect.objectContaining({ name: 'TenantElsewhere' }))
    }
    expect(await database.queryAt(home, { tenantId: tenant.id }, { text: 'SELECT 1' })).toHaveLength(1)
  })
})

test('K-DATA-02: 500 mixed requests at once in 200 workspaces on mixed levels show no foreign row and keep to the connections there are', async () => {
  const platform = await bootFixtures({ plugins: ['library'], tenants: [], roles: ['web'] })
  const { apiKeys, database, places, tenants } = platform.platform.root.cradle
  const [main] = places.servers.serving('database')
  const levelOf = (n: number): Level => (n % 50 === 0 ? 'database' : n % 20 === 1 ? 'schema' : 'shared')
  const clients: (Client & { mark: string })[] = []
  for (let n = 0; n < 200; n += 1) {
    const level = levelOf(n)
    if (level !== 'shared') await places.prepare(main!, level)
    const slug = `w${n}`
    const tenant = (await tenants.create({ slug, name: slug, tier: 'custom', locale: 'en', hue: 1, level }))!
    await database.query(
      { tenantId: tenant.id },
      {
        text: `INSERT INTO plinth.plugin_state (tenant_id, plugin, state, version) VALUES ($1, 'library', 'enabled', '1')`,
        values: [tenant.id],
      },
    )
    const { key } = await apiKeys.create(tenant, 'all', ['*'], null)
    const client = platform.admit(tenant).clientWithKey(key)
    clients.push(Object.assign(client, { mark: `mark-${n}-end` }))
  }
  const made = await Promise.all(
    clients.map((client) => client.post('/library/authors', { name: client.mark })),
  )
  expect(made.map(({ status }) => status)).toEqual(clients.map(() => 201))
  const answers = await Promise.all(
    Array.from({ length: 500 }, async (_, n) => {
      const at = (n * 7) % clients.length
      const client = clients[at]!
      const answer = await [
        () => client.get('/library/authors'),
        () => client.get(`/library/authors/${made[at]!.body.id}`),
        () => client.post('/library/authors', { name: `${client.mark} again` }),
        () =>
          client.get(`/library/authors?filter=${encodeURIComponent(JSON.stringify({ name: client.mark }))}`),
      ][n % 4]!()
      return { client, answer }
    }),
  )
  for (const { client, answer } of answers) {
    expect(answer.status).toBeLessThan(300)
    const marks = [...answer.text.matchAll(/mark-\d+-end/g)].map(([mark]) => mark)
    expect(new Set(marks)).toEqual(new Set([client.mark]))
  }
  const { most } = database.connections.count
  expect(most).toBeLessThanOrEqual(database.connections.max)
  const [seen] = await platform.database.sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'plinth' AND starts_with(datname, current_database())`,
  )
  expect(seen!.count).toBeLessThanOrEqual(database.connections.max)
  await platform.stop()
}, 120_000)
