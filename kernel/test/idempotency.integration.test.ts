import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expireAnswers } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { Client, type TestPlatform, type TestTenant } from './support/index.ts'
import { runs } from './support/chance.ts'

let platform: TestPlatform
let acme: TestTenant

beforeAll(async () => {
  platform = await bootFixtures({ tenants: [{ slug: 'acme' }, { slug: 'beta' }] })
  acme = platform.tenant('acme')
})
afterAll(() => platform.stop())

const withKey = (key: string) => ({ headers: { 'idempotency-key': key } })
const authorsCalled = async (name: string): Promise<number> =>
  (await platform.sql(`SELECT 1 FROM shared.library_author WHERE name = $1`, [name])).length

test('a repeated creation gives the first answer again and creates nothing', async () => {
  const key = randomUUID()
  const name = `Once ${key}`
  const first = await acme.admin.post('/library/authors', { name }, withKey(key))
  const again = await acme.admin.post('/library/authors', { name }, withKey(key))
  expect(first.status).toBe(201)
  expect(first.headers.get('idempotency-replayed')).toBeNull()
  expect(again.status).toBe(201)
  expect(again.text).toBe(first.text)
  for (const header of ['location', 'etag', 'content-type'])
    expect(again.headers.get(header)).toBe(first.headers.get(header))
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(await authorsCalled(name)).toBe(1)
})

test('without a key every request counts', async () => {
  const name = `Twice ${randomUUID()}`
  await acme.admin.post('/library/authors', { name })
  await acme.admin.post('/library/authors', { name })
  expect(await authorsCalled(name)).toBe(2)
})

test('a key that was used for another body or another address is refused', async () => {
  const key = randomUUID()
  await acme.admin.post('/library/authors', { name: 'First' }, withKey(key))
  const body = await acme.admin.post('/library/authors', { name: 'Second' }, withKey(key))
  expectProblem(body, 422, 'idempotency_mismatch')
  const address = await acme.admin.post('/library/notes', { text: 'First' }, withKey(key))
  expectProblem(address, 422, 'idempotency_mismatch')
})

