import { expect, test } from 'vitest'
import { planActivities } from './sample-activities.ts'
import { planCustomers } from './sample-customers.ts'
import { checkVatId } from './vat-id.ts'

const today = new Date('2026-11-21T09:00:00Z')
const slugs = ['acme', 'globex', 'initech', 'nordlicht', 'sonnenhof']
const contactNames = (slug: string) => planCustomers(slug).map((customer) => customer.name)

test('the same tenant gets the same customers and conversations, another tenant others', () => {
  expect(planCustomers('acme')).toEqual(planCustomers('acme'))
  expect(planActivities('acme', contactNames('acme'), today)).toEqual(
    planActivities('acme', contactNames('acme'), today),
  )
  const shared = contactNames('acme').filter((name) => contactNames('globex').includes(name))
  expect(shared.length).toBeLessThan(6)
})

test.each(slugs)('%s has sixty customers of different names, each company with one main contact', (slug) => {
  const customers = planCustomers(slug)
  expect(new Set(customers.map((customer) => customer.name)).size).toBe(60)
  for (const { type, contacts } of customers) {
    expect(contacts.filter((contact) => contact.isPrimary)).toHaveLength(type === 'company' ? 1 : 0)
  }
  expect(new Set(customers.map((customer) => customer.status)).size).toBe(3)
})

test.each(slugs)('every VAT ID at %s is one the hook accepts', async (slug) => {
  const vatIds = planCustomers(slug).flatMap((customer) => customer.vatId ?? [])
  expect(vatIds.length).toBeGreaterThan(20)
  for (const vatId of vatIds) expect(await checkVatId(vatId, 'en')).toBe(vatId)
})

test('addresses on the internet and phone numbers belong to nobody', () => {
  const customers = slugs.flatMap((slug) => planCustomers(slug))
  for (const { email, phone } of [...customers, ...customers.flatMap((customer) => customer.contacts)]) {
    expect(email).toMatch(/^[a-z0-9.-]+@[a-z0-9-]+\.example$/u)
    expect(phone).toMatch(/^\+49 (30 23125|40 66969|69 90009|89 99998|221 4710) \d{3}$/u)
  }
})

test('conversations lie on working days of the last months, oldest first', () => {
  const activities = planActivities('acme', contactNames('acme'), today)
  expect(activities).toHaveLength(120)
  const moments = activities.map((activity) => activity.occurredAt)
  expect(moments).toEqual(moments.toSorted())
  for (const moment of moments) {
    expect(moment < today.toISOString()).toBe(true)
    expect([1, 2, 3, 4, 5]).toContain(new Date(moment).getUTCDay())
  }
  for (const { body } of activities) expect(body).not.toContain('{')
})
