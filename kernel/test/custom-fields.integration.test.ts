import type { CustomFieldDocument, EntityMeta } from '@plinth/sdk'
import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { addField, CAR_FIELDS, CARS, carsWhere, refusals } from './cars.ts'

const platform = await bootFixtures({
  plugins: ['garage'],
  tenants: [{ slug: 'acme' }],
})
afterAll(() => platform.stop())
const { admin } = platform.tenant('acme')

test('a name is made of the label, free among all names there are, and never changes', async () => {
  expect((await addField(admin, { type: 'string', label: 'Größe der Fläche (m²)' })).name).toBe(
    'grosseDerFlacheM2',
  )
  expect((await addField(admin, { type: 'int', label: { de: 'Sitze', en: 'Seats' } })).name).toBe('seats2')
  expect((await addField(admin, { type: 'int', label: 'Constructor' })).name).toBe('constructor2')
  const number = await addField(admin, { type: 'int', label: '2. Rate' })
  expect(number.name).toBe('field2Rate')
  const taken = await admin.post(CAR_FIELDS, { type: 'int', label: 'X', name: 'plate' })
  expect([taken.status, refusals(taken.body)]).toEqual([422, { '/name': 'unique' }])
  const renamed = await admin.patch(`${CAR_FIELDS}/${number.id}`, { name: 'other' }, { version: 1 })
  expect([renamed.status, refusals(renamed.body)]).toEqual([422, { '/name': 'immutable' }])
  const labelled = await admin.patch(
    `${CAR_FIELDS}/${number.id}`,
    { label: { de: 'Rate', en: 'Rate 2' } },
    { version: 1 },
  )
  expect(labelled.body).toMatchObject({ name: 'field2Rate', label: { de: 'Rate', en: 'Rate 2' }, version: 2 })
})

test.each<[string, object, Record<string, string>]>([
  ['a file', { type: 'file', label: 'X' }, { '/type': 'enum' }],
  ['no label', { type: 'string', label: ' ' }, { '/label': 'required' }],
  ['an unknown option', { type: 'string', label: 'X', readOnly: true }, { '/readOnly': 'unknown' }],
  [
    'several at once',
    { type: 'int', label: '', min: 'a', required: 1 },
    { '/label': 'required', '/min': 'type', '/required': 'type' },
  ],
  ['bounds the wrong way', { type: 'int', label: 'X', min: 5, max: 1 }, { '/min': 'bound_invalid' }],
  [
    'an option of other types',
    { type: 'bool', label: 'X', search: true },
    { '/search': 'option_not_allowed' },
  ],
  ['an enum without values', { type: 'enum', label: 'X' }, { '/values': 'required' }],
  [
    'a value twice',
    {
      type: 'enum',
      label: 'X',
      values: [
        { value: 'a', label: 'A' },
        { value: 'a', label: 'B' },
      ],
    },
    { '/values/1/value': 'unique' },
  ],
  [
    'a default that is no value',
    { type: 'enum', label: 'X', values: [{ label: 'A' }], default: 'b' },
    { '/default': 'default_invalid' },
  ],
  [
    'a text too long for an index',
    { type: 'string', label: 'X', maxLength: 501 },
    { '/maxLength': 'maximum' },
  ],
  [
    'a pattern that may run for ever',
    { type: 'string', label: 'X', pattern: '(a+)+' },
    { '/pattern': 'pattern' },
  ],
  ['a unique long text', { type: 'text', label: 'X', unique: true }, { '/unique': 'option_not_allowed' }],
  [
    'a language that is none',
    { type: 'int', label: { klingon: 'X' } },
    { '/label/klingon': 'unknown', '/label': 'required' },
  ],
])('%s is refused by pointer', async (_, field, expected) => {
  const { status, body } = await admin.post(CAR_FIELDS, field)
  expect([status, refusals(body)]).toEqual([422, expected])
})

test('what stored values depend on stays, everything else can be changed and taken away', async () => {
  const field = await addField(admin, { type: 'decimal', label: 'Fee', scale: 3, help: 'per year', min: 0 })
  const path = `${CAR_FIELDS}/${field.id}`
  const refused = await admin.patch(path, { type: 'int', scale: 2, unique: true }, { version: 1 })
  expect([refused.status, refusals(refused.body)]).toEqual([
    422,
    { '/type': 'immutable', '/scale': 'immutable', '/unique': 'immutable' },
  ])
  const { body } = await admin.patch(path, { help: null, min: null, max: 10, required: true }, { version: 1 })
  expect(body).toMatchObject({ max: 10, required: true, scale: 3 })
  expect(body).not.toHaveProperty('help')
  expect(body).not.toHaveProperty('min')
  expect((await admin.patch(path, { max: 11 }, { version: 1 })).body.code).toBe('version_conflict')
  expect((await admin.patch(path, { max: 11 })).status).toBe(428)
  expect((await admin.patch(path, { required: false }, { version: 2 })).status).toBe(200)
})

