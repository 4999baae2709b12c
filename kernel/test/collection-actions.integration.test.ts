import { randomUUID } from 'node:crypto'
import type { EntityMeta } from '@plinth/sdk'
import { afterAll, expect, test } from 'vitest'
import { rowCounts } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import type { Answer, Client } from './support/index.ts'
import { act, chosen, MACHINES, openYard, refused } from './yard.ts'

const { platform, admin, beta, hand, porter, make } = await openYard()
afterAll(() => platform.stop())

const auditOf = (id: string) =>
  platform.sql(
    `SELECT action, after FROM plinth.audit WHERE subject_id = $1 AND action <> 'yard.machine.created' ORDER BY id`,
    [id],
  )

test('several records change together, each with its note of it', async () => {
  const [heir, old] = [await make(), await make({ key: 'ABCD1234' })]
  const input = { records: [{ id: heir.id, version: 1 }, { id: old.id }], heirId: heir.id, why: ' rust ' }
  const answer = await act(admin, 'retire', input)
  expect([answer.status, answer.text]).toEqual([204, ''])
  expect((await admin.get(`${MACHINES}/${old.id}`)).body).toMatchObject({
    status: 'retired',
    heirId: heir.id,
  })
  expect((await admin.get(`${MACHINES}/${heir.id}`)).body).toMatchObject({ status: 'works', version: 1 })
  const told = { heirId: heir.id, why: 'rust', like: null, records: [heir.id, old.id] }
  expect(await auditOf(heir.id)).toEqual([{ action: 'yard.machine.retire', after: told }])
  expect((await auditOf(old.id)).map(({ action }) => action)).toEqual([
    'yard.machine.retire',
    'yard.machine.updated',
  ])
  const events = await platform.sql(`SELECT type FROM plinth.outbox WHERE subject = $1 ORDER BY id`, [old.id])
  expect(events.map(({ type }) => type)).toContain('yard.machine.retired')
})

test('everything that is wrong with what it is told is named', async () => {
  const [a, b] = [await make(), await make()]
  const heirId = a.id
  expect(refused(await act(admin, 'retire', { heirId }))).toEqual([
    '422 validation_failed',
    '/records required',
  ])
  expect(refused(await act(admin, 'retire', { heirId, records: 'all' }))).toEqual([
    '422 validation_failed',
    '/records type',
  ])
  const odd = [
    { id: 'x', version: '1' },
    7,
    { id: a.id, colour: 'red' },
    { id: a.id.toUpperCase() },
    { version: 1 },
  ]
  expect(refused(await act(admin, 'retire', { heirId, records: odd }))).toEqual([
    '422 validation_failed',
    '/records maxItems',
    '/records/0/id format',
    '/records/0/version type',
    '/records/1 type',
    '/records/2/colour unknown',
    '/records/3/id duplicate',
    '/records/4/id required',
  ])
  expect(refused(await act(admin, 'retire', { heirId, records: chosen(a) }))).toEqual([
    '422 validation_failed',
    '/records minItems',
  ])
  expect(refused(await act(admin, 'retire', { records: chosen(a, b), colour: 'red' }))).toEqual([
    '422 validation_failed',
    '/colour unknown',
    '/heirId required',
  ])
  const other = (await make()).id
  expect(refused(await act(admin, 'retire', { records: chosen(a, b), heirId: other }))).toEqual([
    '422 validation_failed',
    '/heirId chosen',
  ])
  expect(refused(await act(admin, 'paint', { records: chosen(a), colour: 'red' }))).toEqual([
    '422 validation_failed',
    '/records unknown',
  ])
})

test('each record must be there for the actor, permitted, as they have seen it, and fit', async () => {
  const [a, b] = [await make(), await make()]
  const dear = await make({ name: 'Dear' })
  const hidden = await make({ name: 'Hidden' })
  const foreign = await make({}, beta)
  const attempt = (records: object[], client: Client = hand, more: object = {}) =>
    act(client, 'retire', { records, heirId: a.id, ...more })
  for (const id of [hidden.id, foreign.id, randomUUID()])
    expect(refused(await attempt([{ id: a.id }, { id }]))).toEqual([
      '422 reference_unknown',
      '/records/1 reference',
    ])
  const barred = await attempt([...chosen(dear, a), { id: b.id, version: 7 }])
  expect(refused(barred)).toEqual(['403 permission_missing', '/records/0 permission'])
  expect(barred.body.permission).toBe('trade.yard.machine.retire')
  expect(refused(await attempt([{ id: a.id }, { id: b.id, version: 7 }]))).toEqual([
    '409 version_conflict',
    '/records/1 version',
  ])
  for (const like of [hidden.id, foreign.id])
    expect(refused(await attempt(chosen(a, b), hand, { like }))).toEqual([
      '422 reference_unknown',
      '/like reference',
    ])
  expect((await attempt(chosen(a, b), hand, { like: dear.id })).status).toBe(204)
  expect(refused(await attempt(chosen(a, b)))).toEqual(['409 action_refused', '/records/1 refused'])
})

