import { afterAll, describe, expect, test } from 'vitest'
import { rowCounts } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { euro, INVOICES, lines, LINES, openBilling, pointers } from './invoices.ts'

const { platform, admin, make, save } = await openBilling()
afterAll(() => platform.stop())

describe('what is wrong is named, all of it at once', () => {
  test('in the parent and in every child', async () => {
    const before = await rowCounts(platform)
    const answer = await admin.post(INVOICES, {
      lines: [
        { text: 'fine' },
        { quantity: 'much', colour: 'red' },
        { text: 'x', price: euro('1.234'), amount: euro('1.00') },
        7,
        { text: 'x', invoiceId: '00000000-0000-0000-0000-000000000000' },
        { text: 'x', id: '00000000-0000-0000-0000-000000000000' },
        { text: 'x', ordinal: 3 },
      ],
    })
    expectProblem(answer, 422, 'validation_failed')
    expect(pointers(answer).toSorted()).toEqual(
      [
        '/subject required',
        '/lines/1/text required',
        '/lines/1/quantity pattern',
        '/lines/1/colour unknown',
        '/lines/2/price/amount scale',
        '/lines/2/amount unknown',
        '/lines/3 type',
        '/lines/4/invoiceId unknown',
        '/lines/5/id reference',
        '/lines/6/ordinal unknown',
      ].toSorted(),
    )
    expect(await rowCounts(platform)).toEqual(before)
  })

  test('by the rules of children too', async () => {
    const answer = await admin.post(INVOICES, {
      subject: 'Rules',
      issuedOn: '2026-02-02',
      dueOn: '2026-02-01',
      lines: [{ text: 'a' }, { text: 'b', free: true, price: euro('1.00') }],
    })
    expectProblem(answer, 422, 'validation_failed')
    expect(pointers(answer).toSorted()).toEqual([
      '/dueOn check.due-after-issue',
      '/lines/1/price check.free-without-price',
    ])
  })

  test('when an item is none of the parent, stands twice or has changed', async () => {
    const [made, other] = [await make({ lines: lines(2) }), await make({ lines: lines(1) })]
    const [first, second] = made.lines
    const answer = await save(made, {
      lines: [
        { id: first.id },
        { id: first.id },
        { id: other.lines[0].id },
        { id: 'nonsense' },
        { id: second.id, version: 9 },
      ],
    })
    expectProblem(answer, 422, 'validation_failed')
    expect(pointers(answer)).toEqual([
      '/lines/1/id reference',
      '/lines/2/id reference',
      '/lines/3/id reference',
      '/lines/4/version version',
    ])
  })

  test('references to nothing, each at its place', async () => {
    const product = (await admin.post('/billing/products', { name: 'Screw' })).body
    const foreign = (await platform.tenant('other').admin.post('/billing/products', { name: 'Nail' })).body
    const answer = await admin.post(INVOICES, {
      subject: 'References',
      lines: [
        { text: 'a', productId: product.id },
        { text: 'b', productId: foreign.id },
        { text: 'c' },
        { text: 'd', productId: '00000000-0000-4000-8000-000000000000' },
      ],
    })
    expectProblem(answer, 422, 'reference_unknown')
    expect(pointers(answer)).toEqual(['/lines/1/productId reference', '/lines/3/productId reference'])
  })

  test('members twice in an object, each at its place', async () => {
    const body =
      '{"subject":"A","subj\\u0065ct":"B","lines":[{"text":"a"},{"text":"b","price":{"amount":"1","amount":"2"}}]}'
    const headers = { 'content-type': 'application/json' }
    const answer = await admin.send('POST', INVOICES, { headers, body })
    expectProblem(answer, 400, 'body_invalid')
    expect(pointers(answer)).toEqual(['/subject repeated', '/lines/1/price/amount repeated'])
  })

  test('values that stand twice', async () => {
    const answer = await admin.post(INVOICES, {
      subject: 'Twice',
      lines: [
        { text: 'a', sku: 'S' },
        { text: 'b', sku: 'S' },
      ],
    })
    expectProblem(answer, 409, 'unique_violated')
    expect(pointers(answer)).toEqual(['/lines/1/invoiceId unique', '/lines/1/sku unique'])
  })

  test.each([
    ['no list', { lines: {} }, '/lines type'],
    ['null', { lines: null }, '/lines type'],
    ['more than there may be', { lines: lines(31) }, '/lines maxItems'],
  ])('%s', async (_, input, expected) => {
    const answer = await admin.post(INVOICES, { subject: 'Sizes', ...input })
    expectProblem(answer, 422, 'validation_failed')
    expect(pointers(answer)).toEqual([expected])
  })

  test('one more at its own address', async () => {
    const made = await make({ lines: lines(30) })
    const answer = await admin.post(LINES, { invoiceId: made.id, text: 'One more' })
    expectProblem(answer, 422, 'validation_failed')
    expect(pointers(answer)).toEqual(['/invoiceId maxItems'])
  })
})
