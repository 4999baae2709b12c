import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bootFixtures, rowCounts } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { badBodies } from './fixtures/bad-bodies.ts'
import { badQueries } from './fixtures/bad-queries.ts'
import type { BadRequest } from './fixtures/bad-request.ts'
import { makeRecord, type AnyRecord, type Answer, type Client, type TestPlatform } from './support/index.ts'

let platform: TestPlatform
let admin: Client
let author: AnyRecord
let before: Record<string, number>

beforeAll(async () => {
  platform = await bootFixtures()
  admin = platform.tenant('acme').admin
  author = await makeRecord(admin, 'library.author')
  before = await rowCounts(platform)
})
afterAll(() => platform.stop())

async function send([, request, { json, raw, headers }]: BadRequest): Promise<Answer> {
  const [method, path] = request.split(/ (.*)/s) as [string, string]
  const body = raw ?? (json === undefined ? undefined : JSON.stringify(json))
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  return admin.send(method, path, { headers: { ...type, ...headers }, body })
}

describe('what cannot be accepted is refused with a problem, and nothing is written', () => {
  test.each([...badBodies, ...badQueries.filter(([, , , [status]]) => status !== 200)])(
    '%s (%s)',
    async (...bad) => {
      expectProblem(await send(bad), ...bad[3])
      expect(await rowCounts(platform)).toEqual(before)
    },
  )

  test('10 MB that come in pieces, their size unannounced', async () => {
    let pieces = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pieces += 1
        controller.enqueue(new TextEncoder().encode(pieces === 1 ? '{"name":"' : 'x'.repeat(100_000)))
        if (pieces === 100) controller.close()
      },
    })
    const headers = { 'content-type': 'application/json' }
    expectProblem(await admin.send('POST', '/library/authors', { headers, body }), 413, 'body_too_large')
    expect(pieces).toBeLessThan(20)
  })

  test.each([
    ['no version', {}, 428, 'version_required'],
    ['a version that is no number', { 'if-match': '"latest"' }, 409, 'version_conflict'],
    ['any version', { 'if-match': '*' }, 409, 'version_conflict'],
    ['a version to come', { 'if-match': '"2"' }, 409, 'version_conflict'],
    ['a version beyond all numbers', { 'if-match': `"${'9'.repeat(30)}"` }, 409, 'version_conflict'],
    ['a version of bytes', { 'if-match': '"\xed\xa0\x80"' }, 409, 'version_conflict'],
  ])('a change with %s', async (_, headers, status, code) => {
    const answer = await admin.patch(`/library/authors/${author.id}`, { works: 1 }, { headers })
    expectProblem(answer, status, code)
    expect((await admin.get(`/library/authors/${author.id}`)).body).toEqual(author)
  })

  test.each([['text'], [1.5], [null], [{}], [-1]])(
    'a change with version %j in the body',
    async (version) => {
      expectProblem(await admin.patch(`/library/authors/${author.id}`, { works: 1, version }))
      expect((await admin.get(`/library/authors/${author.id}`)).body).toEqual(author)
    },
  )

  test.each([
    ['a cookie of garbage', { cookie: 'plinth_session=%00%ED%A0%80' }],
    ['a cookie of prototypes', { cookie: '__proto__=x; plinth_session=__proto__' }],
    ['a key of garbage', { authorization: 'Bearer plk_acme_x' }],
    ['a key of prototypes', { authorization: 'Bearer __proto__' }],
    ['a password', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
  ])('%s instead of a session', async (_, headers) => {
    const { anonymous } = platform.tenant('acme')
    expectProblem(await anonymous.get('/shell', { headers }), 401, 'session_missing')
  })

  test.each([['%ff.localhost'], ['__proto__.localhost'], ['nobody.localhost'], ['localhost']])(
    'the host %s, which is nobody’s',
    async (host) => {
      const { anonymous } = platform.tenant('acme')
      expectProblem(await anonymous.get('/tenant', { headers: { host } }), 404, 'tenant_unknown')
    },
  )
})

test('bytes that are no text are searched for as what they read as', async () => {
  const harmless = badQueries.filter(([, , , [status]]) => status === 200)
  for (const query of harmless) expect((await send(query)).status).toBe(200)
})

test('an entity without searchable or changeable parts says so with a code', async () => {
  const { body } = await admin.get('/library/authors?sort=tags&limit=0&fields=x')
  expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
    '/query/sort',
    '/query/limit',
    '/query/fields',
  ])
})

test('every refused value of a body is named with its pointer', async () => {
  const { body } = await admin.post('/library/authors', { works: 'x', home: { zip: 5 }, 'a/b~': 1 })
  expect(
    body.errors
      .map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)
      .toSorted(),
  ).toEqual(['/a~1b~0 unknown', '/home/zip type', '/name required', '/works type'])
})
