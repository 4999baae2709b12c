import { bootForTest, makeRecord, type Answer } from '@plinth/testing'
import { afterAll, expect, test } from 'vitest'

const platform = await bootForTest({
  plugins: ['tickets'],
  tenants: [{ slug: 'acme', tier: 'professional' }],
})
const { admin, member } = platform.tenant('acme')
afterAll(() => platform.stop())

const TICKETS = '/tickets/tickets'

const codeOf = ({ status, body }: Answer): string =>
  `${status} ${body.code} ${body.errors?.[0]?.pointer ?? ''}`.trim()

/** Changes a ticket as the board does: with the version just seen. */
async function move(id: string, changes: object): Promise<Answer> {
  const { body } = await member.get(`${TICKETS}/${id}`)
  return member.patch(`${TICKETS}/${id}`, changes, { version: body.version })
}

test('a ticket goes from its first message to the solution and back, and the log keeps every step', async () => {
  const colleague = await makeRecord(admin, 'employees.employee')
  const { body: ticket } = await member.post(TICKETS, { subject: 'No heating' })
  expect(ticket).toMatchObject({
    status: 'new',
    priority: 'medium',
    number: expect.stringMatching(/^T-\d{4}-00001$/),
  })

  expect((await move(ticket.id, { assigneeEmployeeId: colleague.id })).body.status).toBe('assigned')
  for (const status of ['in_progress', 'waiting_customer', 'resolved'])
    expect((await move(ticket.id, { status })).body.status).toBe(status)
  expect((await member.get(`${TICKETS}/${ticket.id}`)).body.resolvedAt).toEqual(expect.any(String))
  expect((await move(ticket.id, { status: 'reopened' })).body).toMatchObject({ resolvedAt: null })

  const filter = encodeURIComponent(JSON.stringify({ ticketId: ticket.id, kind: 'status' }))
  const { body: log } = await member.get(`/tickets/log-entries?sort=createdAt&filter=${filter}`)
  expect(
    log.items.map((entry: Record<string, string>) => `${entry['fromStatus']} ${entry['toStatus']}`),
  ).toEqual([
    'new assigned',
    'assigned in_progress',
    'in_progress waiting_customer',
    'waiting_customer resolved',
    'resolved reopened',
  ])
  expect(log.items[0].by).toBe((await member.session()).member.id)
  expect(codeOf(await admin.post('/tickets/log-entries', {}))).toBe('405 method_not_allowed')
})

test('a step the work does not have is refused, and nothing of it stays', async () => {
  const { id } = await makeRecord(member, 'tickets.ticket')
  const answer = await move(id, { status: 'resolved' })
  expect(codeOf(answer)).toBe('409 transition_refused /status')
  expect(answer.body).toMatchObject({ from: 'new', to: 'resolved' })
  expect(codeOf(await move(id, { status: 'assigned' }))).toBe(
    '422 tickets.assignee_missing /assigneeEmployeeId',
  )
  expect(codeOf(await member.post(TICKETS, { subject: 'Done', status: 'closed' }))).toBe(
    '409 transition_refused /status',
  )
  expect((await member.get(`${TICKETS}/${id}`)).body).toMatchObject({ status: 'new', version: 1 })
  const filter = encodeURIComponent(JSON.stringify({ ticketId: id }))
  expect((await member.get(`/tickets/log-entries?filter=${filter}`)).body.items).toEqual([])
})

test('who takes a ticket as assigned is the employee who signs in as that member', async () => {
  const { member: me } = await member.session()
  const employee = await makeRecord(admin, 'employees.employee', { userId: me.id })
  const { id } = await makeRecord(admin, 'tickets.ticket')
  expect((await move(id, { status: 'assigned' })).body).toMatchObject({ assigneeEmployeeId: employee.id })
})

test('the first answer to the customer is noted, notes among colleagues are not', async () => {
  const { id } = await makeRecord(member, 'tickets.ticket')
  const write = (direction: string) =>
    member.post('/tickets/messages', { ticketId: id, direction, body: 'We are on it.' })
  expect((await write('internal')).body.author).toBe('member')
  expect((await member.get(`${TICKETS}/${id}`)).body.firstResponseAt).toBeNull()
  const { body: first } = await write('out')
  await write('out')
  expect((await member.get(`${TICKETS}/${id}`)).body.firstResponseAt).toBe(first.sentAt)
})

test('two who move the same ticket at once learn of each other', async () => {
  const { id } = await makeRecord(member, 'tickets.ticket')
  const answers = await Promise.all(
    [member, admin].map((who) => who.patch(`${TICKETS}/${id}`, { status: 'in_progress' }, { version: 1 })),
  )
  expect(answers.map(codeOf).toSorted()).toEqual(['200 undefined', '409 version_conflict'])
})
