import { expect } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import type { Client, TestPlatform } from './support/index.ts'

export const INVOICES = '/billing/invoices'
export const LINES = '/billing/lines'

export const euro = (amount: string) => ({ amount, currency: 'EUR' })

/** So many lines of an invoice, each at this price. */
export const lines = (count: number, price = '10.00') =>
  Array.from({ length: count }, (_, index) => ({ text: `Line ${index + 1}`, price: euro(price) }))

/** Creates an invoice, which must succeed. */
export async function makeInvoice(client: Client, input: object = {}): Promise<any> {
  const { status, body, text } = await client.post(INVOICES, { subject: 'Work', ...input })
  expect(status, text).toBe(201)
  return body
}

export const saveInvoice = (client: Client, invoice: { id: string; version: number }, changes: object) =>
  client.patch(`${INVOICES}/${invoice.id}`, changes, { version: invoice.version })

/** An invoice with its lines, as the client sees it. */
export const readInvoice = async (client: Client, id: string): Promise<any> =>
  (await client.get(`${INVOICES}/${id}?include=lines`)).body

/** A platform with the plugin of invoices and their lines, and what the administrator of `acme` does with them. */
export async function openBilling() {
  const platform = await bootFixtures({
    plugins: ['billing'],
    tenants: [{ slug: 'acme' }, { slug: 'other' }, { slug: 'demo', sampleData: true }],
  })
  const { admin } = platform.tenant('acme')
  return {
    platform,
    admin,
    make: (input: object = {}) => makeInvoice(admin, input),
    read: (id: string) => readInvoice(admin, id),
    save: (invoice: { id: string; version: number }, changes: object, client = admin) =>
      saveInvoice(client, invoice, changes),
  }
}

/** What was refused, as `pointer code`. */
export const pointers = (answer: { body: { errors: { pointer: string; code: string }[] } }): string[] =>
  answer.body.errors.map(({ pointer, code }) => `${pointer} ${code}`)

/** What was noted of a record, in order. */
export async function notesOf(platform: TestPlatform, id: string) {
  const audit = await platform.sql<{ action: string }>(
    'SELECT action FROM plinth.audit WHERE subject_id = $1 ORDER BY id',
    [id],
  )
  const events = await platform.sql<{ type: string }>(
    'SELECT type FROM plinth.outbox WHERE subject = $1 ORDER BY id',
    [id],
  )
  return { audit: audit.map(({ action }) => action), events: events.map(({ type }) => type) }
}
