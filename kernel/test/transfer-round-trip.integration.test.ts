import type { EntityMeta } from '@plinth/sdk'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { ARTICLES, bring, rowsOf, XLSX } from './import-client.ts'
import { isVisible } from './plain-text.ts'
import type { AnyRecord, TestPlatform, TestTenant } from './support/index.ts'
import { runs } from './support/chance.ts'
import { edgesOf } from './support/edge-values.ts'

let platform: TestPlatform
let acme: TestTenant
let shelves: string[]
let keeperId: string

beforeAll(async () => {
  platform = await bootFixtures({
    plugins: ['depot'],
    tenants: [{ slug: 'acme', timeZone: 'Europe/Berlin' }],
  })
  acme = platform.tenant('acme')
  keeperId = (await acme.admin.session()).member.id
  const made = await acme.admin.post('/depot/shelves/bulk', {
    create: [{ name: '=1+1' }, { name: ' "quoted"; \n', code: 'x' }, { name: "'@'" }],
  })
  shelves = made.body.items.map((item: { record: AnyRecord }) => item.record.id)
})
afterAll(() => platform.stop())

/** What spreadsheets, files and programs get wrong. */
const evil = fc.oneof(
  fc.constantFrom(
    '=HYPERLINK("http://evil.example","x")',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\tTab',
    '\rReturn',
    "'quoted'",
    "'=x",
    "''=x",
    '＝1',
    'a\r\nb',
    'a\rb',
    '"',
    '""',
    ',',
    ';',
    '007',
    '0',
    '-5',
    '1,5',
    '1.234',
    '1e5',
    '2026-01-02',
    'true',
    'ja',
    'null',
    '_x000D_',
    '_x005F_x000D_',
    '\u202eright to left',
    'שלום',
    '👩‍👩‍👧',
    '\u0001\u0008\u001f',
    '\ufeffmark',
    ' space around ',
    '<b>&amp;</b>',
    ']]>',
    '\ufffe\uffff',
    '\u0085\u2028',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => text.isWellFormed() && !text.includes('\0')),
  fc.string({ maxLength: 20 }),
)
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 3 })
const filled = evil.filter(isVisible)
const time = fc.oneof(
  fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
  // Clocks show this hour twice.
  fc.date({ min: new Date('2026-10-25T00:00Z'), max: new Date('2026-10-25T02:00Z'), noInvalidDate: true }),
  fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
)
const decimal = (whole: number, digits: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.boolean(),
      fc.bigInt({ min: 0n, max: 10n ** BigInt(whole) - 1n }),
      fc.integer({ min: 0, max: 10 ** digits - 1 }),
    )
    .map(([minus, big, rest]) => `${minus ? '-' : ''}${big}.${String(rest).padStart(digits, '0')}`)

const article = fc.record({
  title: filled.map((text) => (text.trim() === 'Contraband' ? 'Other' : text)),
  price: maybe(
    fc.oneof(
      decimal(12, 2).map((amount) => ({ amount, currency: 'EUR' })),
      fc
        .bigInt({ min: -(10n ** 13n), max: 10n ** 13n })
        .map((amount) => ({ amount: String(amount), currency: 'JPY' })),
    ),
  ),
  fee: maybe(decimal(9, 2).map((amount) => ({ amount, currency: 'EUR' }))),
  place: maybe(
    fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lng: fc.double({ min: -180, max: 180, noNaN: true }),
    }),
  ),
  details: maybe(
    fc
      .dictionary(
        evil,
        fc.oneof(evil, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.array(evil)),
        { maxKeys: 3 },
      )
      .filter(
        (value) =>
          !('__proto__' in Object.fromEntries(Object.entries(value)) && Object.hasOwn(value, '__proto__')),
      ),
  ),
  weight: maybe(decimal(14, 3)),
  count: maybe(fc.integer({ min: -2_147_483_648, max: 2_147_483_647 })),
  phone: maybe(fc.constantFrom('+49 40 123456', '040/123', '(040) 1234')),
  website: maybe(fc.webUrl({ withQueryParameters: true }).filter((url) => URL.canParse(url))),
  email: maybe(fc.constantFrom('a@b.example', '+x@b.example', '-x@b.example')),
  address: maybe(
    fc.record({ street: filled, city: filled, country: fc.constantFrom('DE', 'NO') }, { requiredKeys: [] }),
  ),
  tags: maybe(
    fc.uniqueArray(
      filled
        .map((text) => text.trim().slice(0, 50).trim())
        .filter((text) => isVisible(text) && text.isWellFormed()),
      { minLength: 1, maxLength: 4 },
    ),
  ),
  note: maybe(evil),
  open: maybe(fc.boolean()),
  day: maybe(time.map((date) => date.toISOString().slice(0, 10)).filter((text) => text.length === 10)),
  at: maybe(time.map((date) => date.toISOString()).filter((text) => text.length === 24)),
  shelf: maybe(fc.nat({ max: 2 })),
  kept: fc.boolean(),
  state: fc.constantFrom('ordered', 'stored'),
})

