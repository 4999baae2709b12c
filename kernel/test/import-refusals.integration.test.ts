import type { ImportDocument } from '@plinth/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { ARTICLES, bring, rowsOf, upload } from './import-client.ts'
import type { AnyRecord, TestPlatform, TestTenant } from './support/index.ts'

let platform: TestPlatform
let acme: TestTenant

beforeAll(async () => {
  platform = await bootFixtures({ plugins: ['depot', 'billing'] })
  acme = platform.tenant('acme')
  await acme.admin.post('/depot/shelves', { name: 'Oben', code: 'A' })
  await acme.admin.post('/depot/shelves', { name: 'Twice', code: 'T1' })
  await acme.admin.post('/depot/shelves', { name: 'Twice', code: 'T2' })
})
afterAll(() => platform.stop())

const articles = async (filter: object): Promise<AnyRecord[]> =>
  (
    await acme.admin.get(
      `${ARTICLES}?limit=200&sort=title&filter=${encodeURIComponent(JSON.stringify(filter))}`,
    )
  ).body.items
const count = async (): Promise<number> => (await acme.admin.get(`${ARTICLES}?count=true&limit=1`)).body.total

test('what is refused is named by row and column, all of it, and nothing of it is written', async () => {
  await acme.admin.post(ARTICLES, { title: 'There', sku: 'TAKEN' })
  const file = [
    'title,sku,count,day,email,shelf,state,price.amount,price.currency',
    'Good,OK-1,5,2026-01-01,a@b.example,Oben,stored,1.50,EUR',
    ',X-1,five,2026-02-30,nope,Nowhere,flying,1.505,EUR',
    'Taken,TAKEN,,,,,,,',
    'Twins,OK-2,,,,Twice,,,',
    'Contraband,OK-3,,,,,,,',
    'Late,OK-4,,,,,gone,,',
    'Again,OK-1,,,,,,,',
  ].join('\n')
  for (const step of ['check', 'run'] as const) {
    const done = await bring(acme.admin, file, { dates: 'iso' }, step)
    expect(done, JSON.stringify(done)).toMatchObject({
      total: 7,
      done: 7,
      counts: { created: 1, refused: 6 },
    })
    const rows = await rowsOf(acme.admin, done, '?outcome=refused')
    const faults = rows.map(({ row, errors }) => [
      row,
      errors.map((error) => `${error.header} ${error.pointer} ${error.code}`).toSorted(),
    ])
    expect(faults).toEqual([
      [
        3,
        [
          'count /count number',
          'day /day format',
          'email /email format',
          'price.amount /price/amount scale',
          'shelf /shelfId reference',
          'state /state enum',
          'title /title required',
        ],
      ],
      [4, ['sku /sku unique']],
      [5, ['shelf /shelfId ambiguous']],
      [6, ['null  depot.contraband']],
      [7, ['state /state transition']],
      [8, ['sku /sku unique']],
    ])
    if (step === 'check') expect(await articles({ sku: 'OK-1' })).toEqual([])
  }
  expect(await articles({ sku: { startsWith: 'OK-' } })).toHaveLength(1)
})

test('refused rows come back as a file with their reasons, are repaired and imported again', async () => {
  const done = await bring(acme.admin, 'title;weight\r\nHeavy;1,5\r\n=Sum;lots\r\n', { numbers: 'de' })
  const answer = await acme.admin.raw('GET', `${ARTICLES}/imports/${done.id}/refused?locale=de`)
  expect(answer.headers.get('content-disposition')).toContain('articles-abgelehnt.csv')
  const file = Buffer.from(await answer.arrayBuffer()).toString()
  expect(file).toBe(
    `\ufefftitle;weight;Abgelehnt, weil\r\n'=Sum;lots;weight: Das ist keine Zahl in der gewählten Form.\r\n`,
  )
  const again = await bring(acme.admin, file.replace('lots', '2,25'))
  expect(again).toMatchObject({ counts: { created: 1, refused: 0 } })
  expect(await articles({ title: '=Sum' })).toMatchObject([{ weight: '2.250' }])
})

