import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { addField, CARS, carsWhere, EACH_CAR_FIELD } from './cars.ts'

const platform = await bootFixtures({ plugins: ['garage'], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const { admin, member } = platform.tenant('acme')

for (const field of EACH_CAR_FIELD) await addField(admin, field)
const asking = (filter: object) => carsWhere(filter, '&limit=200')

let plates = 0
const make = (custom: object, more: object = {}) =>
  admin.post(CARS, { plate: `P ${(plates += 1)}`, ...more, custom })

test('records are grouped, counted and added up by fields that were added', async () => {
  for (const [fuel, price, built] of [
    ['gas', '1.005', '2021-01-31'],
    ['gas', '2', '2021-02-01'],
    ['current', null, null],
  ])
    await make({ region: 'sums', fuel, price, built, doors: 2 })
  const filter = encodeURIComponent(JSON.stringify({ 'custom.region': 'sums' }))
  const { body, text } = await admin.get(
    `${CARS}/aggregate?group=custom.fuel&sum=custom.price,custom.doors&max=custom.built&sort=-sum.custom.price&filter=${filter}`,
  )
  expect(body.groups, text).toEqual([
    expect.objectContaining({ key: { 'custom.fuel': 'current' }, count: 1 }),
    {
      key: { 'custom.fuel': 'gas' },
      count: 2,
      sum: { 'custom.price': '3.005', 'custom.doors': 4 },
      max: { 'custom.built': '2021-02-01' },
    },
  ])
  const months = await admin.get(`${CARS}/aggregate?group=custom.built:month&filter=${filter}`)
  expect(months.body.groups.map((each: { key: object }) => each.key)).toEqual([
    { 'custom.built': '2021-01-01' },
    { 'custom.built': '2021-02-01' },
    { 'custom.built': null },
  ])
})

test('a path may end in a field that was added, of a record that may be seen', async () => {
  await admin.post('/custom-fields/garage/repair', { type: 'int', label: 'Hours' })
  const { body: car } = await make({ region: 'paths', doors: 4, story: 'long' })
  await admin.post('/garage/repairs', { title: 'Brakes', carId: car.id, custom: { hours: 3 } })
  await admin.post('/garage/repairs', { title: 'Paint' })
  const repairs = async (client: typeof admin, filter: object) =>
    (await client.get(`/garage/repairs?filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.items.map(
      (each: { title: string }) => each.title,
    )
  expect(await repairs(admin, { 'car.custom.region': 'paths', 'custom.hours': { gte: 3 } })).toEqual([
    'Brakes',
  ])
  expect(await repairs(admin, { 'car.custom.doors': { lt: 4 } })).toEqual([])
  expect(await repairs(admin, { 'car.custom.story': { contains: 'LON' } })).toEqual(['Brakes'])
  expect(await repairs(admin, { 'car.custom.extras': { isNull: true } })).toEqual(['Brakes'])
  // Members see repairs, but of cars only their own.
  expect(await repairs(member, { 'car.custom.region': 'paths' })).toEqual([])
  const { id } = (await member.session()).member
  await admin.patch(`${CARS}/${car.id}`, { ownerId: id }, { version: 1 })
  expect(await repairs(member, { 'car.custom.region': 'paths' })).toEqual(['Brakes'])
})

test.each([
  ['filter={"custom.nothing":1}', '/query/filter/custom.nothing', 'unknown_field'],
  ['filter={"custom":1}', '/query/filter/custom', 'unknown_field'],
  ['filter={"custom":{"isNull":true}}', '/query/filter/custom', 'unknown_field'],
  ['filter={"custom.doors.x":1}', '/query/filter/custom.doors.x', 'unknown_field'],
  ['filter={"custom.doors":"x"}', '/query/filter/custom.doors', 'type'],
  ['filter={"custom.doors":{"contains":"1"}}', '/query/filter/custom.doors/contains', 'operator'],
  ['filter={"custom.extras":"x"}', '/query/filter/custom.extras', 'type'],
  ['filter={"custom.keeper":{"lt":"x"}}', '/query/filter/custom.keeper/lt', 'operator'],
  [`filter={"custom.doors' OR true --":1}`, `/query/filter/custom.doors' OR true --`, 'unknown_field'],
  ['sort=custom.story', '/query/sort', 'unknown_field'],
  ['sort=custom', '/query/sort', 'unknown_field'],
  ['fields=custom.nothing', '/query/fields', 'unknown_field'],
])('%s is refused with 400', async (query, pointer, code) => {
  const [name, value] = [query.slice(0, query.indexOf('=')), query.slice(query.indexOf('=') + 1)]
  const { status, body } = await admin.get(`${CARS}?${name}=${encodeURIComponent(value)}`)
  expect([status, body.errors?.[0]]).toEqual([400, expect.objectContaining({ pointer, code })])
})

test('numbers that no value can have are compared exactly', async () => {
  await make({ region: 'exact', price: '1.005' })
  const count = async (condition: unknown) =>
    (await admin.get(asking({ 'custom.region': 'exact', 'custom.price': condition }))).body.items.length
  expect(await count('1.0050')).toBe(1)
  expect(await count('1.0051')).toBe(0)
  expect(await count({ lt: '1.0051' })).toBe(1)
  expect(await count({ gt: '1.0049' })).toBe(1)
  expect(await count({ lt: '999999999999999999.5' })).toBe(1)
  expect(await count({ in: ['7', '1.005'] })).toBe(1)
  expect(await count({ in: ['7', '1.0051'] })).toBe(0)
})

test('searching finds texts of searchable fields, without regard to case and accents', async () => {
  const { body: car } = await make({ story: 'Bought in Zürich' })
  const search = async (q: string) =>
    (await admin.get(`${CARS}?q=${encodeURIComponent(q)}`)).body.items.map((each: { id: string }) => each.id)
  expect(await search('zurich BOUGHT')).toEqual([car.id])
  expect(await search(`zurich ${car.plate}`)).toEqual([car.id])
  await admin.patch(`${CARS}/${car.id}`, { custom: { story: null } }, { version: 1 })
  expect(await search('zurich')).toEqual([])
})
