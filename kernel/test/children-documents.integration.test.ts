import type { EntityMeta } from '@plinth/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { compile } from './support/answer-check.ts'

const platform = await bootFixtures({ plugins: ['billing'] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin, member } = acme

const metaOf = async (client: typeof admin): Promise<EntityMeta> =>
  (await client.get<EntityMeta>('/meta/billing/invoice')).body

describe('the metadata of a record with children', () => {
  test('names them, with what may be done with them, and not a second time as related records', async () => {
    const { children, related } = await metaOf(admin)
    expect(children).toEqual([
      {
        name: 'lines',
        entity: 'billing.line',
        field: 'invoiceId',
        label: { en: 'Lines', de: 'Positionen' },
        min: 0,
        max: 30,
        can: ['create', 'update', 'delete'],
      },
      expect.objectContaining({ name: 'payments', label: { en: 'Payments' }, max: 200 }),
    ])
    expect(related).toEqual([])
  })

  test('leaves out those the member may not read', async () => {
    const { children } = await metaOf(member)
    expect(children).toMatchObject([{ name: 'lines', can: [] }])
  })

  test('says what is computed and which rules there are, in every language', async () => {
    const { fields, checks } = await metaOf(admin)
    const computed = fields.filter((field) => field.computed)
    expect(computed.map(({ name, readOnly }) => [name, readOnly])).toContainEqual(['total', true])
    expect(checks).toContainEqual({
      id: 'due-after-issue',
      field: 'dueOn',
      message: {
        en: 'It cannot be due before it is issued.',
        de: 'Sie kann nicht vor der Ausstellung fällig sein.',
      },
    })
  })
})

describe('the API document of a record with children', async () => {
  const { body: document } = await admin.get('/openapi.json')
  const { schemas } = document.components
  const accepts = (name: string, value: unknown): boolean =>
    compile(document, { $ref: `#/components/schemas/${name}` })(value)
  const line = { text: 'Work', quantity: '1', price: { amount: '1.00', currency: 'EUR' } }

  test('takes new ones without their parent, up to as many as there may be', () => {
    expect(accepts('billing.invoice.create', { subject: 'A', lines: [line] })).toBe(true)
    expect(
      accepts('billing.invoice.create', { subject: 'A', lines: Array.from({ length: 31 }, () => line) }),
    ).toBe(false)
    const named = { ...line, invoiceId: '0198c5a4-1111-7111-9111-111111111111' }
    expect(accepts('billing.invoice.create', { subject: 'A', lines: [named] })).toBe(false)
    expect(
      accepts('billing.invoice.create', { subject: 'A', lines: [{ ...line, amount: line.price }] }),
    ).toBe(false)
  })

  test('takes present ones by their id in a change', () => {
    const id = '0198c5a4-1111-7111-9111-111111111111'
    expect(accepts('billing.invoice.update', { lines: [{ id, text: 'B' }, line] })).toBe(true)
    expect(accepts('billing.invoice.update', { lines: [{ id: 7 }] })).toBe(false)
  })

  test('tells the rules, and which fields are computed', () => {
    expect(schemas['billing.invoice.create'].description).toContain('check.sent-with-payer')
    expect(schemas['billing.invoice'].properties.total).toMatchObject({ 'x-computed': true, readOnly: true })
    expect(schemas['billing.invoice.create'].properties.total).toBeUndefined()
  })

  test('offers them and what they refer to as include', async () => {
    const { parameters } = document.paths['/billing/invoices'].get
    const include = parameters.find(({ name }: { name: string }) => name === 'include')
    const takes = compile(document, include.schema)
    for (const good of ['lines', 'payer', 'lines.product', 'payer.*', 'payer(name,city)'])
      expect([good, takes([good])]).toEqual([good, true])
    expect(takes(['lines.product.owner'])).toBe(false)
    expect((await admin.get('/billing/invoices?include=lines.product,payer(name,city)')).status).toBe(200)
  })
})
