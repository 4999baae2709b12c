import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { ARTICLES, bring, ended, rowsOf, upload } from './import-client.ts'
import type { AnyRecord, TestPlatform, TestTenant } from './support/index.ts'

let platform: TestPlatform
let acme: TestTenant
let shelf: AnyRecord

beforeAll(async () => {
  platform = await bootFixtures({ plugins: ['depot'], tenants: [{ slug: 'acme' }, { slug: 'beta' }] })
  acme = platform.tenant('acme')
  shelf = (await acme.admin.post('/depot/shelves', { name: 'Oben', code: 'A' })).body
  await acme.admin.post('/depot/shelves', { name: 'Twice', code: 'T1' })
  await acme.admin.post('/depot/shelves', { name: 'Twice', code: 'T2' })
  await acme.admin.post('/depot/shelves', { name: 'Secret', code: 'S', hidden: true })
})
afterAll(() => platform.stop())

const articles = async (filter: object): Promise<AnyRecord[]> =>
  (
    await acme.admin.get(
      `${ARTICLES}?limit=200&sort=title&filter=${encodeURIComponent(JSON.stringify(filter))}`,
    )
  ).body.items
const count = async (): Promise<number> => (await acme.admin.get(`${ARTICLES}?count=true&limit=1`)).body.total

const GERMAN = [
  'Titel;Artikelnummer;Preis;Gewicht;Tag;Zeitpunkt;Geöffnet;Regal;Stand;Schlagworte;Ort;Bemerkung, frei',
  'Eins;G-1;1.234,56 €;1,5;3.2.2026;3.2.2026 14:30;ja;Oben;Eingelagert;"rot; blau";Köln;x',
  '"Zwei ""Zoll""\nund mehr";G-2;-5 CHF;0,125;28.12.2025;;nein;Oben;bestellt;;;y',
].join('\r\n')

test('a German file in Windows-1252 is understood by its labels, numbers, days and words', async () => {
  const file = Uint8Array.from(GERMAN, (sign) => (sign === '€' ? 0x80 : sign.charCodeAt(0)))
  const { status, body } = await upload(acme.admin, file, { name: 'artikel.csv' })
  expect(status).toBe(201)
  expect(body.settings).toMatchObject({
    encoding: 'windows-1252',
    delimiter: ';',
    numbers: 'de',
    dates: 'dmy',
  })
  expect(body.settings.columns.map((column) => column && [column.target, column.by])).toEqual([
    ['title', undefined],
    ['sku', undefined],
    ['price', undefined],
    ['weight', undefined],
    ['day', undefined],
    ['at', undefined],
    ['open', undefined],
    ['shelf', 'label'],
    ['state', undefined],
    ['tags', undefined],
    ['address.city', undefined],
    null,
  ])
  expect(body.sample[1]).toEqual({
    row: 3,
    cells: [
      'Zwei "Zoll"\nund mehr',
      'G-2',
      '-5 CHF',
      '0,125',
      '28.12.2025',
      '',
      'nein',
      'Oben',
      'bestellt',
      '',
      '',
      'y',
    ],
  })
  const at = `${ARTICLES}/imports/${body.id}`
  expect((await acme.admin.patch(at, { timeZone: 'Europe/Berlin' })).body.problems).toEqual([])
  const before = await count()
  expect((await acme.admin.post(`${at}/check`)).status).toBe(202)
  expect(await ended(acme.admin, body)).toMatchObject({
    status: 'checked',
    total: 2,
    done: 2,
    counts: { created: 2, refused: 0 },
  })
  expect(await count()).toBe(before)
  await acme.admin.post(`${at}/run`)
  expect(await ended(acme.admin, body)).toMatchObject({ status: 'done', counts: { created: 2, refused: 0 } })
  const [one, two] = await articles({ sku: { startsWith: 'G-' } })
  expect(one).toMatchObject({
    title: 'Eins',
    price: { amount: '1234.56', currency: 'EUR' },
    weight: '1.500',
    day: '2026-02-03',
    at: '2026-02-03T13:30:00+00:00',
    open: true,
    shelfId: shelf.id,
    state: 'stored',
    tags: ['rot', 'blau'],
    address: { city: 'Köln' },
  })
  expect(two).toMatchObject({
    title: 'Zwei "Zoll"\nund mehr',
    price: { amount: '-5.00', currency: 'CHF' },
    state: 'ordered',
    open: false,
    address: null,
  })
  const rows = await rowsOf(acme.admin, body)
  expect(rows.map((row) => [row.row, row.outcome, row.recordId])).toEqual([
    [2, 'created', one!.id],
    [3, 'created', two!.id],
  ])
})

