import type { PluginHandlers } from '@plinth/sdk'
import type { manifest } from '../manifest.ts'
import type { CrmHost } from './host.ts'

type CustomerActions = NonNullable<NonNullable<PluginHandlers<typeof manifest>['actions']>['customer']>

/** The same customer was entered more than once: one stays, and has everything that referred to the others. These go to the trash. */
export const mergeCustomers: CustomerActions['merge'] = async ({ records, input: { keepId }, host }) => {
  const merged = records.map(({ id }) => id).filter((id) => id !== keepId)
  await keepOneMainContact(host, keepId, merged)
  await host.entities.customer.repoint(merged, keepId)
  for (const id of merged) await host.entities.customer.delete(id)
  await host.events.emit('crm.customer.merged', keepId, { merged })
}

/** That of the customer who stays; without one, that of the first who goes. */
async function keepOneMainContact(host: CrmHost, keepId: string, merged: readonly string[]): Promise<void> {
  const order = [keepId, ...merged]
  const contacts = await host.entities.contact.find({
    filter: { customerId: { in: order }, isPrimary: true },
    limit: 200,
  })
  const [, ...others] = contacts.toSorted(
    (left, right) => order.indexOf(left.customerId) - order.indexOf(right.customerId),
  )
  for (const { id, version } of others) await host.entities.contact.update(id, version, { isPrimary: false })
}
