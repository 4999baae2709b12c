import { bootForTest, makeRecord } from '@plinth/testing'
import { afterAll, describe, expect, test } from 'vitest'

const platform = await bootForTest({
  plugins: ['tickets'],
  tenants: [{ slug: 'acme', tier: 'professional' }],
})
const { admin, member } = platform.tenant('acme')
afterAll(() => platform.stop())

const TICKETS = '/tickets/tickets'

interface Entry {
  readonly action: string
  readonly actor: { readonly id: string }
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
}

/** What the log says of a ticket, the latest first. */
async function logOf(id: string): Promise<readonly Entry[]> {
  const { body } = await admin.get(`/audit?subjectId=${id}`)
  return body.items
}

/** What the log finds about a ticket by words, as somebody types them. */
async function found(id: string, words: string): Promise<readonly Entry[]> {
  const { status, body, text } = await admin.get(`/audit?subjectId=${id}&q=${encodeURIComponent(words)}`)
  if (status !== 200) throw new Error(text)
  return body.items
}

async function change(id: string, changes: object): Promise<void> {
  const { body } = await member.get(`${TICKETS}/${id}`)
  const { status, text } = await member.patch(`${TICKETS}/${id}`, changes, { version: body.version })
  if (status !== 200) throw new Error(text)
}

describe('K-AUD-02: the audit log tells', () => {
  test('that a ticket was created, and by whom', async () => {
    const { body } = await member.post(TICKETS, { subject: 'No heating' })
    const me = (await member.session()).member.id
    expect(await logOf(body.id)).toMatchObject([
      {
        action: 'tickets.ticket.created',
        actor: { id: me },
        after: { subject: 'No heating', status: 'new' },
      },
    ])
  })

  test('that a ticket was assigned, and to whom', async () => {
    const { id } = await makeRecord(member, 'tickets.ticket')
    const colleague = await makeRecord(admin, 'employees.employee')
    await change(id, { assigneeEmployeeId: colleague.id })
    expect((await logOf(id))[0]).toMatchObject({
      action: 'tickets.ticket.updated',
      before: { assigneeEmployeeId: null, status: 'new' },
      after: { assigneeEmployeeId: colleague.id, status: 'assigned' },
    })
  })

  test('from which status to which a ticket went, and that it was closed', async () => {
    const { id } = await makeRecord(member, 'tickets.ticket')
    const colleague = await makeRecord(admin, 'employees.employee')
    await change(id, { assigneeEmployeeId: colleague.id })
    for (const status of ['in_progress', 'resolved', 'closed']) await change(id, { status })
    const [closed, resolved, begun] = await logOf(id)
    expect(begun).toMatchObject({ before: { status: 'assigned' }, after: { status: 'in_progress' } })
    expect(resolved).toMatchObject({ before: { status: 'in_progress' }, after: { status: 'resolved' } })
    expect(closed).toMatchObject({ before: { status: 'resolved' }, after: { status: 'closed' } })
  })

  test('all of that to those who look for it by what it is called, in either language', async () => {
    const { id } = await makeRecord(member, 'tickets.ticket', { subject: 'Cold' })
    const colleague = await makeRecord(admin, 'employees.employee')
    await change(id, { assigneeEmployeeId: colleague.id })
    for (const status of ['in_progress', 'resolved', 'closed']) await change(id, { status })
    await change(id, { subject: 'Cold again' })
    const states = async (words: string) => (await found(id, words)).map(({ after }) => after?.['status'])
    for (const words of ['ticket closed', 'Closed TICKET', 'Ticket geschlossen', 'Ticket schließen'])
      expect(await states(words), words).toEqual(['closed'])
    for (const words of ['ticket assigned', 'Ticket zugewiesen'])
      expect(await states(words), words).toEqual(['assigned'])
    for (const words of ['ticket status changed', 'Ticket Status geändert'])
      expect(await states(words), words).toEqual(['closed', 'resolved', 'in_progress', 'assigned'])
    expect(await states('ticket subject changed')).toEqual([undefined])
    expect(await states('employee closed')).toEqual([])
  })

  test('what tickets, their states and fields are called, with the entries', async () => {
    const { id } = await makeRecord(member, 'tickets.ticket')
    const { body } = await admin.get(`/audit?subjectId=${id}`)
    expect(Object.keys(body.words)).toEqual(['tickets.ticket'])
    expect(body.words['tickets.ticket']).toMatchObject({
      label: { en: 'Ticket' },
      state: 'status',
      fields: {
        status: { values: { closed: { en: 'Closed', de: 'Geschlossen' } } },
        assigneeEmployeeId: { label: { en: 'Assigned to', de: 'Zugewiesen an' } },
        closedAt: { follows: true },
      },
    })
  })
})
