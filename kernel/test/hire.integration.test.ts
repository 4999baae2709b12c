import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { NOBODY } from './fixtures/bad-request.ts'
import { expectProblem } from './expect-problem.ts'
import { makeRecord, type Answer, type TestPlatform, type TestTenant } from './support/index.ts'

let platform: TestPlatform
let acme: TestTenant

beforeAll(async () => {
  platform = await bootFixtures({ plugins: ['hire'] })
  acme = platform.tenant('acme')
})
afterAll(() => platform.stop())

const item = () => makeRecord(acme.admin, 'hire.item')
const book = (...itemIds: string[]) =>
  acme.member.post('/hire/bookings', {
    startsOn: '2026-03-01',
    endsOn: '2026-03-04',
    lines: itemIds.map((itemId) => ({ itemId, days: 4 })),
  })

test('of many who want the same item at the same time one gets it', async () => {
  const { id } = await item()
  const answers = await Promise.all(Array.from({ length: 8 }, () => book(id)))
  expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([
    201, 422, 422, 422, 422, 422, 422, 422,
  ])
  const refused = answers.find(({ status }) => status === 422)!
  expect(refused.body).toMatchObject({ code: 'hire.item_taken', errors: [{ pointer: '/lines/0/itemId' }] })
  expect((await acme.admin.get('/hire/bookings?count=true')).body.total).toBe(1)
})

test('two who wait for each other are not held up for ever, and neither is harmed', async () => {
  const [left, right] = [await item(), await item()]
  for (let round = 0; round < 4; round += 1) {
    const answers = await Promise.all([book(left.id, right.id), book(right.id, left.id)])
    for (const { status, text } of answers) expect([201, 422, 503], text).toContain(status)
  }
  const lines = (await acme.admin.get('/hire/lines?limit=200')).body.items as { itemId: string }[]
  expect(lines.filter(({ itemId }) => itemId === left.id)).toHaveLength(1)
  expect(lines.filter(({ itemId }) => itemId === right.id)).toHaveLength(1)
})

test('many changes at once of the same records in another order are refused as a whole at worst', async () => {
  const items = await Promise.all(Array.from({ length: 30 }, item))
  const answers = await Promise.all(
    [items, items.toReversed()].map((each, index) =>
      acme.admin.post('/hire/items/bulk', {
        atomic: true,
        update: each.map(({ id }) => ({
          id,
          version: 1,
          changes: { dailyRate: { amount: `${index + 7}.00`, currency: 'EUR' } },
        })),
      }),
    ),
  )
  for (const answer of answers)
    if (answer.status === 409) expectProblem(answer, 409, 'version_conflict')
    else if (answer.status !== 200) expectProblem(answer, 503, 'unavailable')
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const { items: after } = (await acme.admin.get('/hire/items?limit=200')).body
  const changed = after.filter(({ id }: { id: string }) => items.some((each) => each.id === id))
  expect(
    new Set(changed.map(({ dailyRate }: { dailyRate: { amount: string } }) => dailyRate.amount)).size,
  ).toBe(1)
})

test('what hooks look up and is not there is a reference that leads nowhere, at its place', async () => {
  const saw = await item()
  const dates = { startsOn: '2027-03-01', endsOn: '2027-03-04' }
  const lines = [{ itemId: saw.id, days: 1 }]
  const refusedAt = async (answer: Promise<Answer>) => {
    expectProblem(await answer, 422, 'reference_unknown')
    return (await answer).body.errors.map(({ pointer }: { pointer: string }) => pointer)
  }
  const post = (body: object) => acme.admin.post('/hire/bookings', { ...dates, ...body })
  // Of a child whose hook looks for it, and of the parent, which is written when the hook of a child looks for it.
  expect(await refusedAt(post({ lines: [...lines, { itemId: NOBODY, days: 1 }] }))).toEqual([
    '/lines/1/itemId',
  ])
  expect(await refusedAt(post({ lines, depotItemId: NOBODY, insteadOfId: NOBODY }))).toEqual([
    '/depotItemId',
    '/insteadOfId',
  ])
  const made = await post({ lines, code: 'once' })
  expect(made.status).toBe(201)
  const twice = await post({ lines, code: 'once', startsOn: '2028-01-01', endsOn: '2028-01-01' })
  expectProblem(twice, 409, 'unique_violated')
  expect(twice.body.errors).toMatchObject([{ pointer: '/code' }])
  const change = acme.admin.patch(
    `/hire/bookings/${made.body.id}`,
    { lines: [{ itemId: NOBODY, days: 1 }] },
    made.body,
  )
  expect(await refusedAt(change)).toEqual(['/lines/0/itemId'])
  const alone = acme.admin.post('/hire/lines', { bookingId: NOBODY, itemId: NOBODY, days: 1 })
  expect(await refusedAt(alone)).toEqual(['/bookingId', '/itemId'])
})

test('a record that needs children can be made for a test, and has them', async () => {
  const made = await makeRecord(acme.admin, 'hire.booking')
  expect(made['lines']).toHaveLength(1)
  expectProblem(
    await acme.admin.post('/hire/bookings', { startsOn: '2026-01-01', endsOn: '2026-01-01' }),
    422,
    'validation_failed',
  )
})