test('values of an enum are added and retired, never taken away', async () => {
  const field = await addField(admin, {
    type: 'enum',
    label: 'Fuel',
    values: [{ label: 'Gas' }, { label: 'Diesel' }],
  })
  expect(field.values!.map((each) => each.value)).toEqual(['gas', 'diesel'])
  const path = `${CAR_FIELDS}/${field.id}`
  const old = (await admin.post(CARS, { plate: 'F 1', custom: { fuel: 'diesel' } })).body
  const less = await admin.patch(path, { values: [{ value: 'gas', label: 'Gas' }] }, { version: 1 })
  expect([less.status, refusals(less.body)]).toEqual([422, { '/values': 'immutable' }])
  const values = [
    { value: 'gas', label: 'Gas' },
    { value: 'diesel', label: 'Diesel', retired: true },
    { label: 'Current' },
  ]
  expect((await admin.patch(path, { values }, { version: 1 })).status).toBe(200)
  const refused = await admin.post(CARS, { plate: 'F 2', custom: { fuel: 'diesel' } })
  expect([refused.status, refusals(refused.body)]).toEqual([422, { '/custom/fuel': 'enum' }])
  // Who has it keeps it, and may say so.
  const kept = await admin.patch(
    `${CARS}/${old.id}`,
    { seats: 3, custom: { fuel: 'diesel' } },
    { version: 1 },
  )
  expect(kept.body).toMatchObject({ seats: 3, custom: { fuel: 'diesel' } })
  expect((await admin.post(CARS, { plate: 'F 3', custom: { fuel: 'current' } })).status).toBe(201)
})

test('the default of an enum may be named by its label, which is all there is before the field', async () => {
  const field = await addField(admin, {
    type: 'enum',
    label: 'Paint',
    values: [{ label: { de: 'Dunkelblau', en: 'Dark blue' } }, { label: 'Red' }],
    default: 'Dunkelblau',
  })
  expect(field.default).toBe('dark-blue')
  const { body } = await admin.post(CARS, { plate: 'P 1' })
  expect(body.custom.paint).toBe('dark-blue')
  expect((await admin.delete(`${CAR_FIELDS}/${field.id}`)).status).toBe(204)
})

test('lists show a column of a field that is to be listed', async () => {
  const field = await addField(admin, { type: 'int', label: 'Mileage', listed: true })
  const columns = async () => (await admin.get<EntityMeta>('/meta/garage/car')).body.list.columns
  expect(field.listed).toBe(true)
  expect(await columns()).toEqual(['plate', 'seats', 'custom.mileage'])
  const { body } = await admin.patch(`${CAR_FIELDS}/${field.id}`, { listed: false }, { version: 1 })
  expect(body).not.toHaveProperty('listed')
  expect(await columns()).toEqual(['plate', 'seats'])
})

test('archiving hides a field and keeps its values; restoring brings both back', async () => {
  const field = await addField(admin, { type: 'string', label: 'Depot', search: true })
  const { body: car } = await admin.post(CARS, { plate: 'D 1', custom: { depot: 'Altona' } })
  expect((await admin.get(`${CARS}?q=altona`)).body.items).toHaveLength(1)
  expect((await admin.delete(`${CAR_FIELDS}/${field.id}`)).status).toBe(204)
  expect((await admin.get(`${CARS}/${car.id}`)).body.custom).not.toHaveProperty('depot')
  expect((await admin.get(carsWhere({ 'custom.depot': 'Altona' }))).body.code).toBe('query_invalid')
  expect((await admin.get(`${CARS}?q=altona`)).body.items).toHaveLength(0)
  expect((await admin.get(`${CARS}?sort=custom.depot`)).status).toBe(400)
  const write = await admin.patch(`${CARS}/${car.id}`, { custom: { depot: 'X' } }, { version: 1 })
  expect([write.status, refusals(write.body)]).toEqual([422, { '/custom/depot': 'unknown' }])
  // Other values are changed meanwhile, and the name stays taken.
  expect(
    (await admin.patch(`${CARS}/${car.id}`, { seats: 2, custom: { fuel: 'gas' } }, { version: 1 })).status,
  ).toBe(200)
  expect((await addField(admin, { type: 'int', label: 'Depot' })).name).toBe('depot2')
  const { items } = (await admin.get(CAR_FIELDS)).body
  const archived = items.find((each: CustomFieldDocument) => each.id === field.id)
  expect(archived.archivedAt).toEqual(expect.any(String))
  const { body } = await admin.patch(
    `${CAR_FIELDS}/${field.id}`,
    { archived: false },
    { version: archived.version },
  )
  expect(body).toMatchObject({ id: field.id, name: 'depot', archivedAt: null })
  expect((await admin.get(`${CARS}/${car.id}`)).body.custom).toMatchObject({ depot: 'Altona', fuel: 'gas' })
  expect((await admin.get(carsWhere({ 'custom.depot': 'Altona' }))).body.items).toHaveLength(1)
  expect((await admin.get(`${CARS}?q=altona`)).body.items).toHaveLength(1)
})

test('fields are put into another order', async () => {
  const names = async () =>
    (await admin.get<{ items: CustomFieldDocument[] }>(CAR_FIELDS)).body.items
      .filter((field) => field.archivedAt === null)
      .map((field) => field.name)
  const before = await names()
  const { items } = (await admin.get<{ items: CustomFieldDocument[] }>(CAR_FIELDS)).body
  const last = items.findLast((field) => field.archivedAt === null)!
  await admin.patch(`${CAR_FIELDS}/${last.id}`, { position: 0 }, { version: last.version })
  expect(await names()).toEqual([before.at(-1), ...before.slice(0, -1)])
  const { body } = await admin.get<EntityMeta>('/meta/garage/car')
  expect(body.form.groups.at(-1)!.fields).toEqual((await names()).map((name) => `custom.${name}`))
  expect(
    (await admin.patch(`${CAR_FIELDS}/${last.id}`, { position: 99 }, { version: last.version + 1 })).status,
  ).toBe(422)
})
