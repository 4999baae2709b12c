import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { makeRecord, type AnyRecord, type Client } from './support/index.ts'

const platform = await bootFixtures({ tenants: [{ slug: 'acme' }, { slug: 'other' }] })
const acme = platform.tenant('acme')
afterAll(() => platform.stop())

const ask = (client: Client, path: string, filter: unknown) =>
  client.get(`${path}?filter=${encodeURIComponent(JSON.stringify(filter))}`)

const jane = await makeRecord(acme.admin, 'library.author', { name: 'Jane', genre: 'novel' })
const paul = await makeRecord(acme.admin, 'library.author', { name: 'Paul', mentorId: jane.id })
const home = await makeRecord(acme.admin, 'library.book', { title: 'Home', authorId: jane.id })
const away = await makeRecord(acme.admin, 'library.book', { title: 'Away', authorId: paul.id })
const [first, second] = await Promise.all(
  [home, away].map((book) => makeRecord(acme.admin, 'lending.loan', { bookId: book.id })),
)

test('a filter follows references by the names they are included under, across plugins', async () => {
  const found = async (filter: unknown) =>
    (await ask(acme.admin, '/lending/loans', filter)).body.items.map((each: AnyRecord) => each.id)
  expect(await found({ 'book.title': 'Home' })).toEqual([first!.id])
  expect(await found({ 'book.author.mentor.name': { startsWith: 'ja' } })).toEqual([second!.id])
  expect(await found({ not: { 'book.author.mentor.name': 'Jane' } })).toEqual([first!.id])
  expect(await found({ or: [{ 'book.title': 'Home' }, { 'book.author.genre': null }] })).toHaveLength(2)
  const { body } = await acme.admin.get(
    `/lending/loans?count=true&limit=1&filter=${encodeURIComponent('{"book.status":{"in":["draft"]}}')}`,
  )
  expect(body.total).toBe(2)
})

test('a list along references is one statement more than none', async () => {
  const plain = await platform.statements(() => acme.admin.get('/lending/loans'))
  const path = await platform.statements(() => ask(acme.admin, '/lending/loans', { 'book.author.name': 'x' }))
  expect(path).toBe(plain)
})

test('who may not read an entity cannot ask about it by a path, and learns nothing of it', async () => {
  const { body } = await acme.admin.post('/api-keys', {
    name: 'loans',
    permissions: ['education.lending.loan.read'],
  })
  const key = acme.clientWithKey(body.key)
  expect((await key.get('/lending/loans')).status).toBe(200)
  const hidden = await ask(key, '/lending/loans', { 'book.title': 'Home' })
  const missing = await ask(key, '/lending/loans', { 'nothing.title': 'Home' })
  const hiddenField = await ask(key, '/lending/loans', { 'book.nothing': 'Home' })
  for (const answer of [hidden, missing, hiddenField])
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'query_invalid', errors: [{ code: 'unknown_field' }] },
    })
  expect(hidden.body.errors[0].detail.replace('book', 'nothing')).toBe(missing.body.errors[0].detail)
})

test('a path ends where the plugin of the list declares to read nothing', async () => {
  const answer = await ask(acme.admin, '/archive/files', { 'loan.book.title': 'Home' })
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ code: 'unknown_field' }] } })
})

test('a path into another workspace leads nowhere', async () => {
  const { admin } = platform.tenant('other')
  const filter = { 'book.title': { contains: 'o' } }
  expect((await ask(admin, '/lending/loans', filter)).body.items).toEqual([])
})
