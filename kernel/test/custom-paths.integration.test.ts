import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import type { Client } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['garage', 'depot'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme

const make = async (path: string, input: object, client = admin): Promise<any> => {
  const { status, body, text } = await client.post(path, input)
  if (status !== 201) throw new Error(text)
  return body
}
const ask = (client: Client, path: string, filter: unknown, more = '') =>
  client.get(`${path}?sort=createdAt&filter=${encodeURIComponent(JSON.stringify(filter))}${more}`)
const found = async (filter: unknown, path = '/garage/repairs', client = admin): Promise<string[]> => {
  const { status, body, text } = await ask(client, path, filter)
  expect(status, text).toBe(200)
  return body.items.map((each: { id: string }) => each.id)
}

for (const slug of ['acme', 'other'])
  for (const [entity, field] of [
    ['car', { type: 'ref', label: 'Hitch', target: 'garage.trailer' }],
    ['car', { type: 'ref', label: 'Shelf', target: 'depot.shelf' }],
    ['car', { type: 'ref', label: 'Twin', target: 'garage.car' }],
    ['car', { type: 'string', label: 'Region' }],
    ['car', { type: 'string', label: 'Secret', mask: 'full' }],
    ['repair', { type: 'ref', label: 'Loan', target: 'garage.car' }],
    ['trailer', { type: 'int', label: 'Axles' }],
  ] as const)
    await make(`/custom-fields/garage/${entity}`, field, platform.tenant(slug).admin)

const north = await make('/garage/trailers', { plate: 'North', custom: { axles: 2 } })
const south = await make('/garage/trailers', { plate: 'South', custom: { axles: 4 } })
const red = await make('/garage/cars', {
  plate: 'Red',
  custom: { hitch: north.id, region: 'sea', secret: 'pearl' },
})
const blue = await make('/garage/cars', {
  plate: 'Blue',
  seats: 2,
  custom: { hitch: south.id.toUpperCase(), twin: red.id },
})
const first = (await make('/garage/repairs', { title: 'First', carId: red.id })).id
const second = (await make('/garage/repairs', { title: 'Second', custom: { loan: blue.id } })).id
const third = (await make('/garage/repairs', { title: 'Third', carId: blue.id, custom: { loan: red.id } })).id

test('a filter follows references of a workspace as it follows declared ones, and both by turns', async () => {
  expect(await found({ 'custom.loan.record.plate': 'Blue' })).toEqual([second])
  expect(await found({ 'custom.loan.record.plate': { startsWith: 'r' } })).toEqual([third])
  expect(await found({ 'custom.loan.record.seats': { lt: 3 } })).toEqual([second])
  expect(await found({ 'custom.loan.record.custom.region': 'sea' })).toEqual([third])
  expect(await found({ 'car.custom.hitch.record.plate': 'North' })).toEqual([first])
  expect(await found({ 'car.custom.hitch.record.custom.axles': { gte: 3 } })).toEqual([third])
  expect(await found({ 'custom.loan.record.custom.twin.record.custom.hitch.record.plate': 'North' })).toEqual(
    [second],
  )
  expect(await found({ 'custom.loan.record.custom.hitch': north.id })).toEqual([third])
})

test('under not, or and beside other conditions, and as a record must exist for it to be asked', async () => {
  expect(await found({ not: { 'custom.loan.record.plate': 'Blue' } })).toEqual([first, third])
  expect(
    await found({
      or: [{ 'custom.loan.record.plate': 'Blue' }, { 'car.custom.hitch.record.plate': 'North' }],
    }),
  ).toEqual([first, second])
  expect(await found({ title: 'Third', 'custom.loan.record.plate': 'Blue' })).toEqual([])
  expect(await found({ 'custom.loan.record.seats': null })).toEqual([third])
  const filter = encodeURIComponent(JSON.stringify({ 'custom.loan.record.plate': { in: ['Blue', 'Red'] } }))
  expect((await admin.get(`/garage/repairs?count=true&limit=1&filter=${filter}`)).body.total).toBe(2)
  const groups = await admin.get(`/garage/repairs/aggregate?group=custom.loan&filter=${filter}`)
  expect(groups.body.groups).toHaveLength(2)
})

test('costs no statement more', async () => {
  const plain = await platform.statements(() => ask(admin, '/garage/repairs', { title: 'First' }))
  const path = await platform.statements(() =>
    ask(admin, '/garage/repairs', { 'custom.loan.record.custom.hitch.record.plate': 'North' }),
  )
  expect(path).toBe(plain)
})

const refused = (code: string) => ({ status: 400, body: { code: 'query_invalid', errors: [{ code }] } })

test.each([
  ['no reference', { 'custom.region.record.plate': 'x' }, 'unknown_field'],
  ['no field of the workspace', { 'custom.nothing.record.plate': 'x' }, 'unknown_field'],
  ['no field at its end', { 'custom.hitch.record': 'x' }, 'unknown_field'],
  ['no field of the target', { 'custom.hitch.record.nothing': 'x' }, 'unknown_field'],
  ['the column of all fields', { 'custom.hitch.record.custom': null }, 'unknown_field'],
  ['without the word', { 'custom.hitch.plate': 'x' }, 'unknown_field'],
  ['out of the reach of the plugin', { 'custom.shelf.record.name': 'x' }, 'unknown_field'],
  [
    'too far',
    { 'custom.twin.record.custom.twin.record.custom.twin.record.custom.twin.record.plate': 'x' },
    'too_deep',
  ],
  ['quotes', { "custom.hitch'.record.plate": 'x' }, 'unknown_field'],
])('%s', async (_name, filter, code) => {
  expect(await ask(admin, '/garage/cars', filter)).toMatchObject(refused(code))
})

test('a record that the actor may not read is not found by it', async () => {
  // Mechanics read the cars they own, and all repairs.
  const mechanic = await acme.addMember([])
  const owned = await make('/garage/cars', {
    plate: 'Owned',
    ownerId: mechanic.id,
    custom: { hitch: south.id },
  })
  const mine = (await make('/garage/repairs', { title: 'Mine', custom: { loan: owned.id } })).id
  const any = { 'custom.loan.record.plate': { ne: 'x' } }
  expect(await found(any, '/garage/repairs', mechanic)).toEqual([mine])
  expect(await found(any)).toEqual([second, third, mine])
  expect(await found({ 'custom.loan.record.plate': 'Blue' }, '/garage/repairs', mechanic)).toEqual([])
  // Trailers they cannot read at all: a path there is like one that is not there.
  const hidden = await ask(mechanic, '/garage/cars', { 'custom.hitch.record.plate': 'South' })
  const missing = await ask(mechanic, '/garage/cars', { 'custom.other.record.plate': 'South' })
  expect(hidden).toMatchObject(refused('unknown_field'))
  expect(hidden.body.errors[0].detail.replace('hitch', 'other')).toBe(missing.body.errors[0].detail)
})

test('what a mask hides is not asked for at the end of one', async () => {
  const clerk = await acme.addMember(['garage.clerk'])
  const filter = { 'custom.twin.record.custom.secret': 'pearl' }
  expect(await ask(clerk, '/garage/cars', filter)).toMatchObject(refused('hidden'))
})

test('a path leads to nothing of another workspace', async () => {
  const { admin: other } = platform.tenant('other')
  await make('/garage/cars', { plate: 'Theirs' }, other)
  expect(await found({ 'custom.twin.record.plate': { ne: 'x' } }, '/garage/cars', other)).toEqual([])
})

test('where a field is archived its path ends with it, and restored it leads to nothing in the trash', async () => {
  const field = await make('/custom-fields/garage/car', {
    type: 'ref',
    label: 'Old',
    target: 'garage.trailer',
  })
  const trailer = await make('/garage/trailers', { plate: 'Rust' })
  await make('/garage/cars', { plate: 'Old', custom: { old: trailer.id } })
  const filter = { 'custom.old.record.plate': 'Rust' }
  expect(await found(filter, '/garage/cars')).toHaveLength(1)
  await admin.delete(`/custom-fields/garage/car/${field.id}`)
  expect(await ask(admin, '/garage/cars', filter)).toMatchObject(refused('unknown_field'))
  expect((await admin.delete(`/garage/trailers/${trailer.id}`)).status).toBe(204)
  await admin.patch(`/custom-fields/garage/car/${field.id}`, { archived: false }, { version: 2 })
  expect(await found(filter, '/garage/cars')).toEqual([])
})
