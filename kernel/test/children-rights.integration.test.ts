import { afterAll, describe, expect, test } from 'vitest'
import { rowCounts } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { euro, INVOICES, lines, openBilling, pointers } from './invoices.ts'

const { platform, admin, make, save, read } = await openBilling()
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const clerk = await acme.addMember(['billing.clerk'])

describe('rights', () => {
  test('to create, change and delete children are those of their own entity, with its conditions', async () => {
    const made = await make({
      lines: [
        { text: 'open' },
        { text: 'locked', locked: true },
        { text: 'hidden', internal: true, price: euro('7.00') },
      ],
    })
    const [open, locked, hidden] = made.lines
    const seen = (await clerk.get(`${INVOICES}/${made.id}?include=lines`)).body
    expect(seen.lines.map(({ text }: any) => text)).toEqual(['open', 'locked'])
    expectProblem(await save(made, { lines: [{ id: open.id }] }, clerk), 403, 'permission_missing')
    expectProblem(
      await save(made, { lines: [{ id: open.id }, { id: locked.id, text: 'x' }] }, clerk),
      403,
      'permission_missing',
    )
    const inner = [{ id: open.id }, { id: locked.id }, { text: 'x', internal: true }]
    expectProblem(await save(made, { lines: inner }, clerk), 403, 'permission_missing')
    const guessed = await save(
      made,
      { lines: [{ id: open.id }, { id: locked.id }, { id: hidden.id }] },
      clerk,
    )
    expectProblem(guessed, 422, 'validation_failed')
    expect(pointers(guessed)).toEqual(['/lines/2/id reference'])
    const saved = await save(
      made,
      { lines: [{ id: locked.id }, { text: 'new' }, { id: open.id, text: 'done' }] },
      clerk,
    )
    expect(saved.status, saved.text).toBe(200)
    expect(saved.body.lines.map(({ text }: any) => text)).toEqual(['locked', 'new', 'done'])
    // What the clerk does not see is still there.
    expect((await read(made.id)).lines.map(({ text }: any) => text)).toEqual([
      'locked',
      'new',
      'done',
      'hidden',
    ])
    expect((await read(made.id)).net).toEqual(euro('7.00'))
    const remover = await acme.addMember(['billing.clerk', 'billing.remover'])
    const emptied = await save(saved.body, { lines: [] }, remover)
    expect(emptied.status, emptied.text).toBe(200)
    expect((await read(made.id)).lines.map(({ text }: any) => text)).toEqual(['hidden'])
  })

  test('are asked for by name when they are missing altogether', async () => {
    const permissions = [
      'trade.billing.invoice.create',
      'trade.billing.invoice.read',
      'trade.billing.invoice.update',
    ]
    const given = await admin.post('/api-keys', { name: 'sync', permissions })
    const key = acme.clientWithKey(given.body.key)
    const refused = await key.post(INVOICES, { subject: 'Key', lines: lines(1) })
    expectProblem(refused, 403, 'permission_missing')
    expect(refused.body.permission).toBe('trade.billing.line.create')
    const made = await make({ lines: lines(1) })
    const blind = await save(made, { lines: [] }, key)
    expectProblem(blind, 403, 'permission_missing')
    expect(blind.body.permission).toBe('trade.billing.line.read')
    expect((await key.get(`${INVOICES}/${made.id}?include=lines`)).body.lines).toEqual([])
  })

  test('of another workspace reach nothing', async () => {
    const made = await make({ lines: lines(1) })
    const { admin: stranger } = platform.tenant('other')
    expectProblem(await save(made, { lines: [] }, stranger), 404, 'not_found')
    const own = (await stranger.post(INVOICES, { subject: 'Own' })).body
    const taken = await save(own, { lines: [{ id: made.lines[0].id }] }, stranger)
    expectProblem(taken, 422, 'validation_failed')
    expect((await read(made.id)).lines).toHaveLength(1)
  })
})

describe('plugin code', () => {
  test('sees before each child what came before it in the same request', async () => {
    const payments = [
      { amount: euro('1.00'), last: true },
      { amount: euro('2.00'), last: true },
      { amount: euro('3.00') },
      { amount: euro('4.00'), last: true },
    ]
    const made = await make({ payments, lines: lines(1) })
    expect(made.payments.map(({ last }: any) => last)).toEqual([false, false, false, true])
    expect(made).toMatchObject({ net: euro('10.00'), lineCount: 1 })
    const numbers = made.payments.map(({ number }: any) => Number(number.slice(2)))
    expect(numbers).toEqual(numbers.map((_: number, index: number) => numbers[0] + index))
    const stored = (await admin.get(`${INVOICES}/${made.id}?include=lines,payments`)).body
    expect(stored.payments).toEqual(made.payments)
    expect(stored).toEqual(made)
    const [first, ...rest] = made.payments
    const saved = await save(made, {
      payments: [
        ...rest.map(({ id }: any) => ({ id })),
        { amount: euro('5.00'), last: true },
        { id: first.id },
      ],
    })
    expect(saved.status, saved.text).toBe(200)
    expect(saved.body.payments.map(({ last }: any) => last)).toEqual([false, false, false, true, false])
  })

  test('refuses a child at its place, and the whole is taken back', async () => {
    const before = await rowCounts(platform)
    const answer = await admin.post(INVOICES, {
      subject: 'Refused',
      lines: lines(1),
      payments: [{ amount: euro('1.00'), last: true }, { amount: euro('13.00') }],
    })
    expectProblem(answer, 422, 'billing.unlucky')
    expect(pointers(answer)).toEqual(['/payments/1/amount unlucky'])
    expect(await rowCounts(platform)).toEqual(before)
    const made = await make({ payments: [{ amount: euro('1.00'), last: true }] })
    expectProblem(await save(made, { payments: [] }), 409, 'billing.kept')
  })

  test('saves a record with its children', async () => {
    const demo = platform.tenant('demo')
    const { body } = await demo.admin.get(
      `${INVOICES}?include=lines&filter=${encodeURIComponent('{"subject":"By the plugin"}')}`,
    )
    expect(body.items).toHaveLength(1)
    expect(body.items[0].lines.map(({ text }: any) => text)).toEqual(['Now first', 'First', 'Third'])
    expect(body.items[0].net).toEqual(euro('6.00'))
  })
})
