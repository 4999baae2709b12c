import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { bring, rowsOf } from './import-client.ts'
import { ended, order } from './moving-tenant.ts'
import { where } from './where.ts'

const platform = await bootFixtures({
  plugins: ['garage', 'depot'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
})
afterAll(() => platform.stop())
const tenant = platform.tenant('acme')
const { admin } = tenant
const CARS = '/garage/cars'
const TRAILERS = '/garage/trailers'
const SHELVES = '/depot/shelves'
const FIELDS = '/custom-fields/garage/car'
const NOBODY = '00000000-0000-4000-8000-000000000000'

for (const field of [
  // Entities of the plugin itself, and of one it does not know.
  { type: 'ref', label: 'Hitch', target: 'garage.trailer' },
  { type: 'ref', label: 'Shelf', target: 'depot.shelf', listed: true },
]) {
  const { status, text } = await admin.post(FIELDS, field)
  if (status !== 201) throw new Error(text)
}

let count = 0
const make = async (path: string, values: object): Promise<{ id: string; version: number }> => {
  const { status, body, text } = await admin.post(path, values)
  expect(status, text).toBe(201)
  return body
}
const shelf = (more: object = {}) => make(SHELVES, { name: `Shelf ${(count += 1)}`, ...more })
const trailer = () => make(TRAILERS, { plate: `T ${(count += 1)}` })
const car = (custom: object) => make(CARS, { plate: `C ${(count += 1)}`, custom })

test('a reference leads to a record of any plugin, which comes along by its label', async () => {
  const there = await make(SHELVES, { name: 'By the door' })
  const hitch = await trailer()
  const { id } = await car({ shelf: there.id.toUpperCase(), hitch: hitch.id })
  const include = 'include=custom.shelf.record,custom.hitch.record'
  const one = (await admin.get(`${CARS}/${id}?${include}`)).body
  expect(one.custom).toMatchObject({ hitch: hitch.id })
  expect(one['custom.shelf.record']).toEqual({ id: there.id, label: 'By the door' })
  expect(one['custom.hitch.record']).toMatchObject({ id: hitch.id })
  const { items } = (await admin.get(`${CARS}?fields=plate&${include}&${where({ id })}`)).body
  expect(items).toMatchObject([{ 'custom.shelf.record': { label: 'By the door' } }])
  const list = async (filter: object) => (await admin.get(`${CARS}?${where(filter)}`)).body.items.length
  expect(await list({ 'custom.shelf': there.id })).toBe(1)
  expect(await list({ 'custom.shelf': { in: [there.id, NOBODY] } })).toBe(1)
  expect(await list({ 'custom.hitch': NOBODY })).toBe(0)
  expect(await list({ 'custom.hitch': null })).toBe(0)
  expect((await admin.get(`${CARS}?sort=custom.shelf`)).body.errors[0].code).toBe('unknown_field')
  const { groups } = (await admin.get(`${CARS}/aggregate?group=custom.shelf`)).body
  expect(groups).toMatchObject([{ key: { 'custom.shelf': there.id }, count: 1 }])
  const meta = (await admin.get('/meta/garage/car')).body
  expect(meta.fields.find(({ name }: { name: string }) => name === 'custom.shelf').ref).toMatchObject({
    entity: 'depot.shelf',
    include: 'custom.shelf.record',
  })
  const related = (await admin.get('/meta/depot/shelf')).body.related
  expect(related).toContainEqual(expect.objectContaining({ entity: 'garage.car', field: 'custom.shelf' }))
})

test('a label is shown to those who may read the record', async () => {
  const hidden = await shelf({ hidden: true })
  const seen = await shelf()
  const clerk = await tenant.addMember(['garage.clerk', 'depot.clerk'])
  const nobody = await tenant.addMember(['garage.clerk'])
  for (const [id, label] of [
    [(await car({ shelf: hidden.id })).id, null],
    [(await car({ shelf: seen.id })).id, expect.objectContaining({ id: seen.id })],
  ]) {
    const path = `${CARS}/${String(id)}?include=custom.shelf.record`
    expect((await clerk.get(path)).body['custom.shelf.record']).toEqual(label)
    expect((await nobody.get(path)).body['custom.shelf.record']).toBeNull()
  }
})

test('what does not exist, lies in the trash or is of another workspace is refused', async () => {
  const gone = await trailer()
  await admin.delete(`${TRAILERS}/${gone.id}`)
  const foreign = (await platform.tenant('other').admin.post(SHELVES, { name: 'Theirs' })).body
  for (const custom of [{ shelf: NOBODY }, { hitch: gone.id }, { shelf: foreign.id }]) {
    const [key] = Object.keys(custom)
    const { status, body } = await admin.post(CARS, { plate: 'X', custom })
    expect([status, body.code, body.errors]).toEqual([
      422,
      'reference_unknown',
      [expect.objectContaining({ pointer: `/custom/${key}`, code: 'reference' })],
    ])
  }
  const { body } = await admin.post(CARS, { plate: 'X', custom: { shelf: 'x' } })
  expect(body.errors).toMatchObject([{ pointer: '/custom/shelf', code: 'format' }])
  const some = await admin.post(`${CARS}/bulk`, {
    create: [
      { plate: 'B', custom: { shelf: NOBODY } },
      { plate: 'B', custom: { shelf: (await shelf()).id } },
    ],
  })
  expect(some.body.items.map(({ status }: { status: number }) => status)).toEqual([422, 201])
})

test('what is referred to cannot be deleted, until the reference or its field is gone', async () => {
  const kept = await shelf()
  const { id } = await car({ shelf: kept.id })
  const refused = await admin.delete(`${SHELVES}/${kept.id}`)
  expectProblem(refused, 409, 'still_referenced')
  expect(refused.body).toMatchObject({ entity: 'garage.car', field: 'custom.shelf' })
  expect((await admin.patch(`${CARS}/${id}`, { custom: { shelf: null } }, { version: 1 })).status).toBe(200)
  expect((await admin.delete(`${SHELVES}/${kept.id}`)).status).toBe(204)
  const hitch = await trailer()
  const tow = await car({ hitch: hitch.id })
  expectProblem(await admin.delete(`${TRAILERS}/${hitch.id}`), 409, 'still_referenced')
  await admin.delete(`${CARS}/${tow.id}`)
  expect((await admin.delete(`${TRAILERS}/${hitch.id}`)).status).toBe(204)
})

test('whoever refers and whoever deletes at the same time do not miss each other', async () => {
  for (let round = 0; round < 8; round += 1) {
    const target = await shelf()
    const [made, removed] = await Promise.all([
      admin.post(CARS, { plate: 'R', custom: { shelf: target.id } }),
      admin.delete(`${SHELVES}/${target.id}`),
    ])
    expect([`${made.status} ${removed.status}`]).toContain(made.status === 201 ? '201 409' : '422 204')
  }
})

test('a record in the trash keeps nothing from the trash, and comes back only to what is there', async () => {
  await admin.post('/custom-fields/garage/trailer', { type: 'ref', label: 'Twin', target: 'garage.trailer' })
  const first = await trailer()
  const second = await make(TRAILERS, { plate: 'Twin', custom: { twin: first.id } })
  expectProblem(await admin.delete(`${TRAILERS}/${first.id}`), 409, 'still_referenced')
  await admin.delete(`${TRAILERS}/${second.id}`)
  expect((await admin.delete(`${TRAILERS}/${first.id}`)).status).toBe(204)
  const back = await admin.post(`${TRAILERS}/${second.id}/restore`)
  expect([back.status, back.body.errors]).toEqual([
    422,
    [expect.objectContaining({ pointer: '/custom/twin', code: 'reference' })],
  ])
  // For good it goes only after the one that refers to it.
  expectProblem(await admin.delete(`${TRAILERS}/trash/${first.id}`), 409, 'still_referenced')
  expect((await admin.post(`${TRAILERS}/${first.id}/restore`)).status).toBe(200)
  expect((await admin.post(`${TRAILERS}/${second.id}/restore`)).status).toBe(200)
})

test('while the plugin of the target is off the id stays, and no other is taken', async () => {
  const target = await shelf()
  const { id } = await car({ shelf: target.id })
  await tenant.switch('disable', 'depot')
  try {
    const include = '?include=custom.shelf.record'
    const off = (await admin.get(`${CARS}/${id}${include}`)).body
    expect(off.custom.shelf).toBe(target.id)
    expect(off).not.toHaveProperty(['custom.shelf.record'])
    const [field] = (await admin.get('/meta/garage/car')).body.fields.filter(
      ({ name }: { name: string }) => name === 'custom.shelf',
    )
    expect(field).toMatchObject({ type: 'ref', readOnly: true })
    expect(field.ref).toBeUndefined()
    const kept = await admin.patch(
      `${CARS}/${id}`,
      { plate: 'Kept', custom: { shelf: target.id } },
      { version: 1 },
    )
    expect([kept.status, kept.body.custom.shelf]).toEqual([200, target.id])
    const other = await admin.patch(`${CARS}/${id}`, { custom: { shelf: NOBODY } }, { version: 2 })
    expectProblem(other, 422, 'reference_unknown')
    expect(
      (await admin.post(FIELDS, { type: 'ref', label: 'X', target: 'depot.shelf' })).body.errors,
    ).toMatchObject([{ pointer: '/target', code: 'reference' }])
    const file = (await admin.get(`${CARS}/export?fields=custom.shelf&${where({ id })}`)).text
    expect(file.trim().split(/\r?\n/)).toEqual(['custom.shelf', target.id])
  } finally {
    await tenant.switch('enable', 'depot')
  }
  expectProblem(await admin.delete(`${SHELVES}/${target.id}`), 409, 'still_referenced')
})

test('an archived field holds nothing back', async () => {
  const { body: field } = await admin.post(FIELDS, { type: 'ref', label: 'Spare', target: 'depot.shelf' })
  const target = await shelf()
  const { id } = await car({ spare: target.id })
  await admin.delete(`${FIELDS}/${field.id}`)
  expect((await admin.delete(`${SHELVES}/${target.id}`)).status).toBe(204)
  await admin.patch(`${FIELDS}/${field.id}`, { archived: false }, { version: 2 })
  const record = (await admin.get(`${CARS}/${id}?include=custom.spare.record`)).body
  expect([record.custom.spare, record['custom.spare.record']]).toEqual([target.id, null])
})

test.each([
  [{ type: 'ref', label: 'X' }, '/target', 'option_missing'],
  [{ type: 'ref', label: 'X', target: 'depot.nothing' }, '/target', 'reference'],
  [{ type: 'ref', label: 'X', target: 7 }, '/target', 'type'],
  [{ type: 'int', label: 'X', target: 'depot.shelf' }, '/target', 'option_not_allowed'],
  [{ type: 'ref', label: 'X', entity: 'depot.shelf' }, '/entity', 'unknown'],
  [{ type: 'ref', label: 'X', target: 'depot.shelf', mask: 'full' }, '/mask', 'option_not_allowed'],
])('%j is no field: %s %s', async (field, pointer, code) => {
  const { status, body } = await admin.post(FIELDS, field)
  expect([status, body.errors[0]]).toEqual([422, expect.objectContaining({ pointer, code })])
})

test('what a field leads to stays', async () => {
  const { items } = (await admin.get(FIELDS)).body
  expect(items[1]).toMatchObject({ name: 'shelf', entity: 'garage.car', target: 'depot.shelf' })
  const { body } = await admin.patch(
    `${FIELDS}/${items[1].id}`,
    { target: 'garage.trailer' },
    { version: items[1].version },
  )
  expect(body.errors).toMatchObject([{ pointer: '/target', code: 'immutable' }])
})

test('files carry ids and labels out, and bring ids in, where the plugin reaches labels too', async () => {
  const target = await make(SHELVES, { name: 'In files' })
  const hitch = await make(TRAILERS, { plate: 'Files 1' })
  const { id } = await car({ shelf: target.id, hitch: hitch.id })
  const { text } = await admin.get(`${CARS}/export?fields=custom.shelf,custom.hitch&${where({ id })}`)
  expect(text.trim().split(/\r?\n/)).toEqual([
    'custom.shelf,custom.shelf.record,custom.hitch,custom.hitch.record',
    `${target.id},In files,${hitch.id},Files 1`,
  ])
  const file = `plate,custom.shelf,custom.hitch.record\nI 1,${target.id},Files 1\nI 2,${NOBODY},\nI 3,,Nowhere\n`
  const done = await bring(admin, file, {}, 'run', { path: CARS })
  const rows = await rowsOf(admin, done, '', CARS)
  expect(rows.map(({ outcome, errors }) => [outcome, errors.map(({ column }) => column)])).toEqual([
    ['created', []],
    ['refused', [1]],
    ['refused', [2]],
  ])
})

test('events and the document of the workspace know them', async () => {
  const target = await shelf()
  const { id } = await car({ shelf: target.id })
  const [event] = await tenant.sql(`SELECT data FROM plinth.outbox WHERE subject = $1`, [id])
  expect(event!['data']).toMatchObject({ record: { custom: { shelf: target.id } } })
  const { properties } = (await admin.get('/openapi.json')).body.components.schemas['garage.car']
  expect(properties['custom.shelf.record'].anyOf).toContainEqual({ $ref: '#/components/schemas/Reference' })
})

test('a workspace that moves keeps its references, and what they hold', { timeout: 120_000 }, async () => {
  const target = await shelf()
  const { id } = await car({ shelf: target.id })
  for (const level of ['schema', 'database', 'shared'] as const) {
    expect(await ended(platform, await order(platform, tenant, level, 'main'))).toMatchObject({
      step: 'done',
    })
    const record = (await admin.get(`${CARS}/${id}?include=custom.shelf.record`)).body
    expect(record['custom.shelf.record']).toMatchObject({ id: target.id })
    expectProblem(await admin.delete(`${SHELVES}/${target.id}`), 409, 'still_referenced')
    expectProblem(await admin.post(CARS, { plate: 'X', custom: { shelf: NOBODY } }), 422, 'reference_unknown')
  }
})
