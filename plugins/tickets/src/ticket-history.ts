import type { Ticket, TicketAssigned, TicketStatusChanged } from './contract.ts'
import type { TicketsHost } from './host.ts'
import { statusLabel, type TicketStatus } from './ticket-status.ts'

/** Writes a change of status into the log and tells everyone who wants to know. */
export async function recordStatus(
  host: TicketsHost,
  ticket: Ticket,
  to: TicketStatus,
  at: string,
): Promise<void> {
  const from = ticket.status
  const by = memberOf(host)
  await host.entities.log.create({
    ticketId: ticket.id,
    kind: 'status',
    fromStatus: from,
    toStatus: to,
    at,
    by,
  })
  const change: TicketStatusChanged = { from, to, fromLabel: statusLabel(from), toLabel: statusLabel(to), at }
  await host.events.emit('tickets.ticket.status_changed', ticket.id, { ...change })
}

/** Writes a change of assignment into the log and tells everyone who wants to know. */
export async function recordAssignment(
  host: TicketsHost,
  ticket: Ticket,
  to: string | null,
  at: string,
): Promise<void> {
  const from = ticket.assigneeEmployeeId
  const by = memberOf(host)
  await host.entities.log.create({
    ticketId: ticket.id,
    kind: 'assignment',
    fromEmployeeId: from,
    toEmployeeId: to,
    at,
    by,
  })
  const change: TicketAssigned = { from, to }
  await host.events.emit('tickets.ticket.assigned', ticket.id, { ...change })
}

function memberOf(host: TicketsHost): string | null {
  return host.actor.kind === 'member' ? host.actor.id : null
}