const OWN = ['id', 'version', 'number', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy']

function essence(records: readonly AnyRecord[]): unknown[] {
  return records
    .map((record) => Object.fromEntries(Object.entries(record).filter(([name]) => !OWN.includes(name))))
    .map((record) => JSON.stringify(record))
    .toSorted()
}

const all = async (): Promise<AnyRecord[]> => (await acme.admin.get(`${ARTICLES}?limit=200`)).body.items

const WAYS = [
  { name: 'CSV for programs', query: '', type: 'text/csv', numbers: 'en' },
  { name: 'CSV for people, German', query: '&locale=de', type: 'text/csv', numbers: 'de' },
  {
    name: 'CSV for people, English, with tabs',
    query: '&locale=en&delimiter=tab',
    type: 'text/csv',
    numbers: 'en',
  },
  { name: 'a workbook', query: '&format=xlsx', type: XLSX, numbers: 'en' },
  { name: 'a workbook for people, German', query: '&format=xlsx&locale=de', type: XLSX, numbers: 'en' },
] as const

/** Takes all articles out as a file, deletes them, and brings them back: with what was there before and is there then. */
async function goAndComeBack({
  query,
  type,
  numbers,
}: (typeof WAYS)[number]): Promise<{ before: unknown[]; after: unknown[] }> {
  const before = await all()
  const file = await acme.admin.raw('GET', `${ARTICLES}/export?sort=createdAt${query}`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  await platform.sql('DELETE FROM shared.depot_article')
  const done = await bring(acme.admin, bytes, { numbers }, 'run', { type })
  expect(
    done.counts,
    JSON.stringify([await rowsOf(acme.admin, done, '?outcome=refused'), done.settings.columns]),
  ).toEqual({ created: before.length, updated: 0, unchanged: 0, refused: 0 })
  return { before: essence(before), after: essence(await all()) }
}

test.each(WAYS)(
  'records that leave as $name and come back are the same, whatever is in them',
  { timeout: runs(240_000) },
  async (way) => {
    await fc.assert(
      fc.asyncProperty(fc.array(article, { minLength: 1, maxLength: 12 }), async (inputs) => {
        await platform.sql('DELETE FROM shared.depot_article')
        const create = inputs.map(({ shelf, kept, ...input }) => ({
          ...input,
          shelfId: shelf === null ? null : shelves[shelf],
          keeperId: kept ? keeperId : null,
        }))
        await acme.admin.post(`${ARTICLES}/bulk`, { create })
        // Made-up values that are no values of their field, of which there are a few.
        fc.pre((await all()).length > 0)
        const { before, after } = await goAndComeBack(way)
        expect(after).toEqual(before)
      }),
      { numRuns: runs(25), endOnFailure: true },
    )
  },
)

test('values at the edges of their type leave and come back as well', async () => {
  const { body: meta } = await acme.admin.get<EntityMeta>('/meta/depot/article')
  const records: Record<string, unknown>[] = []
  for (const field of meta.fields.filter(
    ({ readOnly, ref, type }) => !readOnly && !ref && type !== 'member',
  )) {
    // Those that are taken stand side by side, so that there are few records.
    const create = edgesOf(field).map((value) => ({ title: 'Edge', [field.name]: value }))
    const { body } = await acme.admin.post(`${ARTICLES}/bulk`, { create })
    const made = body.items.flatMap((item: { record?: AnyRecord }) => item.record ?? []) as AnyRecord[]
    for (const [index, record] of made.entries())
      (records[index] ??= { title: 'Edge' })[field.name] = record[field.name]
  }
  expect(records.length).toBeGreaterThan(20)
  for (const way of WAYS) {
    await platform.sql('DELETE FROM shared.depot_article')
    await acme.admin.post(`${ARTICLES}/bulk`, { create: records })
    expect(await all()).toHaveLength(records.length)
    const { before, after } = await goAndComeBack(way)
    expect(after).toEqual(before)
  }
})

test('a file that goes back to where it came from changes nothing', async () => {
  await acme.admin.post(`${ARTICLES}/bulk`, {
    create: [
      { title: '=x', sku: '1', note: ' a\r\n' },
      { title: 'y', count: -1 },
    ],
  })
  const file = await acme.admin.raw('GET', `${ARTICLES}/export?format=xlsx`)
  const before = await all()
  const done = await bring(
    acme.admin,
    new Uint8Array(await file.arrayBuffer()),
    { mode: 'update', match: 'id', empty: 'clear' },
    'run',
    { type: XLSX },
  )
  expect(done.counts).toEqual({ created: 0, updated: 0, unchanged: before.length, refused: 0 })
  expect(await all()).toEqual(before)
})
