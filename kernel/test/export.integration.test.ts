import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { readWorkbook } from './read-workbook.ts'
import type { AnyRecord, Client, TestPlatform, TestTenant } from './support/index.ts'

let platform: TestPlatform
let acme: TestTenant
let shelf: AnyRecord
let hidden: AnyRecord

const ARTICLES = '/depot/articles'

beforeAll(async () => {
  platform = await bootFixtures({ plugins: ['depot'], tenants: [{ slug: 'acme' }, { slug: 'beta' }] })
  acme = platform.tenant('acme')
  shelf = (await acme.admin.post('/depot/shelves', { name: '=HYPERLINK("x")', code: 'A' })).body
  hidden = (await acme.admin.post('/depot/shelves', { name: 'Secret', hidden: true })).body
  const keeperId = (await acme.admin.session()).member.id
  const made = [
    {
      title: '+1 "Böse"; Zeile\r\nzwei',
      price: { amount: '-1234.50', currency: 'EUR' },
      weight: '0012.5',
      day: '2026-02-03',
      at: '2026-02-03T04:05:06.789+02:00',
      open: false,
      count: -7,
      tags: ['a, b', 'plain'],
      address: { street: '-Weg 1', city: 'Köln', country: 'DE' },
      place: { lat: 50.9, lng: 6.96 },
      details: { b: [1] },
      shelfId: shelf.id,
      keeperId,
      state: 'stored',
    },
    { title: 'Hidden away', shelfId: hidden.id, count: 5 },
  ]
  for (const input of made) await acme.admin.post(ARTICLES, input)
  await platform.tenant('beta').admin.post(ARTICLES, { title: 'Of another' })
})
afterAll(() => platform.stop())

const ask = (query = '', client: Client = acme.admin, path = ARTICLES) =>
  client.send('GET', `${path}/export${query}`)
const rowsOf = (body: string, options: object = {}): Record<string, string>[] =>
  parse(body, { columns: true, bom: true, relax_quotes: false, ...options })

test('a file has every field under its name, in forms that can be read back', async () => {
  const { status, text: body, headers } = await ask('?sort=count')
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="articles-\d{4}-\d\d-\d\d\.csv"$/)
  const rows = rowsOf(body)
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatchObject({
    number: 'A-00001',
    title: `'+1 "Böse"; Zeile\r\nzwei`,
    'price.amount': '-1234.50',
    'price.currency': 'EUR',
    weight: '12.500',
    day: '2026-02-03',
    at: '2026-02-03T02:05:06.789+00:00',
    open: 'false',
    count: '-7',
    tags: '"a, b", plain',
    'address.street': `'-Weg 1`,
    'address.zip': '',
    'place.lat': '50.9',
    details: '{"b":[1]}',
    shelfId: shelf.id,
    shelf: `'=HYPERLINK("x")`,
    'keeperId.name': (await acme.admin.session()).member.name,
    state: 'stored',
    version: '1',
  })
})

test('a file for people has labels, the marks of their spreadsheets and their decimals', async () => {
  const file = await acme.admin.raw(
    'GET',
    `${ARTICLES}/export?locale=de&fields=title,price,state,weight&sort=count`,
  )
  const body = Buffer.from(await file.arrayBuffer()).toString()
  expect(body.split('\r\n')[0]).toBe('\ufeffTitel;Preis (Betrag);Preis (Währung);Stand;Gewicht')
  expect(body).toContain(';-1234,50;EUR;Eingelagert;12,500\r\n')
  const english = await ask('?locale=en&bom=false&fields=state&delimiter=tab')
  expect(english.text.split('\r\n')[0]).toBe('State')
  expect(english.text).toContain('In store')
})

test('no cell of a file is a formula', async () => {
  const cells = parse((await ask()).text, { columns: false })
  for (const cell of cells.flat()) expect(cell).not.toMatch(/^(?!-?\d+(\.\d+)?$)[=+\-@\t\r]/)
})

test('a workbook has numbers, dates and truth values as such, and texts never as formulas', async () => {
  const answer = await acme.admin.raw('GET', `${ARTICLES}/export?format=xlsx&sort=count`)
  expect(answer.headers.get('content-disposition')).toContain('.xlsx"')
  const { rows, xml } = await readWorkbook(Buffer.from(await answer.arrayBuffer()))
  expect(xml).not.toContain('<f')
  const [header, first] = rows as [string[], unknown[]]
  const cell = (name: string): unknown => first[header.indexOf(name)]
  expect(rows).toHaveLength(3)
  expect(cell('title')).toBe('+1 "Böse"; Zeile\r\nzwei')
  expect(cell('shelf')).toBe('=HYPERLINK("x")')
  expect(cell('price.amount')).toBe(-1234.5)
  expect(cell('count')).toBe(-7)
  expect(cell('open')).toBe(false)
  expect(cell('day')).toBe(46056)
})

