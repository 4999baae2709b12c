import { randomUUID } from 'node:crypto'
import type { BulkAnswer } from '@plinth/sdk'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures, rowCounts } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { switchOff, switchOn } from './fixtures/switches.ts'
import type { AnyRecord, Client, TestPlatform, TestTenant } from './support/index.ts'
import { runs } from './support/chance.ts'

let platform: TestPlatform
let acme: TestTenant
let author: AnyRecord

beforeAll(async () => {
  platform = await bootFixtures({ tenants: [{ slug: 'acme' }, { slug: 'beta' }] })
  acme = platform.tenant('acme')
  author = (await acme.admin.post('/library/authors', { name: 'Ada' })).body
})
afterAll(() => platform.stop())

const AUTHORS = '/library/authors'
const bulk = (path: string, body: object, client: Client = acme.admin, key?: string) =>
  client.post<BulkAnswer<AnyRecord> & { code: string; errors: { pointer: string }[]; index: number }>(
    `${path}/bulk`,
    body,
    key === undefined ? {} : { headers: { 'idempotency-key': key } },
  )
const make = async (name: string): Promise<AnyRecord> => (await acme.admin.post(AUTHORS, { name })).body

test('many rows are created, changed and deleted, each with its audit entry and event', async () => {
  const [kept, gone] = [await make('Kept'), await make('Gone')]
  const { status, body } = await bulk(AUTHORS, {
    create: [{ name: 'First' }, { name: 'Second' }],
    update: [{ id: kept.id, version: 1, changes: { name: 'Changed' } }],
    delete: [{ id: gone.id, version: 1 }],
  })
  expect(status).toBe(200)
  expect(body.refused).toBe(0)
  expect(body.items.map(({ action, index, status: each }) => [action, index, each])).toEqual([
    ['create', 0, 201],
    ['create', 1, 201],
    ['update', 0, 200],
    ['delete', 0, 204],
  ])
  expect(body.items[2]!.record).toMatchObject({ id: kept.id, name: 'Changed', version: 2 })
  expect((await acme.admin.get(`${AUTHORS}/${body.items[0]!.record!.id}`)).body).toEqual(
    body.items[0]!.record,
  )
  expect((await acme.admin.get(`${AUTHORS}/${gone.id}`)).status).toBe(404)
  const ids = body.items.flatMap(({ record }) => record?.id ?? gone.id)
  for (const [table, column] of [
    ['audit', 'subject_id'],
    ['outbox', 'subject'],
  ]) {
    const [row] = await acme.sql(
      `SELECT count(*)::int AS rows FROM plinth.${table} WHERE ${column} = ANY ($1)`,
      [ids],
    )
    // Those of before were created too.
    expect(row, table).toEqual({ rows: 6 })
  }
})

test('a refused row says why and leaves no trace, and the others stay', async () => {
  const mail = `${randomUUID()}@example.org`
  const { body } = await bulk(AUTHORS, {
    create: [
      { name: 'Good', email: mail },
      { name: 7, rating: '11' },
      { name: 'Same address', email: mail },
      { name: 'Good too' },
    ],
    update: [
      { id: author.id, version: 99, changes: { name: 'Late' } },
      { id: randomUUID(), version: 1, changes: {} },
    ],
    delete: [{ id: author.id, version: 99 }],
  })
  expect(body.refused).toBe(5)
  expect(body.items.map(({ status, problem }) => [status, problem?.code])).toEqual([
    [201, undefined],
    [422, 'validation_failed'],
    [409, 'unique_violated'],
    [201, undefined],
    [409, 'version_conflict'],
    [404, 'not_found'],
    [409, 'version_conflict'],
  ])
  expect(body.items[1]!.problem!.errors!.map(({ pointer }) => pointer)).toEqual(['/name', '/rating'])
  const traces = await platform.sql(`SELECT 1 FROM plinth.audit WHERE after->>'name' = 'Same address'`)
  expect(traces).toEqual([])
  expect((await acme.admin.get(`${AUTHORS}/${author.id}`)).body).toEqual(author)
})

test('with atomic one refusal is the answer, names its row, and nothing is written', async () => {
  const before = await rowCounts(platform)
  const created = await bulk(AUTHORS, { atomic: true, create: [{ name: 'Good' }, { name: 7 }] })
  expectProblem(created, 422, 'validation_failed')
  expect(created.body).toMatchObject({ action: 'create', index: 1, errors: [{ pointer: '/create/1/name' }] })
  const changed = await bulk(AUTHORS, {
    atomic: true,
    create: [{ name: 'Good' }],
    update: [{ id: author.id, version: 1, changes: { name: 7 } }],
  })
  expect(changed.body.errors[0]!.pointer).toBe('/update/0/changes/name')
  expect(await rowCounts(platform)).toEqual(before)
  expect((await bulk(AUTHORS, { atomic: true, create: [{ name: 'A' }, { name: 'B' }] })).body.refused).toBe(0)
})

test('hooks judge each row, also by what rows before it have done', async () => {
  const titles = ['Forbidden', 'Two  spaces', 'Two  spaces']
  const { body } = await bulk('/library/books', {
    create: titles.map((title) => ({ title, authorId: author.id })),
  })
  expect(body.items.map(({ status, problem }) => [status, problem?.code])).toEqual([
    [409, 'library.forbidden'],
    [201, undefined],
    [409, 'unique_violated'],
  ])
  expect(body.items[1]!.record!['title']).toBe('Two spaces')
})