test('what the plugin or one of its hooks refuses leaves nothing behind', async () => {
  const [a, b, bolted] = [await make(), await make(), await make({ name: 'Bolted' })]
  const before = await rowCounts(platform)
  const input = { records: chosen(a, b), heirId: a.id, why: 'no reason' }
  expect(refused(await act(admin, 'retire', input))).toEqual(['422 yard.why', '/why why'])
  const vetoed = await act(admin, 'retire', { records: chosen(a, b, bolted), heirId: a.id })
  expectProblem(vetoed, 409, 'yard.bolted')
  expect(await rowCounts(platform)).toEqual(before)
  expect((await admin.get(`${MACHINES}/${b.id}`)).body.status).toBe('works')
})

test('of several at once that share records one is carried out, and none waits for ever', async () => {
  const machines = [await make(), await make(), await make()]
  const heirId = machines[0]!.id
  const answers = await Promise.all(
    [machines, machines.toReversed(), machines, machines.toReversed()].map((each) =>
      act(admin, 'retire', { records: chosen(...each), heirId }),
    ),
  )
  expect(answers.map(({ status }) => status).toSorted((x, y) => x - y)).toEqual([204, 409, 409, 409])
})

test('with a key it happens once', async () => {
  const headers = { 'idempotency-key': randomUUID() }
  const colour = randomUUID().slice(0, 8)
  expect((await act(admin, 'paint', { colour }, { headers })).status).toBe(204)
  const again = await act(admin, 'paint', { colour }, { headers })
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([204, 'true'])
  expectProblem(await act(admin, 'paint', { colour: 'red' }, { headers }), 422, 'idempotency_mismatch')
  const { body } = await admin.get(`${MACHINES}?filter={"name":"Painted ${colour}"}&count=true`)
  expect(body.total).toBe(1)
  const [note] = await platform.sql(
    `SELECT subject_type, subject_id, after FROM plinth.audit WHERE action = 'yard.machine.paint' AND after->>'colour' = $1`,
    [colour],
  )
  expect(note).toEqual({ subject_type: 'yard.machine', subject_id: '', after: { colour } })
})

test('a permission for some records is none for the whole collection', async () => {
  const refusal = await act(hand, 'paint', { colour: 'red' })
  expectProblem(refusal, 403, 'permission_missing')
  expect(refusal.body.permission).toBe('trade.yard.machine.paint')
  expectProblem(await act(porter, 'paint', { colour: 'red' }), 403, 'permission_missing')
})

test('a plugin as a whole has actions of its own', async () => {
  const me = (await porter.session()).member.id
  const stranger = (await beta.session()).member.id
  const close = (client: Client, input: object) => client.post('/yard/actions/close', input)
  expect((await close(porter, { by: me, pin: '0815' })).status).toBe(204)
  const [note] = await platform.sql(
    `SELECT subject_type, subject_id, after FROM plinth.audit WHERE action = 'yard.close' ORDER BY id DESC LIMIT 1`,
  )
  expect(note).toEqual({ subject_type: 'plugin', subject_id: 'yard', after: { by: me, pin: '****' } })
  expect(refused(await close(porter, { by: stranger }))).toEqual(['422 reference_unknown', '/by reference'])
  expect(refused(await close(porter, { colour: 'red' }))).toEqual([
    '422 validation_failed',
    '/colour unknown',
  ])
  expectProblem(await close(hand, {}), 403, 'permission_missing')
  expectProblem(await porter.post('/yard/actions/survey', {}), 403, 'permission_missing')
  const { body } = await admin.get(`${MACHINES}?count=true&limit=1`)
  expect((await admin.post('/yard/actions/survey', {})).body).toEqual({ machines: body.total })
  const visible = (await hand.get(`${MACHINES}?count=true&limit=1`)).body.total
  expect((await hand.post('/yard/actions/survey', {})).body).toEqual({ machines: visible })
  for (const path of ['/yard/actions/vanish', '/yard/actions/constructor', '/nowhere/actions/close'])
    expectProblem(await admin.post(path, {}), 404, 'not_found')
  for (const path of [
    `${MACHINES}/actions/vanish`,
    `${MACHINES}/actions/weigh`,
    `${MACHINES}/actions/toString`,
  ])
    expectProblem(await admin.post(path, {}), 404, 'not_found')
})