test('filter, search and order are those of the list', async () => {
  const filter = encodeURIComponent(JSON.stringify({ 'shelf.code': 'A' }))
  expect(rowsOf((await ask(`?filter=${filter}`)).text)).toHaveLength(1)
  expect(rowsOf((await ask('?q=hidden')).text).map((row) => row['title'])).toEqual(['Hidden away'])
  expect(rowsOf((await ask('?sort=-count&fields=count')).text).map((row) => row['count'])).toEqual([
    '5',
    '-7',
  ])
  expect(rowsOf((await ask('?filter={"count":99}')).text)).toEqual([])
})

test('what is wrong about the question is named, all at once', async () => {
  const answer = await ask('?format=pdf&locale=fr&fields=nope&sort=nope&limit=5&filter={"nope":1}')
  expectProblem(answer, 400, 'query_invalid')
  expect(answer.body.errors.map((each: { pointer: string }) => each.pointer).toSorted()).toEqual(
    ['fields', 'filter/nope', 'format', 'limit', 'locale', 'sort'].map((name) => `/query/${name}`),
  )
})

test('reading alone does not permit to export', async () => {
  const clerk = await acme.addMember(['depot.clerk'])
  expect((await clerk.get(ARTICLES)).status).toBe(200)
  const answer = await ask('', clerk)
  expectProblem(answer, 403, 'permission_missing')
  expect(answer.body.permission).toBe('trade.depot.article.export')
  expectProblem(await ask('', acme.anonymous), 401, 'session_missing')
})

test('rows and labels that may not be read, or not exported, stay out', async () => {
  const auditor = await acme.addMember(['depot.auditor'])
  const rows = rowsOf((await ask('', auditor)).text)
  expect(rows.map((row) => row['state'])).toEqual(['stored'])
  const shelves = rowsOf((await ask('', auditor, '/depot/shelves')).text)
  expect(shelves.map((row) => row['code'])).toEqual(['A'])
  expect((await ask('?filter={"shelf.name":"Secret"}', auditor)).text.split('\r\n')).toHaveLength(2)
})

test('an export is on record with its question, and how much left', async () => {
  await ask('?filter={"count":5}&format=csv')
  const { body } = await acme.admin.get('/audit?subjectType=depot.article')
  const [end, start] = body.items
  expect(start).toMatchObject({
    action: 'depot.article.exported',
    subjectId: 'export',
    after: { filter: '{"count":5}', format: 'csv' },
    actor: { kind: 'member' },
  })
  expect(end).toMatchObject({ action: 'depot.article.export-ended', after: { records: 1, complete: true } })
})

test('many pages come whole, in order, and each record once', async () => {
  await platform.sql(
    `INSERT INTO shared.depot_article (tenant_id, id, version, created_at, updated_at, number, title, count, state)
     SELECT $1, gen_random_uuid(), 1, now(), now(), 'B-' || n, 'Many ' || n, n % 50, 'stored' FROM generate_series(1, 6000) n`,
    [acme.id],
  )
  const rows = rowsOf(
    (await ask('?filter={"number":{"startsWith":"B-"}}&sort=-count&fields=number,count')).text,
  )
  expect(new Set(rows.map((row) => row['number'])).size).toBe(6000)
  expect(rows).toHaveLength(6000)
  const counts = rows.map((row) => Number(row['count']))
  expect(counts).toEqual(counts.toSorted((left, right) => right - left))
})

test('whoever hangs up ends the export, and it is on record as incomplete', async () => {
  const { port } = await platform.listen()
  const key = await acme.admin.post('/api-keys', { name: 'files', permissions: ['trade.*'] })
  const request = get(`http://127.0.0.1:${port}/t/acme/api/v1${ARTICLES}/export?format=xlsx`, {
    headers: { authorization: `Bearer ${key.body.key}` },
  })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  await once(response, 'data')
  response.destroy()
  const ends = async (): Promise<unknown[]> =>
    platform.sql(
      `SELECT after FROM plinth.audit WHERE action = 'depot.article.export-ended' AND actor_kind = 'key'`,
    )
  await expect.poll(ends).toHaveLength(1)
  expect((await ends())[0]).toMatchObject({ after: { complete: expect.any(Boolean) } })
})

test('an export ends when the right to it does', async () => {
  const { id, key } = (await acme.admin.post('/api-keys', { name: 'gone', permissions: ['trade.*'] })).body
  const answer = await acme.clientWithKey(key).raw('GET', `${ARTICLES}/export`)
  const reader = answer.body!.getReader()
  await reader.read()
  await acme.admin.delete(`/api-keys/${id}`)
  const rest = async (): Promise<void> => {
    while (!(await reader.read()).done);
  }
  await expect(rest()).rejects.toThrow('not permitted')
})

test('an export needs fewer than ten statements', async () => {
  await ask()
  expect(await platform.statements(() => ask('?filter={"count":5}'))).toBeLessThan(10)
})
