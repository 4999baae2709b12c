import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { compileList, parseListQuery, roleIn, type ReadScope } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { createTestDatabase, makeRecord, type AnyRecord, type Client } from './support/index.ts'

const ROWS = 50_000

const platform = await bootFixtures({
  plugins: ['library'],
  tenants: [{ slug: 'acme' }, { slug: 'large' }, { slug: 'small' }],
})
const { admin } = platform.tenant('acme')
afterAll(() => platform.stop())

const search = async (q: string, more = '', client: Client = admin): Promise<unknown[]> => {
  const { body, text } = await client.get(`/library/authors?q=${encodeURIComponent(q)}${more}`)
  expect(body.items, text).toBeDefined()
  return body.items.map((each: AnyRecord) => each['name'])
}

for (const [name, biography] of [
  ['Jürgen Müller', 'Schreibt Rechnungen in alten Häusern am Meer.'],
  ['Renée Strauß', 'Writes about companies and their histories.'],
  ['Søren Łukasz', null],
  ['Anna Meyer', 'Hat 100% recht, a_b und \\ auch.'],
  ['Zoë Christopoulou', 'Mountains'],
])
  await makeRecord(admin, 'library.author', { name, biography })

test.each([
  ['muller', 'Jürgen Müller'],
  ['MUELLER', 'Jürgen Müller'],
  ['müller jürgen', 'Jürgen Müller'],
  ['rgen', 'Jürgen Müller'],
  ['renee strauss', 'Renée Strauß'],
  ['soren lukasz', 'Søren Łukasz'],
  ['zoe', 'Zoë Christopoulou'],
  ['100%', 'Anna Meyer'],
  ['a_b', 'Anna Meyer'],
  ['\\', 'Anna Meyer'],
])('a search finds without regard to case and accents: %s', async (q, name) => {
  expect(await search(q)).toEqual([name])
})

test.each([
  ['Rechnung', 'Jürgen Müller'],
  ['Haus', 'Jürgen Müller'],
  ['hause', 'Jürgen Müller'],
  ['company', 'Renée Strauß'],
  ['history', 'Renée Strauß'],
  ['writing', 'Renée Strauß'],
  ['mountain', 'Zoë Christopoulou'],
])('a search finds other forms of a German or English word: %s', async (q, name) => {
  expect(await search(q)).toEqual([name])
})

test.each([
  ['Jürgen Mülller', 'Jürgen Müller'],
  ['Anna Meyre', 'Anna Meyer'],
  ['Mubler', 'Jürgen Müller'],
  ['Straus', 'Renée Strauß'],
  ['Christopolou', 'Zoë Christopoulou'],
  ['Lukas', 'Søren Łukasz'],
])('a search forgives a typo: %s', async (q, name) => {
  expect(await search(q)).toEqual([name])
})

test('what is alike is found only when nothing is as it was written', async () => {
  await makeRecord(admin, 'library.author', { name: 'Karl Meinhard' })
  await makeRecord(admin, 'library.author', { name: 'Karl Meinhardt' })
  expect(await search('Meinhardt')).toEqual(['Karl Meinhardt'])
  expect(await search('Meinhart')).toHaveLength(2)
  expect(await search('Xylophon')).toEqual([])
})

test('whether something is as it was written is asked among what the actor may see', async () => {
  const { member } = platform.tenant('acme')
  await makeRecord(admin, 'library.note', { text: 'Sommerfest' })
  const { body } = await member.post('/library/notes', { text: 'Sommerferst' })
  const found = await member.get('/library/notes?q=Sommerfest')
  expect(found.body.items.map((each: AnyRecord) => each.id)).toEqual([body.id])
})

test('a search keeps the list’s order, and the best come first when asked for', async () => {
  await makeRecord(admin, 'library.author', { name: 'Aaron Quittenbaum-Lilienthal-Schmidt' })
  await makeRecord(admin, 'library.author', { name: 'Quitten' })
  expect(await search('quitten')).toEqual(['Aaron Quittenbaum-Lilienthal-Schmidt', 'Quitten'])
  expect(await search('quitten', '&sort=rank')).toEqual(['Quitten', 'Aaron Quittenbaum-Lilienthal-Schmidt'])
  const first = await admin.get('/library/authors?q=quitten&sort=rank&limit=1')
  expect(await search('quitten', `&sort=rank&limit=1&cursor=${first.body.next}`)).toEqual([
    'Aaron Quittenbaum-Lilienthal-Schmidt',
  ])
  const plain = await platform.statements(() => admin.get('/library/authors'))
  expect(await platform.statements(() => search('quitten', '&sort=rank&count=true'))).toBe(plain)
})

