import type { CreateInput, UpdateInput } from '@plinth/sdk'
import type { Ticket } from './contract.ts'
import type { TicketsHooks, TicketsHost } from './host.ts'
import { refuse } from './refusal.ts'
import type { ticket } from './ticket-entity.ts'
import { recordAssignment, recordStatus } from './ticket-history.ts'
import { responseDue } from './ticket-priority.ts'
import { statusAfter, type Progress, type TicketStatus } from './ticket-status.ts'

/** What a ticket comes from when it is created. */
const NOBODYS: Progress = { status: 'new', assigneeEmployeeId: null }

export const ticketHooks: NonNullable<TicketsHooks['ticket']> = {
  async beforeCreate({ input, host }) {
    await checkContact(input, host)
    const status = statusAfter(NOBODYS, input as Partial<Ticket>)
    const assigneeEmployeeId = await assigneeFor(status, NOBODYS, input, host)
    const receivedAt = input.receivedAt ?? host.clock.now().toISOString()
    const responseDueAt = responseDue(receivedAt, input.priority ?? 'medium')
    return { ...input, status, assigneeEmployeeId, receivedAt, responseDueAt, statusChangedAt: receivedAt }
  },

  async beforeUpdate({ before, changes, host }) {
    const after = { ...before, ...changes }
    if (changes.contactId || changes.customerId !== undefined) await checkContact(after, host)

    const status = statusAfter(before, changes as Partial<Ticket>)
    const assigneeEmployeeId = await assigneeFor(status, before, changes, host)
    const at = changes.statusChangedAt ?? host.clock.now().toISOString()

    let derived: UpdateInput<typeof ticket> = {}
    if (status !== before.status) {
      derived = { status, statusChangedAt: at, ...datesOf(status, at) }
      await recordStatus(host, before, status, at)
    }
    if (assigneeEmployeeId !== before.assigneeEmployeeId) {
      derived = { ...derived, assigneeEmployeeId }
      await recordAssignment(host, before, assigneeEmployeeId, at)
    }
    if (changes.priority && changes.priority !== before.priority && !before.firstResponseAt) {
      derived = { ...derived, responseDueAt: responseDue(before.receivedAt, changes.priority) }
    }
    return { ...changes, ...derived }
  },
}

/** Who has the ticket in its next state. Taking a ticket as assigned means taking it oneself; a new one has nobody. */
async function assigneeFor(
  status: TicketStatus,
  before: Progress,
  changes: UpdateInput<typeof ticket>,
  host: TicketsHost,
): Promise<string | null> {
  const wanted =
    changes.assigneeEmployeeId === undefined ? before.assigneeEmployeeId : changes.assigneeEmployeeId
  if (status === before.status) return wanted
  if (status === 'new') return null
  if (status !== 'assigned' || wanted) return wanted
  if (host.actor.kind === 'member') {
    const own = { userId: host.actor.id }
    const [self] = await host.foreign('employees.employee').find({ filter: own, limit: 1 })
    if (self) return self.id
  }
  return refuse(host, 'assignee_missing', '/assigneeEmployeeId', {
    en: 'Choose who the ticket is assigned to.',
    de: 'Bitte wählen, wem das Ticket zugewiesen wird.',
  })
}

function datesOf(status: TicketStatus, at: string): UpdateInput<typeof ticket> {
  if (status === 'resolved') return { resolvedAt: at }
  if (status === 'closed') return { closedAt: at }
  return status === 'reopened' ? { resolvedAt: null, closedAt: null } : {}
}

async function checkContact(input: CreateInput<typeof ticket>, host: TicketsHost): Promise<void> {
  if (!input.contactId) return
  const contact = await host.foreign('crm.contact').get(input.contactId)
  if (contact['customerId'] === input.customerId) return
  refuse(host, 'contact_of_another_customer', '/contactId', {
    en: 'This contact does not belong to the customer of the ticket.',
    de: 'Dieser Ansprechpartner gehört nicht zum Kunden des Tickets.',
  })
}