test('each row is written as a request of its own: audit, events, numbers', async () => {
  const { id } = await bring(acme.admin, 'title\nNoted\n')
  const [record] = await articles({ title: 'Noted' })
  expect(record!['number']).toMatch(/^A-\d{5}$/)
  const audit = await acme.sql(
    `SELECT action, request_id, actor_kind FROM plinth.audit WHERE request_id = $1 ORDER BY id`,
    [id],
  )
  expect(audit).toEqual([
    { action: 'depot.article.created', request_id: id, actor_kind: 'member' },
    { action: 'depot.article.imported', request_id: id, actor_kind: 'member' },
  ])
  const events = await acme.sql(`SELECT type FROM plinth.outbox WHERE subject = $1`, [record!.id])
  expect(events).toEqual([{ type: 'depot.article.created' }])
})

test('records are changed by a unique field, and those that are the same stay untouched', async () => {
  const made = (await acme.admin.post(ARTICLES, { title: 'Old', sku: 'U-1', count: 3, note: 'keep' })).body
  await acme.admin.post(ARTICLES, { title: 'Same', sku: 'U-2', count: 4 })
  const file = 'sku,title,count,note\nU-1,New,,\nU-2,Same,4,\nU-3,Absent,1,\n'
  const done = await bring(acme.admin, file, { mode: 'update', match: 'sku' })
  expect(done.counts).toEqual({ created: 0, updated: 1, unchanged: 1, refused: 1 })
  expect(await rowsOf(acme.admin, done, '?outcome=refused')).toMatchObject([
    { row: 4, errors: [{ code: 'reference', header: 'sku' }] },
  ])
  const after = (await acme.admin.get(`${ARTICLES}/${made.id}`)).body
  expect(after).toMatchObject({ title: 'New', count: 3, note: 'keep', version: 2 })
  const cleared = await bring(acme.admin, file, { mode: 'update', match: 'sku', empty: 'clear' })
  expect(cleared.counts).toMatchObject({ updated: 1, refused: 1 })
  expect((await acme.admin.get(`${ARTICLES}/${made.id}`)).body).toMatchObject({ count: null, note: null })
})

test('what is there is changed and what is not is created, also within one file, and a check says the same', async () => {
  const rows = Array.from({ length: 150 }, (_, index) => `M-${index},First ${index}`)
  const file = ['sku,title', ...rows, 'M-0,Second 0', 'M-149,Second 149'].join('\n')
  const settings = { mode: 'upsert', match: 'sku' } as const
  const counts = { created: 150, updated: 2, unchanged: 0, refused: 0 }
  expect((await bring(acme.admin, file, settings, 'check')).counts).toEqual(counts)
  expect((await bring(acme.admin, file, settings)).counts).toEqual(counts)
  expect(await articles({ title: { startsWith: 'Second ' } })).toHaveLength(2)
})

test('a check of many rows finds values that stand twice in the file, however far apart', async () => {
  const rows = Array.from({ length: 250 }, (_, index) => `D-${index},Title`)
  const done = await bring(acme.admin, ['sku,title', ...rows, 'D-3,Again'].join('\n'), {}, 'check')
  expect(done.counts).toMatchObject({ created: 250, refused: 1 })
  expect(await rowsOf(acme.admin, done)).toMatchObject([
    { row: 252, errors: [{ code: 'unique', header: 'sku' }] },
  ])
})

test('rows may refer to rows before them', async () => {
  const path = '/depot/shelves'
  const file = 'name,code,parent\nRoot,R0,\nBranch,R1,Root\nLeaf,R2,Branch\n'
  for (const step of ['check', 'run'] as const)
    expect((await bring(acme.admin, file, {}, step, { path })).counts).toMatchObject({
      created: 3,
      refused: 0,
    })
  const { body } = await acme.admin.get(`${path}?filter={"code":"R2"}&include=parent`)
  expect(body.items[0].parent.label).toBe('Branch')
})

