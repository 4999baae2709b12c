import { randomUUID } from 'node:crypto'
import { bootForTest, makeRecord, type Answer, type Client } from '@plinth/testing'
import { afterAll, expect, test } from 'vitest'

const platform = await bootForTest({ plugins: ['crm', 'tickets'], tenants: [{ slug: 'acme' }] })
const { admin, member } = platform.tenant('acme')
const lead = await platform.tenant('acme').addMember(['crm.lead'])
afterAll(() => platform.stop())

type Made = Awaited<ReturnType<typeof makeRecord>>

const merge = (client: Client, customers: readonly Made[], keep: Made, options = {}): Promise<Answer> =>
  client.post(
    '/crm/customers/actions/merge',
    { records: customers.map(({ id, version }) => ({ id, version })), keepId: keep.id },
    options,
  )
const customer = (name: string) => makeRecord(admin, 'crm.customer', { name })
const contact = (of: Made, values: object) =>
  makeRecord(admin, 'crm.contact', { customerId: of.id, ...values })
const listOf = async (path: string, filter: object): Promise<Record<string, any>[]> =>
  (await admin.get(`/crm/${path}?sort=createdAt&filter=${encodeURIComponent(JSON.stringify(filter))}`)).body
    .items

test('one customer stays with all that belonged to the others, which lie in the trash', async () => {
  const [first, second, third] = [
    await customer('Werft'),
    await customer('Werft AG'),
    await customer('Die Werft'),
  ]
  const [theirs, ours] = [
    await contact(first, { isPrimary: true }),
    await contact(second, { isPrimary: true }),
  ]
  const activity = await makeRecord(admin, 'crm.activity', { customerId: first.id, contactId: theirs.id })
  const ticket = await makeRecord(admin, 'tickets.ticket', { customerId: third.id, contactId: null })
  await platform.settled()
  const said = (await listOf('activities', { customerId: { in: [first.id, third.id] } })).length

  const answer = await merge(admin, [first, second, third], second)
  expect(answer.status, answer.text).toBe(204)
  await platform.settled()
  expect(await listOf('contacts', { customerId: second.id })).toMatchObject([
    { id: theirs.id, isPrimary: false },
    { id: ours.id, isPrimary: true },
  ])
  expect((await admin.get(`/crm/activities/${activity.id}`)).body).toMatchObject({ customerId: second.id })
  expect((await admin.get(`/tickets/tickets/${ticket.id}`)).body).toMatchObject({ customerId: second.id })
  // The timeline has come along, and nothing was said anew.
  expect(await listOf('activities', { customerId: second.id })).toHaveLength(said)
  for (const { id } of [first, third]) expect((await admin.get(`/crm/customers/${id}`)).status).toBe(404)
  const { body: trash } = await admin.get('/crm/customers/trash')
  expect(trash.items.map(({ id }: Made) => id).toSorted()).toEqual([first.id, third.id].toSorted())
  const [event] = await platform.sql(
    `SELECT subject, data FROM plinth.outbox WHERE type = 'crm.customer.merged'`,
  )
  expect(event).toEqual({ subject: second.id, data: { merged: [first.id, third.id] } })
  const notes = await platform.sql(
    `SELECT subject_id FROM plinth.audit WHERE action = 'crm.customer.merge' ORDER BY id`,
  )
  expect(notes.map(({ subject_id: id }) => id)).toEqual([first.id, second.id, third.id])
})

test('a main contact of those who go becomes that of the one who stays without', async () => {
  const [stays, goes, too] = [
    await customer('Reederei'),
    await customer('Reederei KG'),
    await customer('Reed'),
  ]
  const [main, other] = [await contact(goes, { isPrimary: true }), await contact(too, { isPrimary: true })]
  expect((await merge(admin, [stays, goes, too], stays)).status).toBe(204)
  const contacts = await listOf('contacts', { customerId: stays.id })
  expect(contacts).toMatchObject([
    { id: main.id, isPrimary: true },
    { id: other.id, isPrimary: false },
  ])
})

test('a lead merges customers, as far as they may change what refers to them', async () => {
  const [stays, goes] = [await customer('Spedition'), await customer('Spedition OHG')]
  expect((await merge(member, [stays, goes], stays)).status).toBe(403)
  const ticket = await makeRecord(admin, 'tickets.ticket', { customerId: goes.id, contactId: null })
  const wanted = { name: 'crm alone', permissions: ['backoffice.crm.*'] }
  const { key } = (await admin.post('/api-keys', wanted)).body
  const barred = await merge(platform.tenant('acme').clientWithKey(key), [stays, goes], stays)
  expect([barred.status, barred.body.permission]).toEqual([403, 'support.tickets.ticket.update'])
  expect((await admin.get(`/tickets/tickets/${ticket.id}`)).body.customerId).toBe(goes.id)
  expect((await merge(lead, [stays, goes], stays)).status).toBe(204)
  expect((await admin.get(`/tickets/tickets/${ticket.id}`)).body.customerId).toBe(stays.id)
})

test('who was seen otherwise, is gone, or is alone is not merged', async () => {
  const [stays, goes] = [await customer('Druckhaus'), await customer('Druckhaus eG')]
  await admin.patch(`/crm/customers/${goes.id}`, { name: 'Druckhaus e. G.' }, { version: 1 })
  const stale = await merge(admin, [stays, goes], stays)
  expect([stale.status, stale.body.errors[0].pointer]).toEqual([409, '/records/1'])
  const seen = { ...goes, version: 2 }
  const outside = await merge(admin, [stays, seen], await customer('Fremd'))
  expect([outside.status, outside.body.errors[0].pointer]).toEqual([422, '/keepId'])
  expect((await merge(admin, [stays], stays)).status).toBe(422)
  const headers = { 'idempotency-key': randomUUID() }
  expect((await merge(admin, [stays, seen], stays, { headers })).status).toBe(204)
  expect((await merge(admin, [stays, seen], stays, { headers })).headers.get('idempotency-replayed')).toBe(
    'true',
  )
  expect((await merge(admin, [stays, seen], stays)).status).toBe(422)
})
