import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { rowCounts } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import type { Client } from './support/index.ts'
import { act, chosen, MACHINES, openYard, refused } from './yard.ts'

const { platform, admin, beta, hand, porter, make } = await openYard()
afterAll(() => platform.stop())

test('what reads sees what the actor may see, and answers with what it has found', async () => {
  const least = '9000.00'
  await make({ name: 'Heavy', tons: '9000.50' })
  await make({ name: 'Hidden', tons: '9001.00' })
  await make({ name: 'Foreign', tons: '9002.00' }, beta)
  const all = await act(admin, 'tally', { least })
  expect([all.status, all.body]).toEqual([200, { machines: 2, tons: '18001.50', names: ['Heavy', 'Hidden'] }])
  const some = await act(hand, 'tally', { least })
  expect(some.body).toEqual({ machines: 1, tons: '9000.50', names: ['Heavy'] })
  expect(refused(await act(hand, 'tally', { least: 'much' }))).toEqual([
    '422 validation_failed',
    '/least pattern',
  ])
  expectProblem(await act(porter, 'tally'), 403, 'permission_missing')
})

test('what reads a record shows masks, needs no version, and nothing is kept of it', async () => {
  const { id } = await make({ key: 'ABCD1234' })
  const weigh = (client: Client, input: object = {}, options = {}, of = id) =>
    client.post(`${MACHINES}/${of}/actions/weigh`, input, options)
  const before = await rowCounts(platform)
  const shown = { tons: '2.50', key: '****1234', stored: '****1234' }
  for (const client of [admin, hand]) {
    const headers = { 'idempotency-key': randomUUID() }
    const { status, body, text } = await weigh(client, {}, { headers, version: 7 })
    expect([status, body], text).toEqual([200, shown])
  }
  expect(await rowCounts(platform)).toEqual(before)
  const [dear, hidden, foreign] = [
    await make({ name: 'Dear' }),
    await make({ name: 'Hidden' }),
    await make({}, beta),
  ]
  expect((await weigh(hand, { beside: dear.id })).status).toBe(200)
  expect(refused(await weigh(hand, { beside: hidden.id }))).toEqual([
    '422 reference_unknown',
    '/beside reference',
  ])
  for (const of of [hidden.id, foreign.id, randomUUID()])
    expectProblem(await weigh(hand, {}, {}, of), 404, 'not_found')
  await act(admin, 'retire', { records: chosen(dear, { id }), heirId: dear.id })
  expectProblem(await weigh(admin), 409, 'action_refused')
})

test('what reads cannot change anything, however it tries', async () => {
  const { id } = await make()
  const meddle = (how: string) => hand.post(`${MACHINES}/${id}/actions/meddle`, { how })
  const before = await rowCounts(platform)
  for (const how of ['create', 'update', 'delete', 'emit'])
    expectProblem(await meddle(how), 500, 'action_read_only')
  for (const how of ['hidden', 'nothing']) expect((await meddle(how)).body).toEqual({ done: true })
  expectProblem(await meddle('lie'), 500, 'plugin_failed')
  expect(await rowCounts(platform)).toEqual(before)
  expect((await admin.get(`${MACHINES}/${id}`)).body).toMatchObject({ version: 1, name: 'Digger' })
})