test('constants and defaults fill what the file lacks', async () => {
  const { body } = await upload(acme.admin, 'what,how many\nWidget,\nGadget,7\n')
  const done = await bring(acme.admin, 'what,how many\nWidget,\nGadget,7\n', {
    columns: [{ target: 'title' }, { target: 'count', default: '1' }],
    constants: [
      { target: 'shelf', by: 'code', text: 'A' },
      { target: 'fee', text: '2,50' },
    ],
    numbers: 'de',
  })
  expect(body.problems.map(({ code }) => code)).toEqual(['required', 'required'])
  expect(done.counts).toMatchObject({ created: 2 })
  expect(await articles({ title: { in: ['Widget', 'Gadget'] } })).toMatchObject([
    { title: 'Gadget', count: 7, shelfId: shelf.id, fee: { amount: '2.50', currency: 'EUR' } },
    { title: 'Widget', count: 1, shelfId: shelf.id },
  ])
})

test('a member imports with their own rights: no labels they may not read, no updates they may not make', async () => {
  const clerk = await acme.addMember(['depot.clerk'])
  const done = await bring(clerk, 'title,shelf\nMine,Oben\nPeek,Secret\n')
  expect(done.counts).toMatchObject({ created: 1, refused: 1 })
  expect(await rowsOf(clerk, done, '?outcome=refused')).toMatchObject([{ errors: [{ code: 'reference' }] }])
  const { body } = await upload(clerk, 'sku,title\nU-1,Mine now\n')
  await clerk.patch(`${ARTICLES}/imports/${body.id}`, { mode: 'update', match: 'sku' })
  const refused = await clerk.post(`${ARTICLES}/imports/${body.id}/run`)
  expectProblem(refused, 403, 'permission_missing')
  expectProblem(await upload(clerk, 'name\nx\n', { path: '/depot/shelves' }), 403, 'permission_missing')
})

test('an import belongs to whoever has made it', async () => {
  const { body } = await upload(acme.admin, 'title\nx\n')
  const clerk = await acme.addMember(['depot.clerk'])
  for (const [method, rest] of [
    ['GET', ''],
    ['GET', '/rows'],
    ['GET', '/refused'],
    ['POST', '/run'],
    ['POST', '/cancel'],
    ['DELETE', ''],
  ] as const)
    expectProblem(await clerk.send(method, `${ARTICLES}/imports/${body.id}${rest}`), 404, 'not_found')
  expect((await clerk.get(`${ARTICLES}/imports`)).body.items).toEqual([])
  expectProblem(await acme.admin.get(`/depot/shelves/imports/${body.id}`), 404, 'not_found')
  expect((await acme.admin.delete(`${ARTICLES}/imports/${body.id}`)).status).toBe(204)
  expectProblem(await acme.admin.get(`${ARTICLES}/imports/${body.id}`), 404, 'not_found')
})

test('whoever may no longer sign in imports no further', async () => {
  const clerk = await acme.addMember(['depot.clerk'])
  const { body } = await upload(clerk, 'title\nGone\n')
  await acme.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [clerk.id])
  await acme.sql(
    `UPDATE plinth.import SET status = 'running', mandate = json_build_object('kind', 'member', 'id', $2::uuid) WHERE id = $1`,
    [body.id, clerk.id],
  )
  await platform.platform.root.cradle.bus.publish({ topic: 'work', tenantId: acme.id })
  const state = async (): Promise<unknown> =>
    (await acme.sql(`SELECT status, reason->>'code' AS code FROM plinth.import WHERE id = $1`, [body.id]))[0]
  await expect.poll(state, { timeout: 10_000 }).toEqual({ status: 'failed', code: 'session_missing' })
  expect(await articles({ title: 'Gone' })).toEqual([])
})

test('uploading and asking need fewer than ten statements', async () => {
  let id = ''
  await acme.admin.get('/session')
  const uploading = await platform.statements(async () => {
    id = (await upload(acme.admin, 'title\nx\n')).body.id
  })
  expect(uploading).toBeLessThan(10)
  expect(await platform.statements(() => acme.admin.get(`${ARTICLES}/imports/${id}`))).toBeLessThan(10)
  expect(
    await platform.statements(() => acme.admin.patch(`${ARTICLES}/imports/${id}`, { numbers: 'de' })),
  ).toBeLessThan(10)
})