test('a key means something for its sender only', async () => {
  const key = randomUUID()
  const text = `Mine ${key}`
  const answers = await Promise.all(
    [acme.admin, acme.member, platform.tenant('beta').admin].map((client) =>
      client.post('/library/notes', { text }, withKey(key)),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(3)
})

test('a refused request stores nothing: corrected, it goes through with the same key', async () => {
  const key = randomUUID()
  expectProblem(
    await acme.admin.post('/library/authors', { name: '' }, withKey(key)),
    422,
    'validation_failed',
  )
  expect((await acme.admin.post('/library/authors', { name: 'Right' }, withKey(key))).status).toBe(201)
})

test('a change and a deletion can be repeated too', async () => {
  const { body } = await acme.admin.post('/library/authors', { name: 'Before' })
  const path = `/library/authors/${body.id}`
  const [change, removal] = [randomUUID(), randomUUID()]
  const patch = () => acme.admin.patch(path, { name: 'After', version: 1 }, withKey(change))
  const changed = await patch()
  expect(changed.body.version).toBe(2)
  expect((await patch()).text).toBe(changed.text)
  const erase = () => acme.admin.delete(path, withKey(removal))
  expect((await erase()).status).toBe(204)
  const again = await erase()
  expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([204, '', 'true'])
})

test('so can a route of a plugin', async () => {
  const author = await acme.admin.post('/library/authors', { name: 'Restocked' })
  const book = await acme.admin.post('/library/books', { title: randomUUID(), authorId: author.body.id })
  const key = randomUUID()
  const restock = () => acme.admin.post(`/library/shelf/${book.body.id}/restock`, { copies: 5 }, withKey(key))
  const first = await restock()
  expect(first.body.copies).toBe(6)
  expect((await restock()).text).toBe(first.text)
  expect((await acme.admin.get(`/library/books/${book.body.id}`)).body.copies).toBe(6)
})

test('a key is 1 to 255 visible characters', async () => {
  for (const key of ['a b', 'x'.repeat(256), 'ä'])
    expectProblem(
      await acme.admin.post('/library/authors', { name: 'Key' }, withKey(key)),
      400,
      'idempotency_key_invalid',
    )
})

test('however many come at once, one record is made and everyone who is answered gets the same', async () => {
  const send = fc.record({ times: fc.integer({ min: 1, max: 3 }), name: fc.uuid() })
  await fc.assert(
    fc.asyncProperty(fc.array(send, { minLength: 1, maxLength: 3 }), async (requests) => {
      const all = await Promise.all(
        requests.map(async ({ times, name: base }) => {
          const name = `${base} ${randomUUID()}`
          const create = () =>
            acme.admin.post('/library/authors', { name }, withKey(name.replaceAll(' ', '_')))
          const answers = await Promise.all(Array.from({ length: times }, create))
          return { name, answers: [...answers, await create()] }
        }),
      )
      for (const { name, answers } of all) {
        const created = answers.filter(({ status }) => status === 201)
        const refused = answers.filter(({ status }) => status !== 201)
        for (const answer of refused) expectProblem(answer, 409, 'idempotency_in_progress')
        expect(new Set(created.map(({ text }) => text)).size).toBe(1)
        expect(created.filter(({ headers }) => !headers.has('idempotency-replayed')).length).toBe(1)
        expect(answers.at(-1)!.headers.get('idempotency-replayed')).toBe('true')
        expect(await authorsCalled(name)).toBe(1)
      }
    }),
    { numRuns: runs(60) },
  )
})

test('a server killed between commit and answer has done the work once, and another one says so', async () => {
  const { adminUrl, pluginsFolder } = {
    adminUrl: platform.database.url,
    pluginsFolder: platform.platform.root.cradle.config.pluginsFolder,
  }
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'dying-server.ts'), adminUrl, pluginsFolder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const client = new Client({
      send: (request) => fetch(request),
      origin: `http://127.0.0.1:${line.toString().trim()}/t/acme`,
      credentials: acme.credentials.admin,
    })
    const key = randomUUID()
    const name = `Survivor ${key}`
    const ended = once(child, 'exit')
    await expect(client.post('/library/authors', { name }, withKey(key))).rejects.toThrow(
      /fetch failed|other side closed|terminated/,
    )
    expect((await ended)[1]).toBe('SIGKILL')
    const again = await acme.admin.post('/library/authors', { name }, withKey(key))
    expect(again.status).toBe(201)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await authorsCalled(name)).toBe(1)
  } finally {
    child.kill('SIGKILL')
  }
})

test('stored answers are forgotten after thirty days, not before', async () => {
  const [young, old] = [randomUUID(), randomUUID()]
  for (const key of [young, old]) await acme.admin.post('/library/authors', { name: key }, withKey(key))
  await platform.sql(`UPDATE plinth.idempotency SET created_at = now() - interval '31 days' WHERE key = $1`, [
    old,
  ])
  await platform.sql(`UPDATE plinth.idempotency SET created_at = now() - interval '29 days' WHERE key = $1`, [
    young,
  ])
  expect(await expireAnswers(platform.platform.root.cradle.database, await acme.home())).toBe(1)
  const left = await platform.sql(`SELECT key FROM plinth.idempotency WHERE key IN ($1, $2)`, [young, old])
  expect(left).toEqual([{ key: young }])
})

test('a creation with a key takes nine statements at most, and so does its repetition', async () => {
  const create = (key: string) => () => acme.admin.post('/library/authors', { name: 'Counted' }, withKey(key))
  await create(randomUUID())()
  const key = randomUUID()
  const first = await platform.statements(create(key))
  expect(first).toBeLessThanOrEqual(9)
  expect(await platform.statements(create(key))).toBeLessThanOrEqual(9)
})

test('the API description names the header on everything that changes records', async () => {
  const { body } = await acme.admin.get('/openapi.json')
  for (const [path, item] of Object.entries<any>(body.paths)) {
    if (!/\/(library|lending|market)\//.test(path)) continue
    // The steps of an import that is there already happen once by themselves.
    if (path.includes('/imports/{import}')) continue
    for (const [method, operation] of Object.entries<any>(item)) {
      if (method === 'parameters') continue
      const named = /idempotency-?key/i.test(JSON.stringify(operation.parameters ?? []))
      expect(named, operation.operationId).toBe(method !== 'get')
    }
  }
})
