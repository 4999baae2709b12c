import type { TicketsHooks } from './host.ts'

export const messageHooks: NonNullable<TicketsHooks['message']> = {
  async beforeCreate({ input, host }) {
    const sentAt = input.sentAt ?? host.clock.now().toISOString()
    if (input.direction === 'out' && input.ticketId) {
      const { id, version, firstResponseAt } = await host.entities.ticket.get(input.ticketId)
      if (!firstResponseAt) await host.entities.ticket.update(id, version, { firstResponseAt: sentAt })
    }
    return { ...input, sentAt, author: input.author ?? host.actor.name }
  },
}
