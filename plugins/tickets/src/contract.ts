import type { RecordOf, Text } from '@plinth/sdk'
import type { manifest } from '../manifest.ts'
import type { TicketStatus } from './ticket-status.ts'

export type { TicketPriority } from './ticket-priority.ts'
export type { TicketStatus } from './ticket-status.ts'

/** A request of a customer. */
export type Ticket = RecordOf<typeof manifest.entities.ticket>

/** A message of a ticket. It never changes. */
export type TicketMessage = RecordOf<typeof manifest.entities.message>

/** Data of `tickets.ticket.status_changed`. The labels are for readers that do not know the states. */
export interface TicketStatusChanged {
  readonly from: TicketStatus
  readonly to: TicketStatus
  readonly fromLabel: Text
  readonly toLabel: Text
  /** RFC 3339 in UTC. */
  readonly at: string
}

/** Data of `tickets.ticket.assigned`: ids of employees, null for nobody. */
export interface TicketAssigned {
  readonly from: string | null
  readonly to: string | null
}
