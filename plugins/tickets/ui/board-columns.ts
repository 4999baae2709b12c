import { PRIORITY_VALUES } from '../src/ticket-priority.ts'
import { mayMove, STATUS_VALUES, type TicketStatus } from '../src/ticket-status.ts'
import type { ShownTicket } from './records.ts'

export interface BoardColumn {
  readonly status: TicketStatus
  readonly tickets: readonly ShownTicket[]
}

const DONE: readonly TicketStatus[] = ['resolved', 'closed']

export function isDone(status: TicketStatus): boolean {
  return DONE.includes(status)
}

/** Whether the customer has waited longer for a first answer than they should. */
export function isOverdue(ticket: ShownTicket, now: Date): boolean {
  if (isDone(ticket.status) || ticket.firstResponseAt || !ticket.responseDueAt) return false
  return Date.parse(ticket.responseDueAt) < now.getTime()
}

/** The tickets by status: what presses most comes first, and of what is done the latest. */
export function columnsOf(tickets: readonly ShownTicket[]): BoardColumn[] {
  return STATUS_VALUES.map(({ value: status }) => ({
    status,
    tickets: tickets
      .filter((ticket) => ticket.status === status)
      .toSorted(isDone(status) ? byEnd : byUrgency),
  }))
}

const RANK = new Map<string, number>(PRIORITY_VALUES.map(({ value }, index) => [value, index]))

function byUrgency(a: ShownTicket, b: ShownTicket): number {
  const rank = (RANK.get(a.priority) ?? 0) - (RANK.get(b.priority) ?? 0)
  return rank || Date.parse(a.receivedAt) - Date.parse(b.receivedAt)
}

function byEnd(a: ShownTicket, b: ShownTicket): number {
  return Date.parse(b.statusChangedAt ?? b.receivedAt) - Date.parse(a.statusChangedAt ?? a.receivedAt)
}

/** The next column to the left (-1) or right (1) that a ticket may go to, if there is one. */
export function nextStatus(from: TicketStatus, direction: -1 | 1): TicketStatus | undefined {
  const states = STATUS_VALUES.map(({ value }) => value)
  const at = states.indexOf(from)
  const ahead = direction === 1 ? states.slice(at + 1) : states.slice(0, at).toReversed()
  return ahead.find((to) => mayMove(from, to))
}

/** The ticket the arrow keys lead to: up and down in the column, left and right to the next column with tickets. */
export function neighbour(
  columns: readonly BoardColumn[],
  id: string,
  step: { readonly x: number; readonly y: number },
): ShownTicket | undefined {
  const at = columns.findIndex(({ tickets }) => tickets.some((ticket) => ticket.id === id))
  const row = columns[at]?.tickets.findIndex((ticket) => ticket.id === id) ?? -1
  if (row < 0) return undefined
  if (step.y !== 0) return columns[at]?.tickets[row + step.y]
  const aside = step.x > 0 ? columns.slice(at + 1) : columns.slice(0, at).toReversed()
  const tickets = aside.find((column) => column.tickets.length > 0)?.tickets
  return tickets?.[Math.min(row, tickets.length - 1)]
}
