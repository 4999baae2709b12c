import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { refusals } from './cars.ts'

const platform = await bootFixtures({ plugins: ['garage'], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const { admin } = platform.tenant('acme')
const TRAILERS = '/garage/trailers'
const LAMPS = '/garage/lamps'
const FIELDS = '/custom-fields/garage/lamp'

await admin.post(FIELDS, { type: 'string', label: 'Code', unique: true })
await admin.post(FIELDS, { type: 'decimal', label: 'Watts', scale: 1, max: 100 })
const dimmer = (await admin.post(FIELDS, { type: 'bool', label: 'Dimmer' })).body
await admin.post('/custom-fields/garage/trailer', { type: 'int', label: 'Axles', required: true })

const lamp = (name: string, custom: object, more: object = {}) => ({ name, custom, ...more })
const namesBy = async (filter: object) =>
  (
    await admin.get<{ items: { name: string }[] }>(
      `${LAMPS}?sort=name&filter=${encodeURIComponent(JSON.stringify(filter))}`,
    )
  ).body.items.map(({ name }) => name)

test('children are saved with their parent, each with the values of its fields, and found by them', async () => {
  const { status, body, text } = await admin.post(TRAILERS, {
    plate: 'A 1',
    custom: { axles: 2 },
    lamps: [lamp('Left', { code: 'A-L', watts: '5' }), lamp('Right', { code: 'A-R', dimmer: true })],
  })
  expect(status, text).toBe(201)
  expect(body.custom).toEqual({ axles: 2 })
  expect(body.lamps.map((each: { custom: object }) => each.custom)).toEqual([
    { code: 'A-L', watts: '5.0', dimmer: null },
    { code: 'A-R', watts: null, dimmer: true },
  ])
  expect(await namesBy({ 'custom.code': 'A-R' })).toEqual(['Right'])
  expect(await namesBy({ 'custom.watts': { gte: '5' }, 'trailer.custom.axles': 2 })).toEqual(['Left'])
  const read = await admin.get(`${TRAILERS}/${body.id}?include=lamps`)
  expect(read.body.lamps).toEqual(body.lamps)
  const partly = await admin.get(`${TRAILERS}/${body.id}?include=lamps(name,custom.watts)`)
  expect(partly.body.lamps[0]).toMatchObject({ name: 'Left', custom: { watts: '5.0' } })
  expect(partly.body.lamps[0].custom).not.toHaveProperty('code')
  expect((await admin.get(`${TRAILERS}/${body.id}?include=lamps(custom.nothing)`)).status).toBe(400)
})

test('what is wrong with them is named in its place, all at once', async () => {
  const wrong = await admin.post(TRAILERS, {
    plate: 'B 1',
    lamps: [lamp('Left', { watts: '101' }), lamp('Right', { nothing: 1 })],
  })
  expect([wrong.status, refusals(wrong.body)]).toEqual([
    422,
    {
      '/custom/axles': 'required',
      '/lamps/0/custom/watts': 'decimalRange',
      '/lamps/1/custom/nothing': 'unknown',
    },
  ])
  const twice = await admin.post(TRAILERS, {
    plate: 'B 2',
    custom: { axles: 1 },
    lamps: [lamp('Left', { code: 'B' }), lamp('Right', { code: 'B' })],
  })
  expect([twice.status, refusals(twice.body)]).toEqual([409, { '/lamps/1/custom/code': 'unique' }])
  expect(await namesBy({ 'custom.code': 'B' })).toEqual([])
})

test('values are exchanged between children in one request, and those of archived fields stay', async () => {
  const { body } = await admin.post(TRAILERS, {
    plate: 'C 1',
    custom: { axles: 1 },
    lamps: [lamp('Left', { code: 'C-1', dimmer: true }), lamp('Right', { code: 'C-2', dimmer: false })],
  })
  const [left, right] = body.lamps
  expect((await admin.delete(`${FIELDS}/${dimmer.id}`)).status).toBe(204)
  const changed = await admin.patch(
    `${TRAILERS}/${body.id}`,
    { lamps: [lamp('Left', { code: 'C-2' }, { id: left.id }), { id: right.id, custom: { code: 'C-1' } }] },
    { version: 1 },
  )
  expect(changed.status, changed.text).toBe(200)
  expect(changed.body.lamps.map((each: { custom: object }) => each.custom)).toEqual([
    { code: 'C-2', watts: null },
    { code: 'C-1', watts: null },
  ])
  expect(await namesBy({ 'custom.code': 'C-1' })).toEqual(['Right'])
  // At their own address too.
  const alone = await admin.patch(`${LAMPS}/${left.id}`, { custom: { watts: 7 } }, { version: 2 })
  expect([alone.status, alone.body.custom]).toEqual([200, { code: 'C-2', watts: '7.0' }])
  const { items } = (await admin.get(FIELDS)).body
  const { version } = items.find((each: { id: string }) => each.id === dimmer.id)
  await admin.patch(`${FIELDS}/${dimmer.id}`, { archived: false }, { version })
  expect((await admin.get(`${LAMPS}/${left.id}`)).body.custom).toEqual({
    code: 'C-2',
    watts: '7.0',
    dimmer: true,
  })
  expect(await namesBy({ 'custom.dimmer': false })).toEqual(['Right'])
  const { items: notes } = (await admin.get(`/audit?subjectId=${right.id}`)).body
  expect(notes[0]).toMatchObject({ before: { custom: { code: 'C-2' } }, after: { custom: { code: 'C-1' } } })
  expect(notes[0].after.custom).toEqual({ code: 'C-1' })
})

test('a child left out is gone with its values', async () => {
  const { body } = await admin.post(TRAILERS, {
    plate: 'D 1',
    custom: { axles: 1 },
    lamps: [lamp('Left', { code: 'D-1' }), lamp('Right', { code: 'D-2' })],
  })
  const { body: less } = await admin.patch(
    `${TRAILERS}/${body.id}`,
    { lamps: [{ id: body.lamps[1].id }, lamp('New', { code: 'D-1' })] },
    { version: 1 },
  )
  expect(less.lamps.map((each: { name: string }) => each.name)).toEqual(['Right', 'New'])
  expect(await namesBy({ 'custom.code': 'D-1' })).toEqual(['New'])
})

test('twenty children with values cost no more statements than one', async () => {
  const many = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => lamp(`L ${index}`, { code: `${prefix}-${index}`, watts: 1 }))
  const create = (prefix: string, count: number) =>
    admin.post(TRAILERS, { plate: prefix, custom: { axles: 1 }, lamps: many(prefix, count) })
  await create('E', 1)
  const one = await platform.statements(() => create('F', 1))
  let made: { body: { id: string; lamps: { id: string }[] } } | undefined
  const twenty = await platform.statements(async () => {
    made = await create('G', 20)
  })
  expect(twenty).toBe(one)
  expect(twenty).toBeLessThan(10)
  const { id, lamps } = made!.body
  const changed = await platform.statements(() =>
    admin.patch(
      `${TRAILERS}/${id}`,
      { lamps: lamps.map((each, index) => ({ id: each.id, custom: { code: `H-${index}` } })) },
      { version: 1 },
    ),
  )
  expect(changed).toBeLessThan(10)
  expect(await namesBy({ 'custom.code': 'H-7' })).toEqual(['L 7'])
})
