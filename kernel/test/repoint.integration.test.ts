import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { bootFixtures, rowCounts } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import type { Answer, Client } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['haul'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }],
  roles: ['web'],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const hauler = await acme.addMember(['haul.hauler'])

type Made = Record<string, any> & { readonly id: string }
const make = async (path: string, values: object, client = admin): Promise<Made> => {
  const { status, body, text } = await client.post(path, values)
  expect(status, text).toBe(201)
  return body
}
const machine = (values: object = {}, client = admin) =>
  make('/yard/machines', { name: 'Crane', ...values }, client)
const read = async (path: string, { id }: Made): Promise<Made> => (await admin.get(`${path}/${id}`)).body
const fold = (client: Client, from: readonly Made[], into: { readonly id: string }): Promise<Answer> =>
  client.post('/yard/machines/actions/fold', { records: from.map(({ id }) => ({ id })), intoId: into.id })
const countsOf = async (into: Made) => {
  const [row] = await platform.sql(
    `SELECT data FROM plinth.outbox WHERE type = 'yard.machine.retired' AND subject = $1 ORDER BY id DESC LIMIT 1`,
    [into.id],
  )
  return row?.['data']
}

test('whatever refers to records refers to the other one then, in all plugins, noted and told one by one', async () => {
  const [a, b, into] = [await machine(), await machine(), await machine()]
  const trip = await make('/haul/trips', { goal: 'Kiel', driver: 'Mara', machineId: a.id, spareId: b.id })
  const other = await make('/haul/trips', { goal: 'Husum', machineId: into.id })
  const log = await make('/haul/logs', { text: 'oil', machineId: b.id })
  const gone = await make('/haul/trips', { goal: 'Rendsburg', machineId: a.id })
  await admin.delete(`/haul/trips/${gone.id}`)
  const answer = await fold(admin, [a, b], into)
  expect(answer.status, answer.text).toBe(204)
  expect(await countsOf(into)).toEqual({ 'haul.log': 1, 'haul.trip': 2 })
  expect(await read('/haul/trips', trip)).toMatchObject({ machineId: into.id, spareId: into.id, version: 2 })
  expect(await read('/haul/logs', log)).toMatchObject({ machineId: into.id, version: 2 })
  expect(await read('/haul/trips', other)).toMatchObject({ version: 1 })
  const back = await admin.post(`/haul/trips/${gone.id}/restore`, {})
  expect(back.body).toMatchObject({ machineId: into.id })
  const [note] = await platform.sql(
    `SELECT action, before, after, actor_kind FROM plinth.audit WHERE subject_id = $1 AND action <> 'haul.trip.created'`,
    [trip.id],
  )
  expect(note).toEqual({
    action: 'haul.trip.updated',
    actor_kind: 'member',
    before: { machineId: a.id, spareId: b.id },
    after: { machineId: into.id, spareId: into.id },
  })
  const [event] = await platform.sql(
    `SELECT data FROM plinth.outbox WHERE type = 'haul.trip.updated' AND subject = $1`,
    [trip.id],
  )
  expect(event!['data']).toMatchObject({
    changed: ['machineId', 'spareId'],
    record: { goal: 'Kiel', machineId: into.id, version: 2 },
    before: { machineId: a.id, spareId: b.id },
    repointed: true,
  })
  expect(JSON.stringify(event)).not.toContain('Mara')
  // Nothing refers to them any more, so they can go.
  for (const { id } of [a, b]) expect((await admin.delete(`/yard/machines/${id}`)).status).toBe(204)
})

test('a child is moved with its parent told, and children of what is left stay', async () => {
  const [a, into] = [await machine(), await machine()]
  const trip = await make('/haul/trips', {
    goal: 'Kiel',
    machineId: into.id,
    stops: [{ place: 'Plön', liftedById: a.id }, { place: 'Preetz' }],
  })
  expect((await fold(admin, [a], into)).status).toBe(204)
  const { body } = await admin.get(`/haul/trips/${trip.id}?include=stops`)
  expect(body).toMatchObject({ version: 2, stops: [{ liftedById: into.id, version: 2 }, { version: 1 }] })
})

