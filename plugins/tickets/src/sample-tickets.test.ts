import { expect, test } from 'vitest'
import { planTickets } from './sample-tickets.ts'
import { mayMove, STATUS_VALUES, type TicketStatus } from './ticket-status.ts'

const now = new Date('2026-11-21T09:00:00Z')
const slugs = ['acme', 'globex', 'initech', 'nordlicht', 'sonnenhof']

test('the same tenant gets the same tickets, another tenant other stories', () => {
  expect(planTickets('acme', now)).toEqual(planTickets('acme', now))
  const stories = new Set(
    slugs.map((slug) =>
      planTickets(slug, now)
        .map((ticket) => ticket.subject)
        .join(),
    ),
  )
  expect(stories.size).toBe(slugs.length)
})

test.each(slugs)('%s has 28 different tickets, some in every state', (slug) => {
  const tickets = planTickets(slug, now)
  expect(new Set(tickets.map((ticket) => ticket.subject)).size).toBe(28)
  const states = tickets.map((ticket) => ticket.moves.at(-1)?.status ?? 'new')
  expect(new Set(states)).toEqual(new Set(STATUS_VALUES.map(({ value }) => value)))
})

test.each(slugs)('every ticket of %s went a way the rules allow', (slug) => {
  const steps = planTickets(slug, now).flatMap(({ moves }) => {
    const way: TicketStatus[] = ['new', ...moves.map((move) => move.status)]
    return moves.map((move, index) => [way[index] ?? 'new', move.status] as const)
  })
  expect(steps.filter(([from, to]) => !mayMove(from, to))).toEqual([])
})

test.each(slugs)('every ticket of %s went forward in time and not into the future', (slug) => {
  for (const { receivedAt, moves } of planTickets(slug, now)) {
    const moments = [receivedAt, ...moves.map((move) => move.at), now.toISOString()]
    expect(moments).toEqual([...new Set(moments)].toSorted())
  }
})
