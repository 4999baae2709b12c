import { createHash } from 'node:crypto'
import type { ProblemError } from '@plinth/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { fetched, PNG, send, uploaded } from './file-client.ts'
import { NOBODY } from './support/isolation/isolation-case.ts'

const platform = await bootFixtures({ plugins: ['cabinet'], tenants: [{ slug: 'acme' }, { slug: 'beta' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const FOLDERS = '/cabinet/folders'
const COVER = `${FOLDERS}/files/cover`
const ANYTHING = `${FOLDERS}/files/anything`

async function folder(values: object = {}) {
  const { body, status, text } = await admin.post(FOLDERS, { name: 'Letters', ...values })
  expect(status, text).toBe(201)
  return body
}

test('a file is uploaded, given to a record, and read as it was', async () => {
  const file = await uploaded(admin, COVER, PNG, 'Deckblatt größer.PNG')
  expect(file).toEqual({
    id: expect.any(String),
    name: 'Deckblatt größer.PNG',
    type: 'image/png',
    size: PNG.length,
  })
  const record = await folder({ cover: { id: file.id } })
  expect(record.cover).toEqual(file)
  expect((await admin.get(`${FOLDERS}/${record.id}`)).body).toEqual(record)
  const { status, headers, bytes } = await fetched(admin, `${FOLDERS}/${record.id}/files/cover`)
  expect(status).toBe(200)
  expect(bytes).toEqual(PNG)
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(PNG.length),
    'content-disposition': `inline; filename="Deckblatt gr__er.PNG"; filename*=UTF-8''Deckblatt%20gr%C3%B6%C3%9Fer.PNG`,
    etag: `"${createHash('sha256').update(PNG).digest('hex')}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'accept-ranges': 'bytes',
  })
})

test('lists, events, audit and exports show what is known of a file, and personal ones are kept from events', async () => {
  const list = await uploaded(admin, `${FOLDERS}/files/list`, 'a;b\n1;2\n', 'Liste.csv')
  expect(list.type).toBe('text/csv')
  const cover = await uploaded(admin, COVER, PNG, 'c.png')
  const { id } = await folder({ name: 'Shown', cover: { id: cover.id }, list: { id: list.id } })
  const filter = encodeURIComponent(JSON.stringify({ id, cover: { isNull: false } }))
  expect((await admin.get(`${FOLDERS}?filter=${filter}`)).body.items[0]).toMatchObject({ cover, list })
  const [event] = await platform.sql(
    `SELECT data FROM plinth.outbox WHERE type = 'cabinet.folder.created' AND subject = $1`,
    [id],
  )
  expect(event!['data'].record.cover).toEqual(cover)
  expect(event!['data'].record).not.toHaveProperty('list')
  const { body: audit } = await admin.get(`/audit?subjectType=cabinet.folder&subjectId=${id}`)
  expect(audit.items[0].after.cover).toEqual(cover)
  const csv = (await admin.get(`${FOLDERS}/export?fields=name,cover&filter=${filter}`)).text
  expect(csv).toBe('name,cover\r\nShown,c.png\r\n')
})

test('hooks see what is known of a file', async () => {
  const cover = await uploaded(admin, COVER, PNG, 'hook.png')
  expect(await folder({ name: 'named after', cover: { id: cover.id } })).toMatchObject({
    name: 'hook.png',
    cover,
  })
})

test('a record may be sent back as it was read, and keeps its file', async () => {
  const cover = await uploaded(admin, COVER, PNG, 'c.png')
  const record = await folder({ cover })
  const { status, body } = await admin.patch(
    `${FOLDERS}/${record.id}`,
    { cover: { ...cover, name: 'other.exe', type: 'text/html', size: 1 }, name: 'Renamed' },
    { version: 1 },
  )
  expect(status).toBe(200)
  expect(body).toMatchObject({ cover, name: 'Renamed' })
})

describe('what a file is follows from its content', () => {
  test.each([
    ['<html><script>alert(1)</script>', 'a.png', 'text/html'],
    ['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'a.txt', 'image/svg+xml'],
    ['\u0000\u0001\u0002', 'a.pdf', 'application/octet-stream'],
    ['plain', 'a.png', 'text/plain'],
    ['%PDF-1.7\n', 'a.csv', 'application/pdf'],
    ['', 'empty.csv', 'text/csv'],
  ])('%o called %s is %s', async (content, name, type) => {
    expect(await uploaded(admin, ANYTHING, content, name)).toMatchObject({ name, type })
  })

  test('what could act is saved, never shown', async () => {
    const file = await uploaded(admin, ANYTHING, '<html>', 'page.html')
    const { id } = await folder({ anything: file })
    const { headers } = await fetched(admin, `${FOLDERS}/${id}/files/anything`)
    expect(headers.get('content-disposition')).toBe('attachment; filename="page.html"')
  })

  test('a type the field does not take is refused and nothing of it stays', async () => {
    const before = await count()
    const answer = await send(admin, COVER, '%PDF-1.7\n', 'photo.png')
    expectProblem(answer, 422, 'file_type_refused')
    expect(answer.body).toMatchObject({ mediaType: 'application/pdf', accept: ['image/*'] })
    expect(await count()).toBe(before)
  })
})

const count = async (): Promise<number> =>
  (await platform.sql<{ n: number }>('SELECT count(*)::int AS n FROM plinth.file'))[0]!.n

test('a file that is too large is refused, announced or not', async () => {
  const before = await count()
  const large = Buffer.alloc(200_001)
  const announced = await send(admin, COVER, large, 'a.png', { 'content-length': '200001' })
  expectProblem(announced, 413, 'file_too_large')
  expect(announced.body.maxBytes).toBe(200_000)
  expectProblem(await send(admin, COVER, large), 413, 'file_too_large')
  expect(await count()).toBe(before)
})

test('an upload that breaks off leaves nothing', async () => {
  const before = await count()
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(1_000))
    },
    pull(controller) {
      controller.error(new Error('gone'))
    },
  })
  const answer = await admin.send('POST', ANYTHING, {
    headers: { 'content-type': 'application/octet-stream' },
    body,
  })
  expectProblem(answer, 400, 'body_invalid')
  expect(await count()).toBe(before)
})

test.each([
  ['/cabinet/folders/files/name', 404],
  ['/cabinet/folders/files/stamp', 404],
  ['/cabinet/folders/files/nothing', 404],
  ['/cabinet/nothing/files/cover', 404],
])('nothing can be uploaded to %s', async (path, status) => {
  expect((await send(admin, path, PNG)).status).toBe(status)
})

test('a name is kept as it was sent and cleaned where it leaves', async () => {
  const name = '../..\\evil/\u202egnp.exe" \r\n;x.txt'
  const file = await uploaded(admin, ANYTHING, 'x', name)
  expect(file.name).toBe(name)
  const { id } = await folder({ anything: file })
  const { headers } = await fetched(admin, `${FOLDERS}/${id}/files/anything`)
  expect(headers.get('content-disposition')).toBe('inline; filename="gnp.exe ;x.txt"')
  expectProblem(await send(admin, ANYTHING, 'x', 'x'.repeat(256)), 400, 'query_invalid')
})

describe('a record takes only a file that', () => {
  /** Where what is refused stands. */
  const refused = async (values: object, client = admin): Promise<string> => {
    const answer = await client.post(FOLDERS, { name: 'x', ...values })
    expectProblem(answer, 422, 'reference_unknown')
    return answer.body.errors.map((error: ProblemError) => `${error.pointer} ${error.code}`).join()
  }
  const COVER_REFUSED = '/cover reference'

  test('exists', async () => {
    expect(await refused({ cover: { id: NOBODY } })).toBe(COVER_REFUSED)
  })

  test('belongs to no other record', async () => {
    const { cover } = await folder({ cover: await uploaded(admin, COVER, PNG) })
    expect(await refused({ cover })).toBe(COVER_REFUSED)
  })

  test('no other field of it is given too', async () => {
    const cover = await uploaded(admin, COVER, PNG)
    expect(await refused({ cover, anything: cover })).toBe('/anything reference')
  })

  test('was uploaded for the field', async () => {
    expect(await refused({ cover: await uploaded(admin, ANYTHING, PNG) })).toBe(COVER_REFUSED)
  })

  test('the same person has uploaded', async () => {
    const clerk = await acme.addMember(['cabinet.clerk'])
    expect(await refused({ cover: await uploaded(admin, COVER, PNG) }, clerk)).toBe(COVER_REFUSED)
  })

  test('is of the same workspace', async () => {
    const foreign = await uploaded(platform.tenant('beta').admin, COVER, PNG)
    expect(await refused({ cover: foreign })).toBe(COVER_REFUSED)
  })

  test('has not been given up', async () => {
    const first = await uploaded(admin, COVER, PNG)
    const { id } = await folder({ cover: first })
    const second = await uploaded(admin, COVER, PNG)
    await admin.patch(`${FOLDERS}/${id}`, { cover: second }, { version: 1 })
    expectProblem(
      await admin.patch(`${FOLDERS}/${id}`, { cover: first }, { version: 2 }),
      422,
      'reference_unknown',
    )
  })

  test.each([
    [{ cover: 'x' }, '/cover'],
    [{ cover: {} }, '/cover/id'],
    [{ cover: { id: 'x' } }, '/cover/id'],
    [{ cover: { id: NOBODY, url: 'x' } }, '/cover/url'],
    [{ stamp: { id: NOBODY } }, '/stamp'],
  ])('%o is refused by name', async (values, pointer) => {
    const answer = await admin.post(FOLDERS, { name: 'x', ...values })
    expectProblem(answer, 422, 'validation_failed')
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer])
  })

  test('of two records that want it at the same time one gets', async () => {
    const cover = await uploaded(admin, COVER, PNG)
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => admin.post(FOLDERS, { name: 'Race', cover })),
    )
    expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([
      201, 422, 422, 422, 422, 422,
    ])
  })
})

test('children bring their files along, and a wrong one is named where it stands', async () => {
  const scans = [await uploaded(admin, '/cabinet/pages/files/scan', PNG, '1.png')]
  scans.push(await uploaded(admin, '/cabinet/pages/files/scan', 'two', '2.txt'))
  const pages = scans.map((scan, index) => ({ title: `Page ${index}`, scan: { id: scan.id } }))
  const wrong = await admin.post(FOLDERS, {
    name: 'x',
    pages: [pages[0], { title: 'z', scan: { id: NOBODY } }],
  })
  expectProblem(wrong, 422, 'reference_unknown')
  expect(wrong.body.errors[0].pointer).toBe('/pages/1/scan')
  const spent = await platform.statements(async () => {
    const { status, body, text } = await admin.post(FOLDERS, { name: 'With pages', pages })
    expect(status, text).toBe(201)
    expect(body.pages.map((page: { scan: unknown }) => page.scan)).toEqual(scans)
  })
  expect(spent).toBeLessThan(10)
})

test('many rows look their files up at once', async () => {
  const covers = await Promise.all(Array.from({ length: 20 }, () => uploaded(admin, COVER, PNG)))
  const create = covers.map((cover, index) => ({ name: `Bulk ${index}`, cover }))
  create.push({ name: 'Wrong', cover: covers[0]! })
  const { body } = await admin.post(`${FOLDERS}/bulk`, { create })
  expect(body.refused).toBe(1)
  expect(body.items.at(-1).problem).toMatchObject({ code: 'reference_unknown' })
  expect(body.items[3].record.cover).toEqual(covers[3])
})

test('an upload repeated with its key is one upload', async () => {
  const headers = { 'idempotency-key': 'once' }
  const first = await send(admin, COVER, PNG, 'a.png', headers)
  const before = await count()
  const second = await send(admin, COVER, PNG, 'a.png', headers)
  expect(second.body).toEqual(first.body)
  expect(second.headers.get('idempotency-replayed')).toBe('true')
  expect(await count()).toBe(before)
  expectProblem(
    await send(admin, COVER, Buffer.concat([PNG, PNG]), 'a.png', headers),
    422,
    'idempotency_mismatch',
  )
  expect(await count()).toBe(before)
})

test('the files one has uploaded and not used are limited in number, the oldest go', async () => {
  const clerk = await acme.addMember(['cabinet.clerk'])
  const first = await uploaded(clerk, ANYTHING, 'first')
  for (let n = 0; n < 100; n += 1) await uploaded(clerk, ANYTHING, 'more')
  expectProblem(await clerk.post(FOLDERS, { name: 'x', anything: first }), 422, 'reference_unknown')
})
