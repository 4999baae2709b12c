import { randomUUID } from 'node:crypto'
import type { EntityMeta } from '@plinth/sdk'
import { afterAll, expect, test } from 'vitest'
import { bootFixtures, rowCounts } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import type { Answer, Client } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['pit'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }],
  // Handing events on is work of its own, after the request.
  roles: ['web'],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const [apprentice, driver, clerk] = await Promise.all(
  ['apprentice', 'driver', 'clerk'].map((role) => acme.addMember([`pit.${role}`])),
)

const REPAIRS = '/pit/repairs'
const make = async (values: object = {}): Promise<Record<string, any>> => {
  const { status, body, text } = await admin.post(REPAIRS, { title: 'Easy brake', ...values })
  expect(status, text).toBe(201)
  return body
}
const act = (client: Client, id: unknown, name: string, input: object = {}, options = {}): Promise<Answer> =>
  client.post(`${REPAIRS}/${String(id)}/actions/${name}`, input, options)
const offered = async (client: Client, id: unknown): Promise<string[]> => {
  const { status, body, text } = await client.get(`${REPAIRS}/${String(id)}/actions`)
  expect(status, text).toBe(200)
  return body.items
}
const refused = ({ status, body }: Answer): string[] => [
  `${status} ${body.code}`,
  ...(body.errors ?? []).map(({ pointer, code }: Record<string, string>) => `${pointer} ${code}`).toSorted(),
]

test('an action changes, notes and tells in one transaction, and is answered with the record', async () => {
  const { id } = await make({ key: 'ABCD1234' })
  const answer = await act(admin, id, 'finish', { hours: 3, doneOn: '2026-03-31', pin: '0815' })
  expect(answer.status, answer.text).toBe(200)
  expect(answer.headers.get('etag')).toBe('"2"')
  expect(answer.body).toEqual((await admin.get(`${REPAIRS}/${id}`)).body)
  expect(answer.body).toMatchObject({ status: 'done', hours: 3, doneOn: '2026-03-31', key: '****1234' })
  const audit = await platform.sql(
    `SELECT action, after FROM plinth.audit WHERE subject_id = $1 ORDER BY id`,
    [id],
  )
  expect(audit.map(({ action }) => action)).toEqual([
    'pit.repair.created',
    'pit.repair.finish',
    'pit.repair.updated',
  ])
  expect(audit[1]!['after']).toEqual({
    hours: 3,
    remark: null,
    mechanicId: null,
    checkedBy: null,
    doneOn: '2026-03-31',
    pin: '****',
  })
  const events = await platform.sql(`SELECT type FROM plinth.outbox WHERE subject = $1 ORDER BY id`, [id])
  expect(events.map(({ type }) => type)).toEqual([
    'pit.repair.created',
    'pit.repair.updated',
    'pit.repair.finished',
  ])
})

test('the plugin sees the whole record and what it was told, with defaults and without spaces around', async () => {
  const title = randomUUID()
  const { id } = await make({ title, key: 'ABCD1234' })
  expect((await act(admin, id, 'finish', { hours: 1, pin: ' 0815 ' })).status).toBe(200)
  const { body } = await admin.get(
    `/pit/notes?filter=${encodeURIComponent(JSON.stringify({ text: { startsWith: title } }))}`,
  )
  const today = new Date().toISOString().slice(0, 10)
  expect(body.items).toMatchObject([{ text: `${title} ABCD1234 0815 ${today}` }])
})

test('what the plugin refuses leaves nothing behind', async () => {
  const { id } = await make()
  const before = await rowCounts(platform)
  const rude = await act(admin, id, 'finish', { hours: 1, remark: 'no' })
  expect(refused(rude)).toEqual(['422 pit.remark_rude', '/remark remark_rude'])
  expectProblem(await act(admin, id, 'finish', { hours: 1, remark: 'never' }), 409, 'pit.closed')
  expect(await rowCounts(platform)).toEqual(before)
  expect((await admin.get(`${REPAIRS}/${id}`)).body).toMatchObject({
    version: 1,
    status: 'open',
    hours: null,
  })
})

