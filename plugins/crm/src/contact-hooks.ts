import type { CrmHooks, CrmHost } from './host.ts'

export const contactHooks: NonNullable<CrmHooks['contact']> = {
  async beforeCreate({ input, host }) {
    if (input.isPrimary && input.customerId) await stepBack(host, input.customerId)
    return input
  },

  async beforeUpdate({ before, changes, host }) {
    if (changes.isPrimary && !before.isPrimary) await stepBack(host, before.customerId)
    return changes
  },

  /** Whoever was the main contact is so again. */
  async beforeRestore({ before, host }) {
    if (before.isPrimary) await stepBack(host, before.customerId)
  },
}

/** The main contact a customer has had until now makes room for another. */
async function stepBack(host: CrmHost, customerId: string): Promise<void> {
  for (const contact of await host.entities.contact.find({ filter: { customerId, isPrimary: true } })) {
    await host.entities.contact.update(contact.id, contact.version, { isPrimary: false })
  }
}
