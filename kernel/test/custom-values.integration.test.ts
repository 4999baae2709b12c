import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { addField, CAR_FIELDS, CARS, carsWhere, EACH_CAR_FIELD } from './cars.ts'

const platform = await bootFixtures({ plugins: ['garage'], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const { admin } = platform.tenant('acme')

for (const field of EACH_CAR_FIELD) await addField(admin, field)
const keeper = (await admin.get('/members')).body.items[0].id as string
const asking = (filter: object) => carsWhere(filter, '&limit=200')

let plates = 0
const make = (custom: object, more: object = {}) =>
  admin.post(CARS, { plate: `P ${(plates += 1)}`, ...more, custom })
const pointersOf = (body: { errors: { pointer: string; code: string }[] }) =>
  Object.fromEntries(body.errors.map(({ pointer, code }) => [pointer, code]))

test('values are checked, brought into their normal form and answered like those of declared fields', async () => {
  const { status, body, text } = await make({
    region: ' north ',
    story: 'Once  ',
    doors: 5,
    price: 2.5,
    sold: true,
    built: '2020-02-29',
    seenAt: '2024-01-01T12:00:00.120+02:00',
    fuel: 'gas',
    extras: [' hook ', 'roof'],
    page: 'https://exämple.org/x',
    mail: 'Ann@Example.ORG',
    phone: '+49 40 123',
    keeper,
    chassis: 'WVW1',
  })
  expect(status, text).toBe(201)
  expect(body.custom).toEqual({
    region: 'north',
    story: 'Once  ',
    doors: 5,
    price: '2.500',
    sold: true,
    built: '2020-02-29',
    seenAt: '2024-01-01T10:00:00.12+00:00',
    fuel: 'gas',
    extras: ['hook', 'roof'],
    page: 'https://xn--exmple-cua.org/x',
    mail: 'ann@example.org',
    phone: '+49 40 123',
    keeper,
    chassis: 'WVW1',
    seen: null,
  })
  expect((await admin.get(`${CARS}/${body.id}`)).body).toEqual(body)
  const partly = (await admin.get(`${CARS}/?fields=custom.doors,plate`.replace('/?', '?'))).body.items
  expect(partly[0]).toEqual({ id: body.id, version: 1, plate: 'P 1', custom: { doors: 5 } })
})

test('everything that is wrong is named at once, by pointer', async () => {
  const { status, body } = await make(
    {
      region: 'NORTH',
      doors: 10,
      price: '100.001',
      sold: 'yes',
      built: '2023-02-29',
      seenAt: 'now',
      fuel: 'steam',
      extras: 'hook',
      page: 'ftp://x',
      mail: 'x',
      phone: 'x',
      keeper: 'x',
      chassis: 'a\u0000',
      nothing: 1,
      ['a/b']: 1,
    },
    { plate: '', wheels: 4 },
  )
  expect(status).toBe(400)
  const storable = await make(
    {
      region: 'NORTH',
      doors: 10,
      price: '100.001',
      sold: 'yes',
      built: '2023-02-29',
      seenAt: 'now',
      fuel: 'steam',
      extras: 'hook',
      page: 'ftp://x',
      mail: 'x',
      phone: 'x',
      keeper: 'x',
      nothing: 1,
      'a/b': 1,
    },
    { plate: '', wheels: 4 },
  )
  expect(body.code).toBe('text_invalid')
  expect([storable.status, pointersOf(storable.body)]).toEqual([
    422,
    {
      '/plate': expect.any(String),
      '/wheels': 'unknown',
      '/custom/region': 'pattern',
      '/custom/doors': 'maximum',
      '/custom/price': 'decimalRange',
      '/custom/sold': 'type',
      '/custom/built': 'format',
      '/custom/seenAt': 'format',
      '/custom/fuel': 'enum',
      '/custom/extras': 'type',
      '/custom/page': expect.any(String),
      '/custom/mail': 'format',
      '/custom/phone': 'pattern',
      '/custom/keeper': 'format',
      '/custom/nothing': 'unknown',
      '/custom/a~1b': 'unknown',
    },
  ])
  for (const custom of [null, [], 'x', 3]) {
    const wrong = await admin.post(CARS, { plate: 'X', custom })
    expect([wrong.status, pointersOf(wrong.body)]).toEqual([422, { '/custom': 'type' }])
  }
  const proto = await admin.send('POST', CARS, {
    headers: { 'content-type': 'application/json' },
    body: '{"plate":"X","custom":{"__proto__":{"doors":1}}}',
  })
  expect([proto.status, pointersOf(proto.body)]).toEqual([422, { '/custom/__proto__': 'unknown' }])
})

test('a change names what changes, null empties, and what is not named stays', async () => {
  const { body: car } = await make({ region: 'a', doors: 3, extras: ['x', 'y'] })
  const path = `${CARS}/${car.id}`
  const { body } = await admin.patch(path, { custom: { doors: null, extras: ['y'] } }, { version: 1 })
  expect(body).toMatchObject({ version: 2, custom: { region: 'a', doors: null, extras: ['y'] } })
  const same = await admin.patch(path, { custom: { region: ' a ' } }, { version: 2 })
  expect(same.body.version).toBe(2)
  const found = async (filter: object) =>
    (await admin.get(asking({ ...filter, id: car.id }))).body.items.length
  expect(await found({ 'custom.doors': 3 })).toBe(0)
  expect(await found({ 'custom.doors': null })).toBe(1)
  expect(await found({ 'custom.extras': { contains: 'x' } })).toBe(0)
  expect(await found({ 'custom.extras': { contains: 'y' } })).toBe(1)
})

test('what must be unique is, and a member must exist', async () => {
  expect((await make({ chassis: 'ONE' })).status).toBe(201)
  const twice = await make({ chassis: 'ONE' })
  expect([twice.status, twice.body.code, pointersOf(twice.body)]).toEqual([
    409,
    'unique_violated',
    { '/custom/chassis': 'unique' },
  ])
  const { body: other } = await make({ chassis: 'TWO' })
  const taken = await admin.patch(`${CARS}/${other.id}`, { custom: { chassis: 'ONE' } }, { version: 1 })
  expect(taken.status).toBe(409)
  const nobody = await make({ keeper: '00000000-0000-4000-8000-000000000000' })
  expect([nobody.status, nobody.body.code, pointersOf(nobody.body)]).toEqual([
    422,
    'reference_unknown',
    { '/custom/keeper': 'reference' },
  ])
  const parallel = await Promise.all(Array.from({ length: 6 }, () => make({ chassis: 'RACE' })))
  expect(parallel.filter(({ status }) => status === 201)).toHaveLength(1)
})

test('a required field is asked of new records and never emptied, and records from before are left alone', async () => {
  const old = (await make({})).body
  const { body: field } = await admin.post(CAR_FIELDS, { type: 'int', label: 'Weight', required: true })
  const missing = await make({})
  expect([missing.status, pointersOf(missing.body)]).toEqual([422, { '/custom/weight': 'required' }])
  expect((await admin.post(CARS, { plate: 'X' })).status).toBe(422)
  expect((await make({ weight: null })).status).toBe(422)
  const heavy = await make({ weight: 3 })
  expect(heavy.status).toBe(201)
  const emptied = await admin.patch(`${CARS}/${heavy.body.id}`, { custom: { weight: null } }, { version: 1 })
  expect([emptied.status, pointersOf(emptied.body)]).toEqual([422, { '/custom/weight': 'required' }])
  expect((await admin.patch(`${CARS}/${old.id}`, { seats: 4 }, { version: 1 })).status).toBe(200)
  const eased = await admin.patch(`${CAR_FIELDS}/${field.id}`, { default: 7 }, { version: 1 })
  expect(eased.status, eased.text).toBe(200)
  expect((await make({})).body.custom.weight).toBe(7)
  expect((await admin.delete(`${CAR_FIELDS}/${field.id}`)).status).toBe(204)
})

test('many at once are judged one by one', async () => {
  const { body } = await admin.post(`${CARS}/bulk`, {
    create: [
      { plate: 'B 1', custom: { doors: 1, chassis: 'BULK' } },
      { plate: 'B 2', custom: { doors: 'x' } },
      { plate: 'B 3', custom: { chassis: 'BULK' } },
    ],
  })
  expect(body.items.map((each: { status: number }) => each.status)).toEqual([201, 422, 409])
  expect(body.items[1].problem.errors[0].pointer).toBe('/custom/doors')
  expect(body.items[2].problem.errors[0].pointer).toBe('/custom/chassis')
  expect((await admin.get(asking({ 'custom.chassis': 'BULK' }))).body.items).toHaveLength(1)
})

test('the audit says which values changed, events do too but never those of persons', async () => {
  const { body: car } = await make({ region: 'a', doors: 1, mail: 'a@example.org' })
  await admin.patch(
    `${CARS}/${car.id}`,
    { seats: 9, custom: { doors: 2, mail: 'b@example.org' } },
    { version: 1 },
  )
  const { items } = (await admin.get(`/audit?subjectId=${car.id}`)).body
  expect(items[0]).toMatchObject({
    before: { seats: null, custom: { doors: 1, mail: 'a@example.org' } },
    after: { seats: 9, custom: { doors: 2, mail: 'b@example.org' } },
  })
  expect(Object.keys(items[0].after.custom).toSorted()).toEqual(['doors', 'mail'])
  const events = await platform.sql(`SELECT data FROM plinth.outbox WHERE subject = $1 ORDER BY id`, [car.id])
  expect(JSON.stringify(events)).not.toContain('example.org')
  expect(events[1]!['data']).toMatchObject({
    changed: ['seats', 'custom.doors', 'custom.mail'],
    before: { seats: null, custom: { doors: 1 } },
    record: { custom: { region: 'a', doors: 2 } },
  })
})

test('the code of plugins sees the values, may set and refuse them, and finds records by them', async () => {
  expect((await make({ seen: null })).body.custom.seen).toBe('by the hook')
  expect((await make({ region: 'refused' })).body.code).toBe('garage.region')
  const sealed = (await make({ region: 'sealed' })).body
  expect((await admin.patch(`${CARS}/${sealed.id}`, { custom: { doors: 1 } }, { version: 1 })).status).toBe(
    200,
  )
  expect(
    (await admin.patch(`${CARS}/${sealed.id}`, { custom: { region: 'x' } }, { version: 2 })).body.code,
  ).toBe('garage.sealed')
  await make({ region: 'west' })
  await make({ region: 'west' })
  expect((await admin.get('/garage/regions/west')).body).toEqual({ count: 2, regions: ['west', 'west'] })
})

test('a deleted record leaves nothing behind', async () => {
  const { body: car } = await make({ region: 'gone', chassis: 'GONE' })
  await admin.delete(`${CARS}/${car.id}`)
  expect(
    await platform.sql(`SELECT 1 FROM shared.garage_car__custom WHERE record_id = $1`, [car.id]),
  ).toEqual([])
  expect((await make({ chassis: 'GONE' })).status).toBe(201)
})