test('every value that is not accepted is named, all at once', async () => {
  const { id } = await make()
  const input = { hours: 101, remark: 'x'.repeat(21), doneOn: '2026-02-30', mechanicId: 'me', colour: 'red' }
  expect(refused(await act(admin, id, 'finish', input))).toEqual([
    '422 validation_failed',
    '/colour unknown',
    '/doneOn format',
    '/hours maximum',
    '/mechanicId format',
    '/remark maxLength',
  ])
  expect(refused(await act(admin, id, 'finish'))).toEqual(['422 validation_failed', '/hours required'])
  expect(refused(await act(admin, id, 'finish', { hours: 1, doneOn: null }))).toEqual([
    '422 validation_failed',
    '/doneOn required',
  ])
  expect(refused(await act(admin, id, 'scrap', { why: 'rust' }))).toEqual([
    '422 validation_failed',
    '/why unknown',
  ])
  for (const body of [[], 'x', 7])
    expectProblem(await admin.post(`${REPAIRS}/${id}/actions/finish`, body), 422, 'validation_failed')
  expect((await admin.get(`${REPAIRS}/${id}`)).body.version).toBe(1)
})

test('records and members are named only as far as the actor may see them', async () => {
  const { id } = await make()
  const hidden = (await admin.post('/pit/mechanics', { name: 'Hidden' })).body.id
  const known = (await admin.post('/pit/mechanics', { name: 'Known' })).body.id
  const other = (await platform.tenant('beta').admin.post('/pit/mechanics', { name: 'Known' })).body.id
  const stranger = (await platform.tenant('beta').admin.session()).member.id
  const me = (await apprentice!.session()).member.id
  for (const mechanicId of [hidden, other, randomUUID()])
    expect(
      refused(await act(apprentice!, id, 'finish', { hours: 1, mechanicId, checkedBy: stranger })),
    ).toEqual(['422 reference_unknown', '/checkedBy reference', '/mechanicId reference'])
  const done = await act(apprentice!, id, 'finish', { hours: 1, mechanicId: known, checkedBy: me })
  expect(done.body).toMatchObject({ status: 'done', mechanicId: known })
})

test('the permission of the action is all it takes, on the records it is granted for', async () => {
  const easy = await make()
  const hard = await make({ title: 'Hard gear' })
  expectProblem(await act(apprentice!, hard['id'], 'finish', { hours: 1 }), 403, 'permission_missing')
  expectProblem(
    await apprentice!.patch(`${REPAIRS}/${easy['id']}`, { title: 'X' }, { version: 1 }),
    403,
    'permission_missing',
  )
  expect((await act(apprentice!, easy['id'], 'finish', { hours: 1 })).status).toBe(200)
  for (const name of ['scrap', 'bill', 'claim'])
    expectProblem(await act(apprentice!, easy['id'], name), 403, 'permission_missing')
  expect((await act(clerk!, easy['id'], 'bill')).body).toMatchObject({ status: 'billed' })
})

test('what the actor may not see, or belongs to others, does not exist', async () => {
  const { id } = await make({ title: 'Easy one' })
  const mine = await act(driver!, id, 'finish', { hours: 1 })
  // It was theirs to see as long as it was open.
  expect([mine.status, mine.text]).toEqual([204, ''])
  expectProblem(await act(driver!, id, 'finish', { hours: 1 }), 404, 'not_found')
  expectProblem(await driver!.get(`${REPAIRS}/${id}/actions`), 404, 'not_found')
  const foreign = await act(platform.tenant('beta').admin, id, 'scrap')
  const nowhere = await act(platform.tenant('beta').admin, randomUUID(), 'scrap')
  expectProblem(foreign, 404, 'not_found')
  expect({ ...foreign.body, requestId: '' }).toEqual({ ...nowhere.body, requestId: '' })
  for (const name of ['vanish', 'constructor', 'read'])
    expectProblem(await act(admin, id, name), 404, 'not_found')
  expectProblem(await act(admin, 'x', 'scrap'), 404, 'not_found')
})

test('an action that deletes the record is answered with nothing', async () => {
  const { id } = await make()
  expect((await act(admin, id, 'scrap')).status).toBe(204)
  expectProblem(await act(admin, id, 'scrap'), 404, 'not_found')
})

