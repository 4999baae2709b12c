import { pick, type PlinthEvent } from '@plinth/sdk'
import type { CrmHost } from './host.ts'

/** A customer's ticket becomes part of the customer's timeline. */
export async function ticketOpened(event: PlinthEvent, host: CrmHost): Promise<void> {
  await logOnce(event, host, (ticket) => ({
    direction: 'in',
    body: text(ticket['description']),
    occurredAt: text(ticket['receivedAt']) ?? event.time,
  }))
}

/** So does every change of its status. */
export async function ticketMoved(event: PlinthEvent, host: CrmHost): Promise<void> {
  const from = label(event.data['fromLabel'], host)
  const to = label(event.data['toLabel'], host)
  await logOnce(event, host, () => ({
    direction: null,
    body: `${from} → ${to}`,
    occurredAt: text(event.data['at']) ?? event.time,
  }))
}

interface Entry {
  readonly direction: 'in' | 'out' | null
  readonly body: string | null
  readonly occurredAt: string
}

type Ticket = Readonly<Record<string, unknown>>

/** Events may come more than once; the unique `sourceEventId` lets an entry in only the first time. */
async function logOnce(event: PlinthEvent, host: CrmHost, entry: (ticket: Ticket) => Entry): Promise<void> {
  const [ticket] = await host.foreign('tickets.ticket').find({ filter: { id: event.subject }, limit: 1 })
  const customerId = text(ticket?.['customerId'])
  if (!ticket || !customerId) return
  if ((await host.entities.activity.count({ sourceEventId: event.id })) > 0) return

  await host.entities.activity.create({
    kind: 'ticket',
    customerId,
    contactId: text(ticket['contactId']),
    employeeId: text(ticket['assigneeEmployeeId']),
    subject: `${String(ticket['number'])}: ${String(ticket['subject'])}`.slice(0, 200),
    sourceEventId: event.id,
    ...entry(ticket),
  })
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** Events carry the names of the states, because this plugin does not know them. */
function label(value: unknown, host: CrmHost): string {
  if (typeof value !== 'object' || value === null || !('en' in value)) return '?'
  return pick(value as { readonly en: string }, host.tenant.locale)
}
