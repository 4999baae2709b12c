import { expect, test } from 'vitest'
import { columnsOf, isOverdue, neighbour, nextStatus } from './board-columns.ts'
import type { ShownTicket } from './records.ts'

const now = new Date('2026-11-21T09:00:00Z')

const blank: Omit<ShownTicket, 'id' | 'number' | 'subject'> = {
  version: 1,
  createdAt: '2026-11-20T09:00:00Z',
  createdBy: null,
  updatedAt: '2026-11-20T09:00:00Z',
  updatedBy: null,
  description: null,
  customerId: null,
  contactId: null,
  channel: 'email',
  priority: 'medium',
  status: 'new',
  assigneeEmployeeId: null,
  queueId: null,
  receivedAt: '2026-11-20T09:00:00Z',
  responseDueAt: null,
  firstResponseAt: null,
  statusChangedAt: null,
  resolvedAt: null,
  closedAt: null,
  billable: false,
  tags: null,
  custom: {},
}

function ticket(id: string, values: Partial<ShownTicket>): ShownTicket {
  return { ...blank, id, number: id, subject: id, ...values }
}

const idsOf = (tickets: readonly ShownTicket[] | undefined) => tickets?.map(({ id }) => id)

test('there is a column for every status, empty ones too', () => {
  expect(columnsOf([]).map(({ status }) => status)).toEqual([
    'new',
    'assigned',
    'in_progress',
    'waiting_customer',
    'reopened',
    'resolved',
    'closed',
  ])
})

test('what presses most stands on top: by priority, then the one that waits longest', () => {
  const [column] = columnsOf([
    ticket('late', { receivedAt: '2026-11-20T12:00:00Z' }),
    ticket('early', { receivedAt: '2026-11-20T08:00:00Z' }),
    ticket('low', { priority: 'low', receivedAt: '2026-11-01T08:00:00Z' }),
    ticket('critical', { priority: 'critical' }),
  ])
  expect(idsOf(column?.tickets)).toEqual(['critical', 'early', 'late', 'low'])
})

test('of what is done the latest stands on top', () => {
  const closed = columnsOf([
    ticket('before', { status: 'closed', statusChangedAt: '2026-11-19T09:00:00Z' }),
    ticket('after', { status: 'closed', statusChangedAt: '2026-11-20T09:00:00Z' }),
  ]).find(({ status }) => status === 'closed')
  expect(idsOf(closed?.tickets)).toEqual(['after', 'before'])
})

test('an answer is overdue until it is given or the ticket is done', () => {
  const due = { responseDueAt: '2026-11-21T08:00:00Z' }
  expect(isOverdue(ticket('a', due), now)).toBe(true)
  expect(isOverdue(ticket('a', { ...due, firstResponseAt: '2026-11-21T08:30:00Z' }), now)).toBe(false)
  expect(isOverdue(ticket('a', { ...due, status: 'closed' }), now)).toBe(false)
  expect(isOverdue(ticket('a', { responseDueAt: '2026-11-21T10:00:00Z' }), now)).toBe(false)
})

test('the keyboard moves a ticket over columns it may not enter', () => {
  expect(nextStatus('waiting_customer', 1)).toBe('resolved')
  expect(nextStatus('waiting_customer', -1)).toBe('in_progress')
  expect(nextStatus('closed', 1)).toBeUndefined()
  expect(nextStatus('new', -1)).toBeUndefined()
})

test('arrow keys skip empty columns and stop at the edges', () => {
  const columns = columnsOf([
    ticket('new 1', { receivedAt: '2026-11-20T08:00:00Z' }),
    ticket('new 2', { receivedAt: '2026-11-20T09:00:00Z' }),
    ticket('resolved 1', { status: 'resolved' }),
  ])
  expect(neighbour(columns, 'new 1', { x: 0, y: 1 })?.id).toBe('new 2')
  expect(neighbour(columns, 'new 2', { x: 0, y: 1 })).toBeUndefined()
  expect(neighbour(columns, 'new 2', { x: 1, y: 0 })?.id).toBe('resolved 1')
  expect(neighbour(columns, 'resolved 1', { x: -1, y: 0 })?.id).toBe('new 1')
  expect(neighbour(columns, 'new 1', { x: -1, y: 0 })).toBeUndefined()
})
