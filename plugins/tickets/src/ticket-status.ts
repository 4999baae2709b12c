import type { TransitionsDeclaration } from '@plinth/sdk'

/** The states of a ticket in the order of the work, as they stand on the board. */
export const STATUS_VALUES = [
  { value: 'new', label: { en: 'New', de: 'Neu' }, tone: 'info' },
  { value: 'assigned', label: { en: 'Assigned', de: 'Zugewiesen' }, tone: 'info' },
  { value: 'in_progress', label: { en: 'In progress', de: 'In Bearbeitung' }, tone: 'warning' },
  {
    value: 'waiting_customer',
    label: { en: 'Waiting for customer', de: 'Wartet auf Kunden' },
    tone: 'neutral',
  },
  { value: 'reopened', label: { en: 'Reopened', de: 'Wieder geöffnet' }, tone: 'danger' },
  { value: 'resolved', label: { en: 'Resolved', de: 'Gelöst' }, tone: 'positive' },
  { value: 'closed', label: { en: 'Closed', de: 'Geschlossen' }, tone: 'neutral' },
] as const

export type TicketStatus = (typeof STATUS_VALUES)[number]['value']

/** The ways of a ticket. A solution is taken back by reopening, never by going on as if nothing was. */
export const TRANSITIONS = {
  field: 'status',
  initial: ['new', 'assigned'],
  moves: [
    { from: ['assigned'], to: 'new', label: { en: 'Put back', de: 'Zurücklegen' } },
    {
      from: ['new', 'in_progress', 'reopened'],
      to: 'assigned',
      label: { en: 'Assign', de: 'Zuweisen' },
    },
    {
      from: ['new', 'assigned', 'waiting_customer', 'reopened'],
      to: 'in_progress',
      label: { en: 'Start work', de: 'Bearbeiten' },
    },
    {
      from: ['assigned', 'in_progress', 'reopened'],
      to: 'waiting_customer',
      label: { en: 'Wait for customer', de: 'Auf Kunden warten' },
    },
    {
      from: ['assigned', 'in_progress', 'waiting_customer', 'reopened'],
      to: 'resolved',
      label: { en: 'Resolve', de: 'Lösen' },
      emits: 'tickets.ticket.resolved',
    },
    {
      from: ['new', 'resolved'],
      to: 'closed',
      label: { en: 'Close', de: 'Schließen' },
      emits: 'tickets.ticket.closed',
    },
    {
      from: ['resolved', 'closed'],
      to: 'reopened',
      label: { en: 'Reopen', de: 'Wieder öffnen' },
      emits: 'tickets.ticket.reopened',
    },
  ],
} as const satisfies TransitionsDeclaration

/** Where a ticket may go from a state. */
export function nextStates(from: TicketStatus): TicketStatus[] {
  return TRANSITIONS.moves
    .filter((move) => (move.from as readonly TicketStatus[]).includes(from))
    .map((move) => move.to)
}

export function mayMove(from: TicketStatus, to: TicketStatus): boolean {
  return nextStates(from).includes(to)
}

/** The name of a state as people read it. */
export function statusLabel(status: TicketStatus): { readonly en: string; readonly de: string } {
  return STATUS_VALUES.find(({ value }) => value === status)?.label ?? { en: status, de: status }
}

/** What decides about the state of a ticket. */
export interface Progress {
  readonly status: TicketStatus
  readonly assigneeEmployeeId: string | null
}

/**
 * The state a change leads to: the one asked for, or the one that follows from the assignment. A new ticket that
 * someone takes over is assigned; an assigned one that nobody has any more is new.
 */
export function statusAfter(before: Progress, changes: Partial<Progress>): TicketStatus {
  if (changes.status && changes.status !== before.status) return changes.status
  if (changes.assigneeEmployeeId && before.status === 'new') return 'assigned'
  if (changes.assigneeEmployeeId === null && before.status === 'assigned') return 'new'
  return before.status
}