test('all rows or none: one that is refused takes all back', async () => {
  const before = await count()
  const file = 'title,count\nA1,1\nA2,two\nA3,3\n'
  const done = await bring(acme.admin, file, { atomic: true })
  expect(done).toMatchObject({ status: 'done', done: 3, counts: { created: 0, refused: 1 } })
  expect(await count()).toBe(before)
  expect((await bring(acme.admin, file.replace('two', '2'), { atomic: true })).counts).toMatchObject({
    created: 3,
  })
  expect(await count()).toBe(before + 3)
})

test('settings that make no sense are refused, each by its pointer', async () => {
  const { body } = await upload(acme.admin, 'title,sku\nx,y\n')
  const answer = await acme.admin.patch(`${ARTICLES}/imports/${body.id}`, {
    mode: 'delete',
    timeZone: 'Mars/Base',
    columns: [{ target: 'tenantId' }, { target: 'shelf', by: 'hidden' }, 5],
    constants: [{ target: 'title', text: 5, extra: '' }],
    nonsense: 1,
  })
  expectProblem(answer, 422, 'validation_failed')
  expect(answer.body.errors.map((each: { pointer: string }) => each.pointer).toSorted()).toEqual([
    '/columns/0/target',
    '/columns/1/by',
    '/columns/2',
    '/constants/0/extra',
    '/constants/0/text',
    '/mode',
    '/nonsense',
    '/timeZone',
  ])
  const twice = await acme.admin.patch<ImportDocument>(`${ARTICLES}/imports/${body.id}`, {
    columns: [{ target: 'sku' }, { target: 'sku' }],
    mode: 'update',
  })
  expect(twice.body.problems.map(({ pointer }) => pointer)).toEqual(['/columns/1/target', '/match'])
  expectProblem(await acme.admin.post(`${ARTICLES}/imports/${body.id}/run`), 422, 'validation_failed')
})

test('references by id to nothing are refused by their cell', async () => {
  const nowhere = '01920000-0000-7000-8000-000000000000'
  const file = `title,shelfId\nR1,${nowhere}\nR3,\nR4,no id\n`
  for (const step of ['check', 'run'] as const) {
    const done = await bring(acme.admin, file, {}, step)
    expect(done.counts).toMatchObject({ created: 1, refused: 2 })
    expect(await rowsOf(acme.admin, done, '?outcome=refused')).toMatchObject([
      { row: 2, errors: [{ pointer: '/shelfId', code: 'reference', header: 'shelfId' }] },
      { row: 4, errors: [{ pointer: '/shelfId', code: 'format', header: 'shelfId' }] },
    ])
  }
})

test('a rule of the manifest is told in the language of whoever asks for the refused rows', async () => {
  const path = '/billing/invoices'
  const file = 'subject,issuedOn,dueOn\nGlass,2026-02-02,2026-02-01\n'
  const done = await bring(acme.admin, file, { dates: 'iso' }, 'run', { path })
  expect(done.counts, JSON.stringify(done)).toMatchObject({ refused: 1 })
  const reasons = async (query = ''): Promise<string> =>
    (await acme.admin.raw('GET', `${path}/imports/${done.id}/refused${query}`)).text()
  const [english, german] = [
    'It cannot be due before it is issued.',
    'Sie kann nicht vor der Ausstellung fällig sein.',
  ]
  expect(await reasons('?locale=de')).toContain(german)
  // The workspace speaks English, and this member has chosen nothing yet.
  expect(await reasons()).toContain(english)
  await acme.admin.patch('/session', { locale: 'de' })
  expect(await reasons()).toContain(german)
  expect(await reasons('?locale=en')).toContain(english)
  expectProblem(await acme.admin.get(`${path}/imports/${done.id}/refused?locale=fr`), 400, 'query_invalid')
})
