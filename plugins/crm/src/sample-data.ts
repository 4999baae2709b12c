import { sampler } from '@plinth/sdk'
import type { CrmHost } from './host.ts'
import { planActivities } from './sample-activities.ts'
import { planCustomers } from './sample-customers.ts'

/** Sixty customers with their contacts and what was talked about. Does nothing where there are customers already. */
export async function createSampleData(host: CrmHost): Promise<void> {
  if ((await host.entities.customer.count()) > 0) return

  const sample = sampler(`crm-owners:${host.tenant.slug}`)
  const staff = await host
    .foreign('employees.employee')
    .find({ filter: { status: 'active' }, sort: 'number', limit: 12 })
  const book: { customerId: string; contactId: string | null; ownerId: string | null; contact: string }[] = []

  for (const { contacts, ...customer } of planCustomers(host.tenant.slug)) {
    const ownerEmployeeId = staff.length > 0 ? sample.pick(staff).id : null
    const { id: customerId } = await host.entities.customer.create({ ...customer, ownerEmployeeId })
    const people = []
    for (const contact of contacts)
      people.push(await host.entities.contact.create({ ...contact, customerId }))
    const [first] = people
    const contact = first ? `${first.firstName} ${first.lastName}` : customer.name
    book.push({ customerId, contactId: first?.id ?? null, ownerId: ownerEmployeeId, contact })
  }

  const names = book.map((entry) => entry.contact)
  for (const { customer, ...activity } of planActivities(host.tenant.slug, names, host.clock.now())) {
    const entry = book[customer]
    if (!entry) continue
    const { customerId, contactId, ownerId: employeeId } = entry
    await host.entities.activity.create({ ...activity, customerId, contactId, employeeId })
  }
}