test('refused rows leave no gap in a sequence', async () => {
  const rows = ['One', 'Forbidden', 'One', 'Two'].map((title) => ({ title, authorId: author.id }))
  const { body } = await bulk('/library/books', { create: rows })
  const numbers = body.items.flatMap(({ record }) =>
    record ? [Number(String(record['number']).slice(2))] : [],
  )
  expect(numbers.length).toBe(2)
  expect(numbers[1]).toBe(numbers[0]! + 1)
})

test('rights count for each row', async () => {
  expectProblem(await bulk(AUTHORS, { create: [{ name: 'No' }] }, acme.member), 403, 'permission_missing')
  const me = (await acme.member.session()).member.id
  const [mine, theirs] = await Promise.all(
    [me, (await acme.admin.session()).member.id].map(
      async (ownerId) => (await acme.admin.post('/library/notes', { text: 'Note', ownerId })).body,
    ),
  )
  const update = [mine, theirs].map(({ id }) => ({ id, version: 1, changes: { text: 'Changed' } }))
  const { body } = await bulk('/library/notes', { update }, acme.member)
  expect(body.items.map(({ status }) => status)).toEqual([200, 404])
})

test('rows of another workspace do not exist', async () => {
  const foreign = (await platform.tenant('beta').admin.post(AUTHORS, { name: 'Foreign' })).body
  const { body } = await bulk(AUTHORS, {
    update: [{ id: foreign.id, version: 1, changes: { name: 'Mine' } }],
    delete: [{ id: foreign.id }],
  })
  expect(body.items.map(({ status }) => status)).toEqual([404, 404])
})

test('a plugin that crashes at one row takes all of them back', async () => {
  const before = await rowCounts(platform)
  switchOn('library-crashes')
  try {
    const answer = await bulk('/library/books', { create: [{ title: 'Crash', authorId: author.id }] })
    expect([answer.status, answer.body.code]).toEqual([500, 'plugin_failed'])
  } finally {
    switchOff('library-crashes')
  }
  expect(await rowCounts(platform)).toEqual(before)
})

test('repeated with the same key it happens once', async () => {
  const key = randomUUID()
  const send = () => bulk(AUTHORS, { create: [{ name: key }, { name: 7 }] }, acme.admin, key)
  const first = await send()
  const again = await send()
  expect(again.text).toBe(first.text)
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect((await platform.sql(`SELECT 1 FROM shared.library_author WHERE name = $1`, [key])).length).toBe(1)
})

test.each<[string, object, string[]]>([
  ['no rows', {}, ['']],
  ['too many rows', { create: Array.from({ length: 501 }, () => ({})) }, ['']],
  ['something else', { insert: [], create: {}, atomic: 1 }, ['/insert', '/atomic', '/create']],
  [
    'rows of a wrong shape',
    { update: [7, { id: 'x', version: '1' }], delete: [{ id: randomUUID(), changes: {} }] },
    ['/update/0', '/update/1/changes', '/update/1/id', '/update/1/version', '/delete/0/changes'],
  ],
])('%s: every fault is named', async (_what, body, pointers) => {
  const answer = await bulk(AUTHORS, body)
  expectProblem(answer, 422, 'validation_failed')
  expect(answer.body.errors.map(({ pointer }) => pointer)).toEqual(pointers)
})

test('as many rows are stored as were accepted, whatever is sent', async () => {
  const name = fc.oneof(fc.string({ minLength: 1, maxLength: 5 }), fc.constant(7), fc.constant(''))
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 6 }), fc.boolean(), async (names, atomic) => {
      const mark = randomUUID()
      const create = names.map((each) => ({ name: each, biography: mark }))
      const { status, body } = await bulk(AUTHORS, { atomic, create })
      const stored = await platform.sql(`SELECT id FROM shared.library_author WHERE biography = $1`, [mark])
      const accepted = status === 200 ? body.items.flatMap(({ record }) => record?.id ?? []) : []
      expect(new Set(stored.map(({ id }) => id))).toEqual(new Set(accepted))
      if (atomic && status === 200) expect(body.refused).toBe(0)
    }),
    { numRuns: runs(40) },
  )
})

test('a row costs five statements, three where all or none is asked for', async () => {
  const cost = async (rows: number, atomic: boolean) => {
    const create = Array.from({ length: rows }, () => ({ name: 'Counted' }))
    return platform.statements(() => bulk(AUTHORS, { atomic, create }))
  }
  await cost(1, false)
  expect((await cost(21, false)) - (await cost(1, false))).toBeLessThanOrEqual(20 * 5)
  expect((await cost(21, true)) - (await cost(1, true))).toBeLessThanOrEqual(20 * 3)
})

test('five hundred rows fit into one request', async () => {
  const create = Array.from({ length: 500 }, (_, index) => ({ name: `Author ${index}` }))
  const { body } = await bulk(AUTHORS, { create })
  expect([body.items.length, body.refused]).toEqual([500, 0])
})

test('the API description offers it with what the entity allows', async () => {
  const { paths } = (await acme.admin.get('/openapi.json')).body
  const properties = (path: string) =>
    Object.keys(paths[path].post.requestBody.content['application/json'].schema.properties)
  expect(properties('/library/authors/bulk')).toEqual(['create', 'update', 'delete', 'atomic'])
  expect(properties('/library/reviews/bulk')).toEqual(['create', 'delete', 'atomic'])
})
