import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'

const platform = await bootFixtures({ plugins: ['garage'], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const { admin } = platform.tenant('acme')
const TRAILERS = '/garage/trailers'
const LAMPS = '/garage/lamps'

for (const entity of ['trailer', 'lamp']) {
  await admin.post(`/custom-fields/garage/${entity}`, { type: 'string', label: 'Chassis', unique: true })
  await admin.post(`/custom-fields/garage/${entity}`, { type: 'string', label: 'Colour', search: true })
}
const make = async (chassis: string, colour = 'red') => {
  const { status, body, text } = await admin.post(TRAILERS, { plate: chassis, custom: { chassis, colour } })
  expect(status, text).toBe(201)
  return body
}
const asking = (path: string, filter: object) =>
  `${path}?filter=${encodeURIComponent(JSON.stringify(filter))}&limit=200`
const idsIn = async (path: string) =>
  (await admin.get<{ items: { id: string }[] }>(path)).body.items.map(({ id }) => id)

test('what is in the trash is found there by the fields of the tenant, and nowhere else', async () => {
  const red = await make('T 1')
  const blue = await make('T 2', 'blue')
  await admin.delete(`${TRAILERS}/${red.id}`)
  await admin.delete(`${TRAILERS}/${blue.id}`)
  expect(await idsIn(asking(TRAILERS, { 'custom.colour': 'red' }))).not.toContain(red.id)
  expect(await idsIn(asking(`${TRAILERS}/trash`, { 'custom.colour': 'red' }))).toEqual([red.id])
  expect(await idsIn(`${TRAILERS}/trash?sort=custom.colour`)).toEqual([blue.id, red.id])
  expect(await idsIn(`${TRAILERS}?sort=custom.colour`)).toEqual([])
  const { items } = (await admin.get(`${TRAILERS}/trash?q=blue`)).body
  expect(items).toMatchObject([{ id: blue.id, custom: { chassis: 'T 2', colour: 'blue' } }])
})

test('a restored record comes back with its values, in the answer and in the event', async () => {
  const { id } = await make('T 3', 'green')
  await admin.delete(`${TRAILERS}/${id}`)
  const { status, body } = await admin.post(`${TRAILERS}/${id}/restore`)
  expect([status, body.custom]).toEqual([200, { chassis: 'T 3', colour: 'green' }])
  expect((await admin.get(`${TRAILERS}/${id}`)).body).toEqual(body)
  expect(await idsIn(asking(TRAILERS, { 'custom.chassis': 'T 3' }))).toEqual([id])
  const [event] = await platform.sql(`SELECT data FROM plinth.outbox WHERE subject = $1 AND type LIKE $2`, [
    id,
    '%.restored',
  ])
  expect(event!['data']).toMatchObject({ record: { custom: { chassis: 'T 3', colour: 'green' } } })
})

test('a unique value is free while its record is in the trash, and a record whose value is taken stays there', async () => {
  const { id } = await make('T 4')
  await admin.delete(`${TRAILERS}/${id}`)
  const other = await make('T 4')
  const refused = await admin.post(`${TRAILERS}/${id}/restore`)
  expect([refused.status, refused.body.code]).toEqual([409, 'unique_violated'])
  expect(refused.body.errors).toMatchObject([{ pointer: '/custom/chassis', code: 'unique' }])
  await admin.patch(`${TRAILERS}/${other.id}`, { custom: { chassis: 'T 5' } }, { version: 1 })
  expect((await admin.post(`${TRAILERS}/${id}/restore`)).status).toBe(200)
  const again = await admin.post(TRAILERS, { plate: 'X', custom: { chassis: 'T 4' } })
  expect([again.status, again.body.code]).toEqual([409, 'unique_violated'])
})

test('unique values of records that go along are free too, and stand in the way of a restoration alike', async () => {
  const { id } = await make('T 6')
  const lamp = { name: 'Left', trailerId: id, custom: { chassis: 'L 1' } }
  const { body } = await admin.post(LAMPS, lamp)
  await admin.delete(`${TRAILERS}/${id}`)
  expect((await admin.get(`${LAMPS}/${body.id}`)).status).toBe(404)
  const carrier = await make('T 7')
  const taking = await admin.post(LAMPS, { ...lamp, trailerId: carrier.id })
  expect(taking.status).toBe(201)
  expect((await admin.post(`${TRAILERS}/${id}/restore`)).body).toMatchObject({
    status: 409,
    code: 'unique_violated',
  })
  await admin.delete(`${LAMPS}/${taking.body.id}`)
  expect((await admin.post(`${TRAILERS}/${id}/restore`)).status).toBe(200)
  expect((await admin.get(`${LAMPS}/${body.id}`)).body.custom.chassis).toBe('L 1')
  expect((await admin.post(LAMPS, { ...lamp, trailerId: carrier.id })).status).toBe(409)
})

test('of those who take the same value while another comes back, one succeeds', async () => {
  const { id } = await make('T 8')
  await admin.delete(`${TRAILERS}/${id}`)
  const answers = await Promise.all([
    admin.post(`${TRAILERS}/${id}/restore`),
    ...[1, 2, 3].map(() => admin.post(TRAILERS, { plate: 'T 8', custom: { chassis: 'T 8' } })),
  ])
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
  expect(answers.filter(({ body }) => body.code === 'unique_violated')).toHaveLength(3)
  expect(await idsIn(asking(TRAILERS, { 'custom.chassis': 'T 8' }))).toHaveLength(1)
})

test('what is removed for good leaves nothing behind', async () => {
  const { id } = await make('T 9')
  await admin.delete(`${TRAILERS}/${id}`)
  expect((await admin.delete(`${TRAILERS}/trash/${id}`)).status).toBe(204)
  expect(
    await platform.sql(`SELECT 1 FROM shared.garage_trailer__custom WHERE record_id = $1`, [id]),
  ).toEqual([])
})