test('the log finds them by their labels, and says what they are called', async () => {
  const [heir, old] = [await make(), await make()]
  expect((await act(admin, 'retire', { records: chosen(heir, old), heirId: heir.id })).status).toBe(204)
  expect((await admin.post('/yard/actions/close', {})).status).toBe(204)
  const find = async (q: string, subject: string) => {
    const { body } = await admin.get(`/audit?q=${encodeURIComponent(q)}&subjectId=${subject}`)
    return { actions: body.items.map(({ action }: { action: string }) => action), words: body.words }
  }
  const retired = await find('machine RETIRE', heir.id)
  expect(retired.actions).toEqual(['yard.machine.retire'])
  expect(retired.words['yard.machine']).toMatchObject({
    label: { en: 'Machine' },
    fields: { status: { values: { retired: { en: 'Retired' } } }, tons: { label: { en: 'Tons' } } },
    actions: { retire: { en: 'Retire' }, paint: { en: 'Paint all' } },
  })
  expect((await find('machine heir', old.id)).actions).toEqual(['yard.machine.updated'])
  expect((await find('machine colour', old.id)).actions).toEqual([])
  const closed = await find('close the yard', 'yard')
  expect(new Set(closed.actions)).toEqual(new Set(['yard.close']))
  expect(closed.words['yard']).toMatchObject({ actions: { close: { en: 'Close the yard' } } })
})

test('each member is told of those they may carry out, with what there is to say', async () => {
  const { body } = await admin.get<EntityMeta>('/meta/yard/machine')
  const names = (actions: EntityMeta['actions']) => actions?.map(({ name }) => name)
  expect(names(body.actions)).toEqual(['weigh', 'meddle'])
  expect(names(body.collectionActions)).toEqual(['retire', 'fold', 'paint', 'tally'])
  expect(names(body.pluginActions)).toEqual(['close', 'survey'])
  const [retire, , paint, tally] = body.collectionActions!
  expect(retire).toMatchObject({
    api: '/api/v1/yard/machines/actions/retire',
    records: { min: 2, max: 3 },
    chosen: ['heirId'],
    danger: true,
  })
  expect(paint).not.toHaveProperty('records')
  expect(tally!.output!.map(({ name, type }) => [name, type])).toEqual([
    ['machines', 'int'],
    ['tons', 'decimal'],
    ['names', 'tags'],
  ])
  expect(body.pluginActions![0]!.api).toBe('/api/v1/yard/actions/close')
  const { body: theirs } = await hand.get<EntityMeta>('/meta/yard/machine')
  expect(names(theirs.collectionActions)).toEqual(['retire', 'tally'])
  expect(names(theirs.pluginActions)).toEqual(['survey'])
})

test('they are described with what they are told and answer, and gone where the plugin is off', async () => {
  const { body } = await beta.get('/openapi.json')
  const { schemas } = body.components
  const retire = body.paths['/yard/machines/actions/retire'].post
  expect(retire).toMatchObject({
    operationId: 'action_retire_yard_machine',
    'x-permission': 'trade.yard.machine.retire',
    responses: { 204: { description: expect.any(String) } },
  })
  expect(schemas['yard.machine.action.retire']).toMatchObject({
    required: ['records', 'heirId'],
    properties: { records: { minItems: 2, maxItems: 3 } },
  })
  const { example } = retire.requestBody.content['application/json']
  expect(example.records).toHaveLength(2)
  expect(example.heirId).toBe(example.records[0].id)
  expect(schemas['yard.machine.action.tally.output']).toMatchObject({
    required: ['machines', 'tons', 'names'],
    properties: { machines: { type: 'integer' } },
  })
  const weigh = body.paths['/yard/machines/{id}/actions/weigh'].post
  expect(JSON.stringify(weigh)).not.toMatch(/If-Match|Idempotency/)
  expect(body.paths['/yard/actions/survey'].post.operationId).toBe('yard_plugin_action_survey')
  expect(schemas).toHaveProperty(['yard.plugin-action.close'])
  await platform.tenant('beta').switch('disable', 'yard')
  for (const path of [`${MACHINES}/actions/tally`, '/yard/actions/survey'])
    expectProblem(await beta.post(path, {}), 404, 'not_found')
})

test('they take fewer than ten statements', async () => {
  const machines = [await make(), await make(), await make()]
  const { id } = machines[0]!
  const retire = {
    records: chosen(...machines.slice(0, 2)),
    heirId: id,
    like: machines[2]!.id,
  }
  const headers = { 'idempotency-key': randomUUID() }
  const spent = async (call: () => Promise<Answer>) => {
    const statements = await platform.statements(async () => {
      const { status, text } = await call()
      expect(status, text).toBeLessThan(300)
    })
    return statements
  }
  const calls = [
    () => admin.post(`${MACHINES}/${id}/actions/weigh`, { beside: machines[2]!.id }),
    () => act(admin, 'tally', { least: '9000.00' }),
    () => admin.post('/yard/actions/survey', {}),
    () => act(admin, 'retire', retire, { headers }),
  ]
  for (const call of calls) expect(await spent(call)).toBeLessThan(10)
})
