import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { bring, rowsOf, upload } from './import-client.ts'

const platform = await bootFixtures({ plugins: ['garage'], tenants: [{ slug: 'acme' }, { slug: 'beta' }] })
afterAll(() => platform.stop())
const { admin } = platform.tenant('acme')
const CARS = '/garage/cars'
const at = { path: CARS }

for (const field of [
  { type: 'decimal', label: { de: 'Preis', en: 'Price' }, scale: 2 },
  { type: 'enum', label: { de: 'Antrieb', en: 'Fuel' }, values: [{ label: { de: 'Gas', en: 'Gas fuel' } }] },
  { type: 'tags', label: 'Extras' },
  { type: 'date', label: { de: 'Baujahr', en: 'Built' } },
  { type: 'member', label: { de: 'Halter', en: 'Keeper' } },
  { type: 'string', label: { de: 'Fahrgestell', en: 'Chassis' }, unique: true },
])
  await admin.post('/custom-fields/garage/car', field)
const [member] = (await admin.get('/members')).body.items
const cars = async (filter: object) =>
  (await admin.get(`${CARS}?sort=plate&filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.items

const FILE = [
  'Plate;Preis;Antrieb;Extras;Baujahr;Halter (Name);Fahrgestell',
  `F 1;1.234,5;Gas;"roof, hook";3.2.2020;${member.label};W-1`,
  'F 2;;;;;;W-2',
].join('\n')

test('a file brings values of the fields a workspace has added, by their labels', async () => {
  const { body } = await upload(admin, FILE, at)
  expect(body.settings.columns.map((column) => column?.target)).toEqual([
    'plate',
    'custom.price',
    'custom.fuel',
    'custom.extras',
    'custom.built',
    'custom.keeper.name',
    'custom.chassis',
  ])
  const done = await bring(admin, FILE, {}, 'run', at)
  expect(done).toMatchObject({ status: 'done', counts: { created: 2 } })
  const [first, second] = await cars({ plate: { startsWith: 'F ' } })
  expect(first.custom).toEqual({
    price: '1234.50',
    fuel: 'gas-fuel',
    extras: ['roof', 'hook'],
    built: '2020-02-03',
    keeper: member.id,
    chassis: 'W-1',
  })
  expect(second.custom).toMatchObject({ price: null, chassis: 'W-2' })
})

test('refused cells are named with their column, tried out as well as carried out', async () => {
  const file =
    'plate;custom.price;custom.fuel;custom.chassis\nG 1;x;steam;W-9\nG 2;1;gas-fuel;W-1\nG 3;1,555;gas-fuel;W-8\n'
  for (const step of ['check', 'run'] as const) {
    const done = await bring(admin, file, {}, step, at)
    const rows = await rowsOf(admin, done, '?outcome=refused', CARS)
    expect(
      rows.map((row) => row.errors.map(({ pointer, code, header }) => [pointer, code, header])),
      step,
    ).toEqual([
      [
        ['/custom/price', 'number', 'custom.price'],
        ['/custom/fuel', 'enum', 'custom.fuel'],
      ],
      [['/custom/chassis', 'unique', 'custom.chassis']],
      [['/custom/price', 'pattern', 'custom.price']],
    ])
  }
})

test('records are found by a unique field of the workspace', async () => {
  const file = 'custom.chassis;plate;custom.price\nW-1;F 1 new;7\nW-3;F 3;8\n'
  const done = await bring(admin, file, { mode: 'upsert', match: 'custom.chassis' }, 'run', at)
  expect(done.counts).toMatchObject({ updated: 1, created: 1 })
  const [found] = await cars({ 'custom.chassis': 'W-1' })
  expect(found).toMatchObject({
    plate: 'F 1 new',
    custom: { price: '7.00', fuel: 'gas-fuel', keeper: member.id },
  })
})

test('a file that is taken out can be brought in again, and says the same', async () => {
  const { text } = await admin.get(
    `${CARS}/export?fields=plate,custom&sort=plate&filter=%7B%22custom.chassis%22%3A%22W-1%22%7D`,
  )
  const [header, row] = text.trim().split('\r\n')
  expect(header).toBe(
    'plate,custom.price,custom.fuel,custom.extras,custom.built,custom.keeper,custom.keeper.name,custom.chassis',
  )
  expect(row).toContain(`,${member.id},${member.label},W-1`)
  const done = await bring(admin, text, { mode: 'update', match: 'custom.chassis' }, 'run', at)
  expect(done.counts).toMatchObject({ unchanged: 1 })
  const workbook = await admin.get(`${CARS}/export?format=xlsx&locale=de`)
  expect(workbook.status).toBe(200)
})

test('another workspace has nothing to bring in there', async () => {
  const { body } = await upload(platform.tenant('beta').admin, FILE, at)
  expect(body.settings.columns.map((column) => column?.target ?? null)).toEqual([
    'plate',
    null,
    null,
    null,
    null,
    null,
    null,
  ])
})

test('a column is not taken for a field of the workspace because it is called custom', async () => {
  await admin.post('/custom-fields/garage/car', { type: 'int', label: 'kW' })
  const { body } = await upload(admin, 'Plate;Custom?;Customs;custom.kw\nH 1;a;b;3\n', at)
  expect(body.settings.columns.map((column) => column?.target ?? null)).toEqual([
    'plate',
    null,
    null,
    'custom.kw',
  ])
})