test('a search follows a change', async () => {
  const record = await makeRecord(admin, 'library.author', { name: 'Ottokar' })
  await admin.patch(`/library/authors/${record.id}`, { name: 'Wladimir' }, { version: 1 })
  expect(await search('ottokar')).toEqual([])
  expect(await search('wladimir')).toEqual(['Wladimir'])
})

test(`searching ${ROWS} records of one workspace uses the indexes, as the application's own login`, async () => {
  const { id } = platform.tenant('large')
  for (const [tenant, rows] of [
    [platform.tenant('large'), ROWS],
    [platform.tenant('small'), 2_000],
  ] as const)
    await tenant.sql(
      `INSERT INTO shared.library_author (tenant_id, id, version, created_at, updated_at, name, biography, active)
       SELECT $1, gen_random_uuid(), 1, now(), now(), 'Name ' || md5(n::text), 'Text ' || md5((n * 7)::text), true
       FROM generate_series(1, $2::int) n`,
      [tenant.id, rows],
    )
  await platform.tenant('large').sql('ANALYZE shared.library_author')
  const needle = `Name c4ca4238a0b923820dcc509a6f75849b`
  const { catalogue, cursors, servers } = platform.platform.root.cradle
  const home = await platform.tenant('large').home()
  const model = catalogue.models.get('library.author')!
  const scope: ReadScope = {
    models: catalogue.models,
    schema: home.schema,
    similar: true,
    timeZone: 'UTC',
    readable: () => true,
  }
  const client = new pg.Client({ connectionString: servers.appUrl(home) })
  await client.connect()
  try {
    for (const parameters of [
      { q: needle },
      { q: needle, sort: 'rank' },
      { q: 'c4ca4238a0b923820dXc509a6f7' },
    ]) {
      const query = parseListQuery(model, new URLSearchParams(parameters), id, cursors, scope)
      const { text, values } = compileList(query, scope)
      await client.query('BEGIN')
      await client.query(`SELECT set_config('plinth.tenant', $1, true), set_config('role', $2, true)`, [
        id,
        roleIn(home.schema, model.role),
      ])
      // As a statement that came often enough to be planned once for all words.
      await client.query(`SET LOCAL plan_cache_mode = force_generic_plan; PREPARE often AS ${text}`)
      const words = values!.map((value) => pg.escapeLiteral(String(value)))
      const { rows: general } = await client.query(`EXPLAIN EXECUTE often (${words.join(', ')})`)
      expect(general.map((row) => row['QUERY PLAN']).join('\n')).not.toMatch(/Seq Scan/)
      await client.query('DEALLOCATE often')
      const { rows } = await client.query({
        text: `EXPLAIN (ANALYZE, FORMAT TEXT) ${text}`,
        values: [...values!],
      })
      await client.query('COMMIT')
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan).toMatch(/Bitmap Index Scan on library_author___search_idx/)
      expect(plan).not.toMatch(/Seq Scan/)
      expect(Number(/Execution Time: ([\d.]+)/.exec(plan)![1]), plan).toBeLessThan(500)
    }
  } finally {
    await client.end()
  }
  expect(await search(needle, '', platform.tenant('large').admin)).toEqual([needle])
}, 120_000)

test('a second set-up of the same shape keeps columns and indexes of the search', async () => {
  const indexes = () =>
    platform.sql(
      `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'shared' AND indexdef LIKE '% gin %' ORDER BY 1`,
    )
  const before = await indexes()
  expect(before.length).toBeGreaterThan(4)
  await platform.sql(`UPDATE plinth.schema_state SET digest = 'another'`)
  await platform.anotherNode()
  expect(await indexes()).toEqual(before)
  expect(await search('muller')).toEqual(['Jürgen Müller'])
})

test('where extensions are not to be had, a search is plainer, and health says so', async () => {
  const database = await createTestDatabase(inject('adminUrl'))
  await database.sql('CREATE SCHEMA elsewhere')
  await database.sql('CREATE EXTENSION pg_trgm SCHEMA elsewhere')
  const node = await bootFixtures({ plugins: ['library'], database })
  try {
    const { admin: client } = node.tenant('acme')
    await makeRecord(client, 'library.author', { name: 'Jürgen Müller', biography: 'Häuser am Meer' })
    expect(await search('muller', '', client)).toEqual(['Jürgen Müller'])
    expect(await search('haus', '&sort=rank', client)).toEqual(['Jürgen Müller'])
    expect(await search('mulleer', '', client)).toEqual([])
    const { status, body } = await client.get('/healthz/ready')
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'degraded', checks: { search: 'basic' } })
  } finally {
    await node.stop()
    await database.drop()
  }
})

test('health has nothing to say about a search that has everything', async () => {
  expect((await admin.get('/healthz/ready')).body).toMatchObject({ checks: { search: 'ok' } })
})