test('records that refer to each other do so no more, unless they must', async () => {
  const into = await machine()
  const a = await machine({ heirId: into.id })
  await admin.patch(`/yard/machines/${into.id}`, { heirId: a.id }, { version: 1 })
  const third = await machine({ heirId: a.id })
  expect((await fold(admin, [a], into)).status).toBe(204)
  expect(await read('/yard/machines', into)).toMatchObject({ heirId: null, version: 3 })
  expect(await read('/yard/machines', third)).toMatchObject({ heirId: into.id })
  expect(await read('/yard/machines', a)).toMatchObject({ heirId: into.id, version: 1 })
})

test('records of other plugins are moved by those who may change them, all of them or none', async () => {
  const [a, into] = [await machine(), await machine()]
  const open = await make('/haul/trips', { goal: 'Kiel', machineId: a.id })
  const secret = await make('/haul/trips', { goal: 'Secret', machineId: a.id })
  await hauler.session()
  const before = await rowCounts(platform)
  const barred = await fold(hauler, [a], into)
  expectProblem(barred, 403, 'permission_missing')
  expect(barred.body.permission).toBe('trade.haul.trip.update')
  expect(await rowCounts(platform)).toEqual(before)
  expect(await read('/haul/trips', open)).toMatchObject({ machineId: a.id, version: 1 })
  // What is in the trash is nobody's to see, and must not be left behind.
  await admin.delete(`/haul/trips/${secret.id}`)
  expect((await fold(hauler, [a], into)).status).toBe(204)
  expect(await read('/haul/trips', open)).toMatchObject({ machineId: into.id, version: 2 })
})

test('values that must be unique stay so, or nothing moves', async () => {
  const [a, into] = [await machine(), await machine()]
  const day = '2026-03-16'
  const trips = await Promise.all(
    [a, into].map(({ id }) => make('/haul/trips', { goal: 'Kiel', machineId: id, day })),
  )
  const log = await make('/haul/logs', { text: 'oil', machineId: a.id })
  expectProblem(await fold(admin, [a], into), 409, 'unique_violated')
  expect(await read('/haul/trips', trips[0]!)).toMatchObject({ machineId: a.id })
  expect(await read('/haul/logs', log)).toMatchObject({ machineId: a.id, version: 1 })
})

test('there must be both, and they must be two', async () => {
  const [a, into] = [await machine(), await machine()]
  const foreign = await machine({}, platform.tenant('beta').admin)
  const unknown = await fold(admin, [a], foreign)
  expectProblem(unknown, 422, 'reference_unknown')
  expectProblem(await fold(admin, [a], { id: randomUUID() }), 422, 'reference_unknown')
  expectProblem(await fold(admin, [a, into], into), 404, 'not_found')
})

test('nobody begins to refer to what is left while it is left', async () => {
  const [a, into] = [await machine(), await machine()]
  const attempts = Array.from({ length: 8 }, (_, number) =>
    admin.post('/haul/logs', { text: `during ${number}`, machineId: a.id }),
  )
  const [folded, ...logs] = await Promise.all([fold(admin, [a], into), ...attempts])
  expect(folded.status).toBe(204)
  expect(logs.every(({ status }) => status === 201)).toBe(true)
  expect((await fold(admin, [a], into)).status).toBe(204)
  const { body } = await admin.get(`/haul/logs?filter={"machineId":"${a.id}"}&count=true`)
  expect(body.total).toBe(0)
})

test('records of a plugin that is off come along', async () => {
  const [a, into] = [await machine(), await machine()]
  const trip = await make('/haul/trips', { goal: 'Kiel', machineId: a.id })
  await acme.switch('disable', 'haul')
  expect((await fold(admin, [a], into)).status).toBe(204)
  await acme.switch('enable', 'haul')
  expect(await read('/haul/trips', trip)).toMatchObject({ machineId: into.id, version: 2 })
})
