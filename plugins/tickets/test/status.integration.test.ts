import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { bootForTest, type TestPlatform, type TestTenant } from '@plinth/testing'

let platform: TestPlatform
let acme: TestTenant

beforeAll(async () => {
  const adminUrl = inject('adminUrl')
  platform = await bootForTest({
    adminUrl,
    plugins: ['tickets'],
    tenants: [{ slug: 'acme', sampleData: true }],
  })
  acme = platform.tenant('acme')
})
afterAll(() => platform.stop())

const open = async (values: object = {}) =>
  acme.member.post('/tickets/tickets', { subject: 'The delivery is late', channel: 'phone', ...values })
const move = (ticket: { id: string; version: number }, changes: object) =>
  acme.member.patch(`/tickets/tickets/${ticket.id}`, changes, { version: ticket.version })
const anyone = async (): Promise<string> =>
  (await acme.admin.get('/employees/employees?limit=1')).body.items[0].id

test('the sample tickets reach all states by the rules', async () => {
  const { items } = (await acme.member.get('/tickets/tickets?limit=100')).body
  expect(items.length).toBe(28)
  expect(new Set(items.map((ticket: { status: string }) => ticket.status)).size).toBe(7)
})

test('a ticket does not start as solved', async () => {
  const { status, body } = await open({ status: 'resolved' })
  expect([status, body.code, body.allowed]).toEqual([409, 'transition_refused', ['new', 'assigned']])
})

test('a ticket is taken over, worked on, solved and reopened, and the log and others hear of it', async () => {
  let ticket = (await open()).body
  ticket = (await move(ticket, { assigneeEmployeeId: await anyone() })).body
  expect(ticket.status).toBe('assigned')
  const refused = await move(ticket, { status: 'closed' })
  expect([refused.status, refused.body.code, refused.body.from, refused.body.allowed]).toEqual([
    409,
    'transition_refused',
    'assigned',
    ['new', 'in_progress', 'waiting_customer', 'resolved'],
  ])
  for (const status of ['in_progress', 'resolved', 'reopened']) ticket = (await move(ticket, { status })).body
  expect(ticket).toMatchObject({ status: 'reopened', resolvedAt: null })
  const filter = encodeURIComponent(JSON.stringify({ ticketId: ticket.id, kind: 'status' }))
  const log = (await acme.member.get(`/tickets/log-entries?filter=${filter}&sort=at`)).body
  const events = await platform.sql<{ type: string }>(
    `SELECT type FROM plinth.outbox WHERE subject = $1 AND type NOT LIKE '%.updated' ORDER BY id`,
    [ticket.id],
  )
  expect(events.map(({ type }) => type.replace('tickets.ticket.', ''))).toEqual([
    'created',
    'status_changed',
    'assigned',
    'status_changed',
    'status_changed',
    'resolved',
    'status_changed',
    'reopened',
  ])
  expect(log.items.map((entry: { toStatus: string }) => entry.toStatus)).toEqual([
    'assigned',
    'in_progress',
    'resolved',
    'reopened',
  ])
})

test('the refused change leaves no trace in the log', async () => {
  const ticket = (await open()).body
  await move(ticket, { status: 'reopened' })
  const [row] = await platform.sql(
    `SELECT count(*)::int AS entries FROM shared.tickets_log WHERE ticket_id = $1`,
    [ticket.id],
  )
  expect(row).toEqual({ entries: 0 })
})
