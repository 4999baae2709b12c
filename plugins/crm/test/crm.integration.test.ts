import { bootForTest, makeRecord, type Answer } from '@plinth/testing'
import { afterAll, expect, test } from 'vitest'

const platform = await bootForTest({
  plugins: ['crm', 'tickets'],
  tenants: [{ slug: 'acme' }, { slug: 'small', tier: 'free' }],
})
const { admin, member } = platform.tenant('acme')
afterAll(() => platform.stop())

const CUSTOMERS = '/crm/customers'

const codeOf = ({ status, body }: Answer): string =>
  `${status} ${body.code} ${body.errors?.[0]?.pointer ?? ''}`.trim()

/** Subjects of what was said and agreed with a customer, oldest first. */
async function timelineOf(customerId: string): Promise<Record<string, any>[]> {
  await platform.settled()
  const filter = encodeURIComponent(JSON.stringify({ customerId }))
  return (await admin.get(`/crm/activities?sort=createdAt&filter=${filter}`)).body.items
}

test('any colleague enters customers, but only a lead deletes one', async () => {
  const { body: customer } = await member.post(CUSTOMERS, { name: 'Hafen GmbH' })
  expect(customer).toMatchObject({ number: 'K-1001', status: 'lead', type: 'company', paymentTermDays: 14 })
  expect(codeOf(await member.delete(`${CUSTOMERS}/${customer.id}`))).toBe('403 permission_missing')
  const lead = await platform.tenant('acme').addMember(['crm.lead'])
  expect((await lead.delete(`${CUSTOMERS}/${customer.id}`)).status).toBe(204)
})

test('a VAT ID is stored as it is spelt officially, and refused when it cannot be one', async () => {
  const { body } = await member.post(CUSTOMERS, { name: 'Werft AG', vatId: 'de 136.695 976' })
  expect(body.vatId).toBe('DE136695976')
  const wrong = await member.patch(`${CUSTOMERS}/${body.id}`, { vatId: 'DE136695977' }, { version: 1 })
  expect(codeOf(wrong)).toBe('422 crm.vat_id_invalid /vatId')
})

test('a customer has one main contact: choosing another takes it from the one before', async () => {
  const customer = await makeRecord(admin, 'crm.customer')
  const make = (values: object) => makeRecord(member, 'crm.contact', { customerId: customer.id, ...values })
  const [first, second] = [await make({ isPrimary: true }), await make({})]
  await member.patch(`/crm/contacts/${second.id}`, { isPrimary: true }, { version: 1 })
  const third = await make({ isPrimary: true })
  const primary = await admin.get(
    `/crm/contacts?filter=${encodeURIComponent(JSON.stringify({ customerId: customer.id, isPrimary: true }))}`,
  )
  expect(primary.body.items).toMatchObject([{ id: third.id }])
  expect((await admin.get(`/crm/contacts/${first.id}`)).body).toMatchObject({ isPrimary: false, version: 2 })
})

test('a main contact that comes back from the trash takes its place again', async () => {
  const customer = await makeRecord(admin, 'crm.customer')
  const make = () => makeRecord(admin, 'crm.contact', { customerId: customer.id, isPrimary: true })
  const first = await make()
  expect((await admin.delete(`/crm/contacts/${first.id}`)).status).toBe(204)
  const second = await make()
  expect((await admin.post(`/crm/contacts/${first.id}/restore`)).body).toMatchObject({ isPrimary: true })
  expect((await admin.get(`/crm/contacts/${second.id}`)).body).toMatchObject({ isPrimary: false })
})

test('a customer goes to the trash with its contacts, and comes back with them', async () => {
  const customer = await makeRecord(admin, 'crm.customer')
  const contact = await makeRecord(admin, 'crm.contact', { customerId: customer.id })
  expect((await admin.delete(`${CUSTOMERS}/${customer.id}`)).status).toBe(204)
  expect((await admin.get(`/crm/contacts/${contact.id}`)).status).toBe(404)
  expect((await member.get(`${CUSTOMERS}/trash`)).status).toBe(403)
  expect((await admin.post(`${CUSTOMERS}/${customer.id}/restore`)).status).toBe(200)
  expect((await admin.get(`/crm/contacts/${contact.id}`)).body).toMatchObject({ customerId: customer.id })
})

test('what was agreed is written once, with a contact of that customer, and stays', async () => {
  const [customer, other] = [await makeRecord(admin, 'crm.customer'), await makeRecord(admin, 'crm.customer')]
  const contact = await makeRecord(admin, 'crm.contact', { customerId: other.id })
  const note = { customerId: customer.id, subject: 'Offer sent' }
  const foreign = await member.post('/crm/activities', { ...note, contactId: contact.id })
  expect(codeOf(foreign)).toBe('422 crm.contact_of_another_customer /contactId')
  const { body } = await member.post('/crm/activities', note)
  expect(codeOf(await admin.patch(`/crm/activities/${body.id}`, { subject: 'x' }, { version: 1 }))).toBe(
    '405 method_not_allowed',
  )
  expect(codeOf(await admin.delete(`/crm/activities/${body.id}`))).toBe('405 method_not_allowed')
  expect(codeOf(await admin.delete(`${CUSTOMERS}/${customer.id}`))).toBe('409 still_referenced')
})

test('a ticket of a customer is part of the customer’s timeline, once, and so is each of its states', async () => {
  const customer = await makeRecord(admin, 'crm.customer')
  const { body: ticket } = await member.post('/tickets/tickets', {
    subject: 'No heating',
    customerId: customer.id,
  })
  expect(await timelineOf(customer.id)).toMatchObject([
    { kind: 'ticket', subject: `${ticket.number}: No heating` },
  ])
  await member.patch(`/tickets/tickets/${ticket.id}`, { status: 'in_progress' }, { version: 1 })
  expect(await timelineOf(customer.id)).toMatchObject([{ direction: 'in' }, { body: 'New → In progress' }])
  // A ticket that gets its customer later appears there then.
  const late = await makeRecord(admin, 'tickets.ticket')
  await member.patch(`/tickets/tickets/${late.id}`, { customerId: customer.id }, { version: 1 })
  expect(await timelineOf(customer.id)).toHaveLength(3)
})

test('without tickets, which need a higher tier, customers work all the same', async () => {
  const { member: colleague } = platform.tenant('small')
  const customer = await makeRecord(colleague, 'crm.customer', {}, { full: true })
  expect((await colleague.get(`${CUSTOMERS}/${customer.id}?include=ownerEmployee`)).status).toBe(200)
  expect(codeOf(await colleague.get('/tickets/tickets'))).toBe('402 tier_required')
})