test('each record says what can be done with it now, by this actor', async () => {
  const me = (await admin.session()).member.id
  const easy = await make({ ownerId: me })
  const hard = await make({ title: 'Hard gear' })
  expect(await offered(admin, easy['id'])).toEqual(['finish', 'scrap', 'claim'])
  expect(await offered(admin, hard['id'])).toEqual(['finish', 'scrap'])
  expect(await offered(apprentice!, easy['id'])).toEqual(['finish'])
  expect(await offered(apprentice!, hard['id'])).toEqual([])
  await act(admin, hard['id'], 'finish', { hours: 1 })
  expect(await offered(admin, hard['id'])).toEqual(['bill', 'scrap'])
  expect(await offered(clerk!, hard['id'])).toEqual(['bill'])
  for (const [client, names] of [
    [admin, ['finish', 'bill', 'scrap', 'claim']],
    [apprentice!, ['finish']],
    [clerk!, ['bill']],
  ] as const) {
    const { body } = await client.get<EntityMeta>('/meta/pit/repair')
    expect(body.actions?.map(({ name }) => name)).toEqual(names)
  }
  const { body } = await admin.get<EntityMeta>('/meta/pit/repair')
  expect(body.actions?.[0]).toMatchObject({ icon: 'check', danger: false, fields: { length: 6 } })
  expect(body.actions?.[0]?.fields[2]).toMatchObject({ type: 'ref', ref: { entity: 'pit.mechanic' } })
})

test('what makes no sense is refused, and of many at once one is carried out', async () => {
  const { id } = await make()
  expectProblem(await act(admin, id, 'bill'), 409, 'action_refused')
  expectProblem(await act(admin, id, 'claim'), 409, 'action_refused')
  const answers = await Promise.all([1, 2, 3, 4].map((hours) => act(admin, id, 'finish', { hours })))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
})

test('whoever says what they have seen is told when it is not so any more', async () => {
  const { id } = await make()
  await admin.patch(`${REPAIRS}/${id}`, { title: 'Easy wheel' }, { version: 1 })
  const stale = await act(admin, id, 'finish', { hours: 1 }, { version: 1 })
  expectProblem(stale, 409, 'version_conflict')
  expect(stale.body.current).toBe(2)
  expectProblem(
    await act(admin, id, 'finish', { hours: 1 }, { headers: { 'if-match': '"x"' } }),
    409,
    'version_conflict',
  )
  expect((await act(admin, id, 'finish', { hours: 1 }, { version: 2 })).status).toBe(200)
})

test('with a key it happens once, however often it is asked for', async () => {
  const { id } = await make()
  const headers = { 'idempotency-key': randomUUID() }
  const first = await act(admin, id, 'finish', { hours: 2 }, { headers })
  const again = await act(admin, id, 'finish', { hours: 2 }, { headers })
  expect([again.status, again.text]).toEqual([200, first.text])
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expectProblem(await act(admin, id, 'finish', { hours: 3 }, { headers }), 422, 'idempotency_mismatch')
})

test('it is described with its input, and gone where the plugin is off', async () => {
  const { id } = await make()
  const { body } = await admin.get('/openapi.json')
  const operation = body.paths['/pit/repairs/{id}/actions/finish'].post
  expect(operation).toMatchObject({
    operationId: 'action_finish_pit_repair',
    'x-permission': 'trade.pit.repair.finish',
    requestBody: { content: { 'application/json': { example: { hours: 5 } } } },
  })
  expect(body.components.schemas['pit.repair.action.finish']).toMatchObject({
    additionalProperties: false,
    required: ['hours'],
    properties: { hours: { type: 'integer', minimum: 1, maximum: 100 } },
  })
  const plan = await admin.post('/plugins/pit/plan', { action: 'disable' })
  const off = await admin.post('/plugins/pit/apply', { action: 'disable', hash: plan.body.hash })
  expect(off.status, off.text).toBe(200)
  expectProblem(await act(admin, id, 'scrap'), 404, 'not_found')
  expect((await admin.get('/openapi.json')).body.paths).not.toHaveProperty('/pit/repairs/{id}/actions/finish')
})

test('it takes fewer than ten statements, with a key and references', async () => {
  const beta = platform.tenant('beta').admin
  const { id } = (await beta.post(REPAIRS, { title: 'Easy' })).body
  const mechanicId = (await beta.post('/pit/mechanics', { name: 'Known' })).body.id
  const checkedBy = (await beta.session()).member.id
  const headers = { 'idempotency-key': randomUUID() }
  await beta.get(`${REPAIRS}/${id}/actions`)
  expect(await platform.statements(() => beta.get(`${REPAIRS}/${id}/actions`))).toBeLessThan(10)
  const spent = await platform.statements(async () => {
    const answer = await act(beta, id, 'finish', { hours: 1, mechanicId, checkedBy }, { headers })
    expect(answer.status, answer.text).toBe(200)
  })
  expect(spent).toBeLessThan(10)
})
