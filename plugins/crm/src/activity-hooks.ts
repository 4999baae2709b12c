import { pick, PluginProblem } from '@plinth/sdk'
import type { CrmHooks, CrmHost } from './host.ts'

export const activityHooks: NonNullable<CrmHooks['activity']> = {
  async beforeCreate({ input, host }) {
    if (input.contactId) {
      const contact = await host.entities.contact.get(input.contactId)
      if (contact.customerId !== input.customerId) {
        const reason = {
          en: 'This contact belongs to another customer.',
          de: 'Dieser Ansprechpartner gehört zu einem anderen Kunden.',
        }
        throw new PluginProblem('contact_of_another_customer', pick(reason, host.tenant.locale), {
          pointer: '/contactId',
        })
      }
    }
    return { ...input, employeeId: input.employeeId ?? (await actingEmployee(host)) }
  },
}

/** The employee who signs in as the acting member, where there is one. */
async function actingEmployee(host: CrmHost): Promise<string | null> {
  if (host.actor.kind !== 'member') return null
  const [employee] = await host
    .foreign('employees.employee')
    .find({ filter: { userId: host.actor.id }, limit: 1 })
  return employee?.id ?? null
}
