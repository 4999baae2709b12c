import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { bring } from './import-client.ts'

const platform = await bootFixtures({ plugins: ['garage'], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const tenant = platform.tenant('acme')
const { admin } = tenant
const CARS = '/garage/cars'
const FIELDS = '/custom-fields/garage/car'

for (const field of [
  { type: 'money', label: 'Price', currency: 'EUR', min: 0, max: 1000 },
  { type: 'money', label: 'Paid' },
  { type: 'money', label: 'Fee', currency: 'JPY', default: '100' },
  { type: 'address', label: 'Parked' },
  { type: 'json', label: 'Report' },
]) {
  const { status, text } = await admin.post(FIELDS, field)
  if (status !== 201) throw new Error(text)
}

let plates = 0
const make = (custom: object) => admin.post(CARS, { plate: `P ${(plates += 1)}`, custom })
const pointersOf = (body: { errors: { pointer: string; code: string }[] }) =>
  Object.fromEntries(body.errors.map(({ pointer, code }) => [pointer, code]))
const find = async (filter: object, sort = 'plate') => {
  const query = `filter=${encodeURIComponent(JSON.stringify(filter))}&sort=${sort}`
  const { status, body, text } = await admin.get(`${CARS}?${query}`)
  expect(status, text).toBe(200)
  return body.items.map((item: { plate: string }) => item.plate).join()
}

test('amounts, addresses and data are brought into the form declared fields have them in', async () => {
  const { status, body, text } = await make({
    price: { amount: 12.5 },
    paid: { amount: '0.1', currency: 'kwd' },
    parked: { street: ' Elbweg 1 ', city: 'Altona', zip: '', country: 'de' },
    report: { b: 1, a: [true] },
  })
  expect(status, text).toBe(201)
  expect(body.custom).toEqual({
    price: { amount: '12.50', currency: 'EUR' },
    paid: { amount: '0.100', currency: 'KWD' },
    fee: { amount: '100', currency: 'JPY' },
    parked: { city: 'Altona', street: 'Elbweg 1', country: 'DE' },
    report: { a: [true], b: 1 },
  })
  // Its members in the same order, too.
  expect(JSON.stringify((await admin.get(`${CARS}/${body.id}`)).body)).toBe(JSON.stringify(body))
  const emptied = await admin.patch(
    `${CARS}/${body.id}`,
    { custom: { price: { amount: '', currency: 'EUR' }, parked: { city: '' }, report: null } },
    { version: 1 },
  )
  expect(emptied.body.custom).toMatchObject({ price: null, parked: null, report: null })
  expect(
    await tenant.sql(`SELECT number, text FROM shared.garage_car__custom WHERE record_id = $1 ORDER BY 2`, [
      body.id,
    ]),
  ).toEqual([
    { number: '100', text: 'JPY' },
    { number: '100', text: 'KWD' },
  ])
})

test('what is wrong is named by pointer, down to the part', async () => {
  const { status, body } = await make({
    price: { amount: '1000.01' },
    paid: { amount: '1.234', currency: 'EUR' },
    fee: { amount: '1', currency: 'EUR' },
    parked: { country: 'XX', planet: 'Mars' },
    report: 'x',
  })
  expect([status, pointersOf(body)]).toEqual([
    422,
    {
      '/custom/price/amount': 'decimalRange',
      '/custom/paid/amount': 'scale',
      '/custom/fee/currency': 'enum',
      '/custom/parked/country': 'format',
      '/custom/parked/planet': 'unknown',
      '/custom/report': 'type',
    },
  ])
})

test.each([
  [{ type: 'money', label: 'X', currency: 'XXX' }, '/currency', 'currency_unknown'],
  [{ type: 'int', label: 'X', currency: 'EUR' }, '/currency', 'option_not_allowed'],
  [{ type: 'money', label: 'X', unique: true }, '/unique', 'option_not_allowed'],
  [{ type: 'money', label: 'X', default: '1' }, '/default', 'default_invalid'],
  [{ type: 'money', label: 'X', currency: 'JPY', default: '1.5' }, '/default', 'default_invalid'],
  [{ type: 'address', label: 'X', search: true }, '/search', 'option_not_allowed'],
  [{ type: 'money', label: 'X', currency: 7 }, '/currency', 'type'],
])('%j is no field: %s %s', async (field, pointer, code) => {
  const { status, body } = await admin.post(FIELDS, field)
  expect([status, pointersOf(body)]).toEqual([422, { [pointer]: code }])
})

test('the currency of a field in use stays', async () => {
  const { items } = (await admin.get(FIELDS)).body
  const price = items.find(({ name }: { name: string }) => name === 'price')
  for (const currency of ['USD', null]) {
    const { status, body } = await admin.patch(
      `${FIELDS}/${price.id}`,
      { currency },
      { version: price.version },
    )
    expect([status, pointersOf(body)]).toEqual([422, { '/currency': 'immutable' }])
  }
})

test('records are found, put in order and added up by amounts, within their currency', async () => {
  for (const [plate, price, paid] of [
    ['A', '9.99', { amount: '10', currency: 'JPY' }],
    ['B', '10', { amount: '10', currency: 'EUR' }],
    ['C', null, { amount: '0.01', currency: 'EUR' }],
    ['D', '0', null],
  ])
    expect(
      (await admin.post(CARS, { plate, seats: 77, custom: { price: price && { amount: price }, paid } }))
        .status,
    ).toBe(201)
  const seats = { seats: 77 }
  for (const [condition, expected] of [
    [{ 'custom.price': '9.99' }, 'A'],
    [{ 'custom.price': { gt: '0', lte: '10' } }, 'A,B'],
    [{ 'custom.price': { ne: '10.00' } }, 'A,C,D'],
    [{ 'custom.price': { nin: ['10', '0'] } }, 'A,C'],
    [{ 'custom.price': null }, 'C'],
    [{ 'custom.price': { isNull: false } }, 'A,B,D'],
    [{ 'custom.price': { eq: { amount: '10', currency: 'USD' } } }, ''],
    [{ 'custom.paid': { gte: { amount: '0.01', currency: 'EUR' } } }, 'B,C'],
    [{ 'custom.paid': { currency: 'JPY' } }, 'A'],
    [{ 'custom.parked': { isNull: true } }, 'A,B,C,D'],
  ] as const)
    expect([condition, await find({ ...seats, ...condition })]).toEqual([condition, expected])
  expect(await find(seats, 'custom.price')).toBe('D,A,B,C')
  expect(await find(seats, '-custom.price')).toBe('B,A,D,C')
  for (const sort of ['custom.paid', 'custom.parked', 'custom.report'])
    expect((await admin.get(`${CARS}?sort=${sort}`)).body.errors[0].code).toBe('unknown_field')
  const filter = encodeURIComponent(JSON.stringify(seats))
  const { body, text } = await admin.get(
    `${CARS}/aggregate?sum=custom.price,custom.paid&avg=custom.price&sort=custom.paid.currency&filter=${filter}`,
  )
  expect(body.groups, text).toMatchObject([
    {
      key: { 'custom.paid.currency': 'EUR' },
      sum: { 'custom.paid': { amount: '10.01', currency: 'EUR' } },
    },
    {
      key: { 'custom.paid.currency': 'JPY' },
      sum: {
        'custom.price': { amount: '9.99', currency: 'EUR' },
        'custom.paid': { amount: '10', currency: 'JPY' },
      },
    },
    { key: { 'custom.paid.currency': null }, avg: { 'custom.price': { amount: '0.00', currency: 'EUR' } } },
  ])
})

test('files have a column for each part, and bring them back', async () => {
  const { text: file } = await admin.get(
    `${CARS}/export?sort=plate&fields=plate,custom.price,custom.parked,custom.report&filter=${encodeURIComponent('{"seats":77}')}`,
  )
  const [header, first] = file.trim().split(/\r?\n/)
  expect([header, first]).toEqual([
    'plate,custom.price.amount,custom.price.currency,custom.parked.street,custom.parked.zip,custom.parked.city,custom.parked.country,custom.report',
    'A,9.99,EUR,,,,,',
  ])
  const rows = ['F 1,5.25,EUR,Elbweg 1,22767,Hamburg,DE,"{""a"":1}"', 'F 2,,EUR,,,,,']
  const done = await bring(admin, [header, ...rows].join('\n'), {}, 'run', { path: CARS })
  expect(done).toMatchObject({ status: 'done', counts: { created: 2 } })
  const { body } = await admin.get(
    `${CARS}?sort=plate&filter=${encodeURIComponent('{"plate":{"startsWith":"F "}}')}`,
  )
  expect(body.items.map((item: { custom: object }) => item.custom)).toMatchObject([
    {
      price: { amount: '5.25', currency: 'EUR' },
      parked: { street: 'Elbweg 1', zip: '22767', city: 'Hamburg', country: 'DE' },
      report: { a: 1 },
    },
    { price: null, parked: null, report: null },
  ])
})

test('the document of the workspace knows them', async () => {
  const { body } = await admin.get('/openapi.json')
  const { properties } = body.components.schemas['garage.car'].properties.custom
  expect(JSON.stringify(properties.price)).toContain('"currency"')
  expect(JSON.stringify(properties.parked)).toContain('"country"')
})
