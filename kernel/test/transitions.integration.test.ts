import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { order } from './fixtures/plugins/library/src/order-entity.ts'
import type { Client, TestPlatform, TestTenant } from './support/index.ts'
import { runs } from './support/chance.ts'

let platform: TestPlatform
let acme: TestTenant
let orderer: Client

beforeAll(async () => {
  platform = await bootFixtures()
  acme = platform.tenant('acme')
  orderer = await acme.addMember(['library.orderer'])
})
afterAll(() => platform.stop())

const STATES = order.fields.state.values.map(({ value }) => value)
const { moves } = order.transitions

const make = async (title = 'North', state?: string) =>
  (await acme.admin.post('/library/orders', { title, ...(state ? { state } : {}) })).body
const move = (client: Client, { id, version }: { id: string; version: number }, state: string) =>
  client.patch(`/library/orders/${id}`, { state }, { version })
const eventsOf = async (id: string) =>
  (
    await platform.sql<{ type: string }>(`SELECT type FROM plinth.outbox WHERE subject = $1 ORDER BY id`, [
      id,
    ])
  ).map(({ type }) => type)

test('a record starts in one of its initial states', async () => {
  expect(await make()).toMatchObject({ state: 'asked' })
  expect(await make('North', 'refused')).toMatchObject({ state: 'refused' })
  const refused = await acme.admin.post('/library/orders', { title: 'North', state: 'arrived' })
  expectProblem(refused, 409, 'transition_refused')
  expect(refused.body).toMatchObject({
    field: 'state',
    from: null,
    to: 'arrived',
    allowed: ['asked', 'refused'],
    errors: [{ pointer: '/state', code: 'transition' }],
  })
})

test('only the declared ways lead from state to state, whatever is tried', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 8 }),
      async (targets) => {
        let record = await make()
        for (const to of targets) {
          const answer = await move(acme.admin, record, to)
          const allowed = moves.filter(({ from }) => (from as readonly string[]).includes(record.state))
          if (to === record.state || allowed.some((each) => each.to === to)) {
            expect(answer.status, answer.text).toBe(200)
            expect(answer.body.state).toBe(to)
            record = answer.body
          } else {
            expectProblem(answer, 409, 'transition_refused')
            expect(answer.body).toMatchObject({
              from: record.state,
              to,
              allowed: allowed.map((each) => each.to),
            })
          }
        }
        expect((await acme.admin.get(`/library/orders/${record.id}`)).body).toEqual(record)
      },
    ),
    { numRuns: runs(40) },
  )
})

test('a move emits its event in the same transaction, and no other move does', async () => {
  const asked = await make()
  const approved = (await move(acme.admin, asked, 'approved')).body
  expect(await eventsOf(asked.id)).toEqual(['library.order.created', 'library.order.updated'])
  await move(acme.admin, approved, 'arrived')
  expect(await eventsOf(asked.id)).toEqual([
    'library.order.created',
    'library.order.updated',
    'library.order.updated',
    'library.order.arrived',
  ])
  const [event] = await platform.sql(
    `SELECT data FROM plinth.outbox WHERE subject = $1 AND type = 'library.order.arrived'`,
    [asked.id],
  )
  expect(event!.data).toEqual({ field: 'state', from: 'approved', to: 'arrived', at: expect.any(String) })
})

test('a move with a permission of its own is refused to who lacks it, and nothing is written', async () => {
  const record = await make()
  const refused = await move(orderer, record, 'approved')
  expectProblem(refused, 403, 'permission_missing')
  expect(refused.body.permission).toBe('education.library.order.approve')
  expect((await acme.admin.get(`/library/orders/${record.id}`)).body).toEqual(record)
  expect((await move(orderer, record, 'refused')).status).toBe(200)
})

test('who holds that permission under a condition may move only such records', async () => {
  const buyer = await acme.addMember(['library.orderer', 'library.buyer'])
  expectProblem(await move(buyer, await make('Dear'), 'approved'), 403, 'permission_missing')
  expect((await move(buyer, await make('Cheap'), 'approved')).status).toBe(200)
})

test('the description of the entity offers each member the moves they may make', async () => {
  const offered = async (client: Client) => (await client.get('/meta/library/order')).body.transitions
  const all = moves.map(({ from, to, label }) => ({ from, to, label }))
  expect(await offered(acme.admin)).toEqual({ field: 'state', initial: ['asked', 'refused'], moves: all })
  expect((await offered(orderer)).moves).toEqual(all.filter(({ to }) => to !== 'approved'))
  expect((await acme.admin.get('/meta/library/book')).body.transitions).toBeUndefined()
})

test('the API description says which ways there are', async () => {
  const { schemas } = (await acme.admin.get('/openapi.json')).body.components
  expect(schemas['library.order.create'].properties.state.description).toContain('asked or refused')
  expect(schemas['library.order.update'].properties.state.description).toContain(
    'asked or refused → approved (with education.library.order.approve)',
  )
})
