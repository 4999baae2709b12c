import { sampler } from '@plinth/sdk'
import type { TicketsHost } from './host.ts'
import { QUEUES } from './sample-requests.ts'
import { planTickets } from './sample-tickets.ts'
import type { TicketStatus } from './ticket-status.ts'

const MINUTE = 60_000

/** Tickets in all states, moved there by the same rules as everyone's. Does nothing where there are tickets already. */
export async function createSampleData(host: TicketsHost): Promise<void> {
  if ((await host.entities.ticket.count()) > 0) return

  const sample = sampler(`tickets-people:${host.tenant.slug}`)
  const customers = await host
    .foreign('crm.customer')
    .find({ filter: { status: 'active' }, sort: 'number', limit: 40 })
  const team = await host
    .foreign('employees.employee')
    .find({ filter: { status: 'active' }, sort: 'number', limit: 200 })
  const support = team.filter(({ jobTitle }) => /support|kunden/iu.test(String(jobTitle)))
  const people = support.length > 0 ? support : team
  // Without anyone to do the work, no ticket could be assigned.
  if (people.length === 0) return

  const queues = new Map<string, string>()
  for (const queue of QUEUES) queues.set(queue.name, (await host.entities.queue.create(queue)).id)

  for (const { moves, answer, queue, ...request } of planTickets(host.tenant.slug, host.clock.now())) {
    const customer = customers.length > 0 ? sample.pick(customers) : undefined
    const [contact] = customer
      ? await host.foreign('crm.contact').find({ filter: { customerId: customer.id }, limit: 1 })
      : []
    const assignee = sample.pick(people)
    const { id } = await host.entities.ticket.create({
      ...request,
      queueId: queues.get(queue) ?? null,
      customerId: customer?.id ?? null,
      contactId: contact?.id ?? null,
    })
    await write(host, id, 'in', nameOf(contact ?? customer), request.description, request.receivedAt)

    let answered = false
    for (const { status, at } of moves) {
      const { version } = await host.entities.ticket.get(id)
      const assignment = status === 'assigned' ? { assigneeEmployeeId: assignee.id } : {}
      await host.entities.ticket.update(id, version, { status, statusChangedAt: at, ...assignment })

      const soonAfter = new Date(Date.parse(at) + sample.int(1, 5) * MINUTE).toISOString()
      if (status === 'in_progress' && !answered) {
        await write(host, id, 'out', nameOf(assignee), answer, soonAfter)
        answered = true
      }
      const said = SAID[status]
      const author = said?.direction === 'in' ? (contact ?? customer) : assignee
      if (said) await write(host, id, said.direction, nameOf(author), said.body, soonAfter)
    }
  }
}

/** What is usually said when a ticket comes into a state. */
const SAID: Partial<Record<TicketStatus, { readonly direction: 'in' | 'internal'; readonly body: string }>> =
  {
    waiting_customer: { direction: 'internal', body: 'Rückfrage gestellt, wir warten auf den Kunden.' },
    reopened: { direction: 'in', body: 'Leider besteht das Problem weiterhin.' },
    resolved: { direction: 'internal', body: 'Erledigt und mit dem Kunden abgestimmt.' },
    closed: { direction: 'in', body: 'Vielen Dank, es ist alles in Ordnung.' },
  }

async function write(
  host: TicketsHost,
  ticketId: string,
  direction: 'in' | 'out' | 'internal',
  author: string,
  body: string,
  sentAt: string,
): Promise<void> {
  await host.entities.message.create({ ticketId, direction, author, body, sentAt })
}

function nameOf(person: Readonly<Record<string, unknown>> | undefined): string {
  const parts = [person?.['firstName'], person?.['lastName'] ?? person?.['name']]
  return parts.filter(Boolean).join(' ') || 'Unbekannt'
}
