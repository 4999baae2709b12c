import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { euro, INVOICES, lines, LINES, makeInvoice, pointers } from './invoices.ts'

const platform = await bootFixtures({ plugins: ['billing'] })
afterAll(() => platform.stop())
const { admin } = platform.tenant('acme')
const subject = `Computed ${randomUUID()}`
const where = (filter: object) => `filter=${encodeURIComponent(JSON.stringify({ subject, ...filter }))}`

test('what is computed filters, sorts and adds up like any other value', async () => {
  for (const count of [3, 1, 2]) await makeInvoice(admin, { subject, lines: lines(count) })
  const sorted = await admin.get(`${INVOICES}?${where({})}&sort=-total&include=lines`)
  expect(sorted.body.items.map(({ lineCount }: any) => lineCount)).toEqual([3, 2, 1])
  const some = await admin.get(
    `${INVOICES}?${where({ total: { gte: '20', currency: 'EUR' } })}&sort=lineCount`,
  )
  expect(some.status, some.text).toBe(200)
  expect(some.body.items.map(({ total }: any) => total)).toEqual([euro('20.00'), euro('30.00')])
  const { body } = await admin.get(`${INVOICES}/aggregate?${where({})}&sum=lineCount`)
  expect(body.groups).toMatchObject([{ count: 3, sum: { lineCount: 6 } }])
})

test('nobody writes it', async () => {
  const refused = await admin.post(INVOICES, {
    subject,
    net: euro('1.00'),
    lines: [{ text: 'A', amount: euro('1.00') }],
  })
  expectProblem(refused, 422, 'validation_failed')
  expect(pointers(refused).map((each) => each.split(' ')[0])).toEqual(['/net', '/lines/0/amount'])
})

test('it follows every change, also of a child alone, and the audit log tells', async () => {
  const made = await makeInvoice(admin, { lines: lines(2) })
  const changed = await admin.patch(`${INVOICES}/${made.id}`, { discount: '25' }, { version: made.version })
  expect(changed.body.total).toEqual(euro('15.00'))
  const line = await admin.patch(`${LINES}/${made.lines[0].id}`, { quantity: '3' }, { version: 1 })
  expect(line.body.amount).toEqual(euro('30.00'))
  const { body } = await admin.get(`${INVOICES}/${made.id}`)
  expect(body).toMatchObject({ net: euro('40.00'), total: euro('30.00'), version: 3 })
  const audit = await admin.get(`/audit?subjectId=${made.id}`)
  expect(audit.body.items[0]).toMatchObject({
    before: { net: euro('20.00'), total: euro('15.00') },
    after: { net: euro('40.00'), total: euro('30.00') },
  })
})

test('what cannot be computed is refused where its values are', async () => {
  const mixed = [
    { text: 'A', foreign: { amount: '1.00', currency: 'USD' } },
    { text: 'B', foreign: { amount: '1.00', currency: 'CHF' } },
  ]
  expect(pointers(await admin.post(INVOICES, { subject, lines: mixed }))).toEqual(['/foreign currency'])
  const huge = await admin.post(INVOICES, {
    subject,
    lines: [{ text: 'A', quantity: '999999999999', price: euro('9999999999999.99') }],
  })
  expect(pointers(huge)).toEqual(['/lines/0/amount range'])
})

test('an invoice with twenty lines and a key to repeat it by takes nine statements at most', async () => {
  const create = () =>
    admin.post(INVOICES, { subject, lines: lines(20) }, { headers: { 'idempotency-key': randomUUID() } })
  await create()
  expect(await platform.statements(create)).toBeLessThanOrEqual(9)
})
