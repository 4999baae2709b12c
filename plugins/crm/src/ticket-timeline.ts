import { pick, type PlinthEvent } from '@plinth/sdk'
import type { CrmHost } from './host.ts'

/** A ticket of a customer becomes part of the customer's timeline. */
export async function ticketOpened(event: PlinthEvent, host: CrmHost): Promise<void> {
  await logRequest(event, host)
}

/** So does one that gets its customer only later, or another customer. */
export async function ticketUpdated(event: PlinthEvent, host: CrmHost): Promise<void> {
  // Its customer was merged with another one: the activities have come along.
  if (event.data['repointed'] === true) return
  const changed = event.data['changed']
  if (Array.isArray(changed) && changed.includes('customerId')) await logRequest(event, host)
}

/** And so does every change of its status. */
export async function ticketMoved(event: PlinthEvent, host: CrmHost): Promise<void> {
  const ticket = await findTicket(event, host)
  const from = label(event.data['fromLabel'], host)
  const to = label(event.data['toLabel'], host)
  await logOnce(event, host, ticket, text(ticket['customerId']), {
    body: `${from} → ${to}`,
    occurredAt: text(event.data['at']) ?? event.time,
  })
}

type Values = Readonly<Record<string, unknown>>

async function logRequest(event: PlinthEvent, host: CrmHost): Promise<void> {
  // The customer of the moment the event tells of: by now the ticket may have another one, with an event of its own.
  const customerId = text((event.data['record'] as Values | undefined)?.['customerId'])
  const ticket = await findTicket(event, host)
  await logOnce(event, host, ticket, customerId, {
    direction: 'in',
    body: text(ticket['description']),
    occurredAt: text(ticket['receivedAt']) ?? event.time,
  })
}

/** Events leave out personal data, so the ticket itself is asked. It may be gone meanwhile. */
async function findTicket(event: PlinthEvent, host: CrmHost): Promise<Values> {
  const [ticket] = await host.foreign('tickets.ticket').find({ filter: { id: event.subject }, limit: 1 })
  return ticket ?? {}
}

interface Entry {
  readonly direction?: 'in' | 'out'
  readonly body: string | null
  readonly occurredAt: string
}

/** Events may come more than once; the unique `sourceEventId` lets an entry in only the first time. */
async function logOnce(
  event: PlinthEvent,
  host: CrmHost,
  ticket: Values,
  customerId: string | null,
  entry: Entry,
): Promise<void> {
  if (!customerId || !ticket['number']) return
  if ((await host.entities.activity.count({ sourceEventId: event.id })) > 0) return

  const isTheirs = ticket['customerId'] === customerId
  await host.entities.activity.create({
    kind: 'ticket',
    customerId,
    contactId: isTheirs ? text(ticket['contactId']) : null,
    employeeId: text(ticket['assigneeEmployeeId']),
    subject: [ticket['number'], ticket['subject']].join(': ').slice(0, 200),
    sourceEventId: event.id,
    ...entry,
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
