import { sampler, type Sampler } from '@plinth/sdk'
import { REQUESTS, type SampleRequest } from './sample-requests.ts'
import type { TicketStatus } from './ticket-status.ts'

/** One move of a ticket at a point in time. */
export interface SampleMove {
  readonly status: TicketStatus
  readonly at: string
}

export interface SampleTicket extends SampleRequest {
  readonly channel: 'email' | 'phone' | 'chat'
  readonly billable: boolean
  readonly receivedAt: string
  /** Where the ticket went, in order. The first move after creation is always an assignment. */
  readonly moves: readonly SampleMove[]
}

const HOUR = 3_600_000

/** The way to each state, and how many sample tickets go it. */
const WAYS: readonly {
  readonly count: number
  readonly days: number
  readonly moves: readonly TicketStatus[]
}[] = [
  { count: 5, days: 1, moves: [] },
  { count: 4, days: 2, moves: ['assigned'] },
  { count: 6, days: 5, moves: ['assigned', 'in_progress'] },
  { count: 4, days: 8, moves: ['assigned', 'in_progress', 'waiting_customer'] },
  { count: 2, days: 12, moves: ['assigned', 'in_progress', 'resolved', 'reopened'] },
  { count: 4, days: 14, moves: ['assigned', 'in_progress', 'resolved'] },
  {
    count: 3,
    days: 30,
    moves: ['assigned', 'in_progress', 'waiting_customer', 'in_progress', 'resolved', 'closed'],
  },
]

/** Tickets in all states with the way they went, oldest first; the same for the same tenant at the same time. */
export function planTickets(slug: string, now: Date): SampleTicket[] {
  const sample = sampler(`tickets:${slug}`)
  const requests = sample.shuffle(REQUESTS)
  return WAYS.flatMap(({ count, days, moves }) =>
    Array.from({ length: count }, () => moves).map((way) => planTicket(sample, requests, way, days, now)),
  ).toSorted((a, b) => a.receivedAt.localeCompare(b.receivedAt))
}

function planTicket(
  sample: Sampler,
  requests: SampleRequest[],
  way: readonly TicketStatus[],
  days: number,
  now: Date,
): SampleTicket {
  const request = requests.pop()
  if (!request) throw new RangeError('There are more sample tickets than requests')
  // From half the age to the whole of it, so that the states lie apart in time; each move takes its share of it.
  const age = Math.round(days * 24 * HOUR * (sample.int(50, 100) / 100))
  const step = age / (way.length + 1)
  const moment = (milliseconds: number) =>
    new Date(now.getTime() - age + Math.round(milliseconds)).toISOString()
  return {
    ...request,
    channel: sample.pick(['email', 'email', 'phone', 'phone', 'chat']),
    billable: sample.chance(0.25),
    receivedAt: moment(0),
    moves: way.map((status, index) => ({ status, at: moment(step * (index + sample.int(20, 90) / 100)) })),
  }
}
