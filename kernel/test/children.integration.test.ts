import { afterAll, describe, expect, test } from 'vitest'
import { expectProblem } from './expect-problem.ts'
import { euro, INVOICES, lines, LINES, notesOf, openBilling } from './invoices.ts'

const { platform, admin, make, save, read } = await openBilling()
afterAll(() => platform.stop())

describe('a record with children', () => {
  test('is created with all of them in one request, in their order, with what is computed of them', async () => {
    const made = await make({
      lines: [...lines(2), { text: 'Free', free: true, quantity: '2.5' }],
      discount: '10',
    })
    expect(made).toMatchObject({
      net: euro('20.00'),
      total: euro('18.00'),
      hours: '4.500',
      lineCount: 3,
      freeCount: 1,
      version: 1,
    })
    expect(made.title).toBe(`${made.number} – Work`)
    expect(made.lines.map(({ text, ordinal }: any) => [text, ordinal])).toEqual([
      ['Line 1', 1],
      ['Line 2', 2],
      ['Free', 3],
    ])
    expect(await read(made.id)).toEqual(made)
    expect(await notesOf(platform, made.id)).toEqual({
      audit: ['billing.invoice.created'],
      events: ['billing.invoice.created'],
    })
    expect(await notesOf(platform, made.lines[1].id)).toEqual({
      audit: ['billing.line.created'],
      events: ['billing.line.created'],
    })
  })

  test('tells of itself before it tells of them', async () => {
    const made = await make({ lines: lines(2) })
    const ids = [made.id, ...made.lines.map(({ id }: any) => id)]
    const events = await platform.sql<{ subject: string }>(
      'SELECT subject FROM plinth.outbox WHERE subject = ANY($1) ORDER BY id',
      [ids],
    )
    expect(events.map(({ subject }) => subject)).toEqual(ids)
  })

  test('is brought to the state its list wishes for: changed, added, removed, reordered', async () => {
    const made = await make({ lines: lines(4) })
    const [first, second, third, fourth] = made.lines
    const saved = await save(made, {
      lines: [
        { id: fourth.id },
        { text: 'New', price: euro('1.00') },
        { id: second.id, version: second.version, price: euro('5.00'), quantity: '2' },
        { id: first.id },
      ],
    })
    expect(saved.status, saved.text).toBe(200)
    expect(saved.body.lines.map(({ text }: any) => text)).toEqual(['Line 4', 'New', 'Line 2', 'Line 1'])
    expect(saved.body).toMatchObject({ version: 2, net: euro('31.00'), lineCount: 4 })
    expect(await read(made.id)).toEqual(saved.body)
    // A child that only moves keeps its version; the order belongs to the parent.
    expect(saved.body.lines.map(({ version }: any) => version)).toEqual([1, 1, 2, 1])
    expect((await notesOf(platform, third.id)).audit).toEqual([
      'billing.line.created',
      'billing.line.deleted',
    ])
    expect((await notesOf(platform, second.id)).audit).toEqual([
      'billing.line.created',
      'billing.line.updated',
    ])
    expect((await notesOf(platform, fourth.id)).audit).toEqual(['billing.line.created'])
    const [event] = await platform.sql<{ data: any }>(
      `SELECT data FROM plinth.outbox WHERE subject = $1 AND type = 'billing.invoice.updated'`,
      [made.id],
    )
    expect(event!.data.changed).toContain('lines')
  })

  test('stays as it is when the list says what there is', async () => {
    const made = await make({ lines: lines(3) })
    const saved = await save(made, { lines: made.lines.map(({ id, text }: any) => ({ id, text })) })
    expect(saved.body).toEqual(made)
    expect((await notesOf(platform, made.id)).audit).toEqual(['billing.invoice.created'])
    const without = await save(made, { subject: 'Other' })
    expect(without.body).toMatchObject({ version: 2, lineCount: 3 })
    expect(without.body).not.toHaveProperty('lines')
  })

  test('has the next version when only its lines changed, so that nobody overwrites them unseen', async () => {
    const made = await make({ lines: lines(2) })
    const [first] = made.lines
    const changed = await admin.patch(`${LINES}/${first.id}`, { text: 'By itself' }, { version: 1 })
    expect(changed.status, changed.text).toBe(200)
    const stale = await save(made, { lines: [] })
    expectProblem(stale, 409, 'version_conflict')
    expect((await read(made.id)).version).toBe(2)
    await admin.post(LINES, { invoiceId: made.id, text: 'Third' })
    await admin.delete(`${LINES}/${first.id}`)
    expect(await read(made.id)).toMatchObject({ version: 4, lineCount: 2 })
    expect((await read(made.id)).lines.map(({ text }: any) => text)).toEqual(['Line 2', 'Third'])
  })

  test('takes new records with values the removed ones had', async () => {
    const made = await make({ lines: [{ text: 'A', sku: 'X1' }] })
    const saved = await save(made, { lines: [{ text: 'B', sku: 'X1' }] })
    expect(saved.status, saved.text).toBe(200)
    expect(saved.body.lines).toMatchObject([{ text: 'B', sku: 'X1' }])
  })

  test('is renewed on both sides when a child moves to another parent', async () => {
    const [from, to] = [await make({ lines: lines(2) }), await make({ lines: lines(1) })]
    const moved = await admin.patch(`${LINES}/${from.lines[0].id}`, { invoiceId: to.id }, { version: 1 })
    expect(moved.status, moved.text).toBe(200)
    expect(await read(from.id)).toMatchObject({ net: euro('10.00'), lineCount: 1, version: 2 })
    expect(await read(to.id)).toMatchObject({ net: euro('20.00'), lineCount: 2, version: 2 })
  })
})

describe('statements', () => {
  const COST = 9
  const spend = async (work: () => Promise<{ status: number; text: string }>): Promise<number> => {
    await work()
    return platform.statements(async () => {
      const { status, text } = await work()
      expect(status, text).toBeLessThan(300)
    })
  }

  test(`a parent with 20 lines is created, replaced and edited with at most ${COST}`, async () => {
    expect(
      await spend(() => admin.post(INVOICES, { subject: 'Twenty', lines: lines(20) })),
    ).toBeLessThanOrEqual(COST)
    let made = await make({ lines: lines(20) })
    const replaced = await spend(async () => {
      const answer = await save(made, { lines: lines(20, '2.00') })
      made = answer.body
      return answer
    })
    expect(replaced).toBeLessThanOrEqual(COST)
    expect(made).toMatchObject({ net: euro('40.00'), lineCount: 20 })
    const edited = await spend(async () => {
      const kept = made.lines
        .slice(3, 15)
        .map(({ id }: any, index: number) => ({ id, price: euro(`${index}.5${made.version % 10}`) }))
      const answer = await save(made, {
        subject: `Edited ${made.version}`,
        lines: [...lines(4, '1.00'), ...kept.toReversed(), ...lines(4, '3.00')],
      })
      made = answer.body
      return answer
    })
    expect(edited).toBeLessThanOrEqual(COST)
    expect(made.lines).toHaveLength(20)
  })

  test('reading a list with all lines is one statement more than nothing', async () => {
    const without = await spend(() => admin.get(INVOICES))
    expect(await spend(() => admin.get(`${INVOICES}?include=lines,payments`))).toBe(without)
  })

  test('a line at its own address costs fewer than ten, its parent included', async () => {
    const made = await make({ lines: lines(20) })
    let line: any
    const created = await spend(async () => {
      const answer = await admin.post(LINES, { invoiceId: made.id, text: 'Single', price: euro('1.00') })
      line = answer.body
      return answer
    })
    expect(created).toBeLessThanOrEqual(COST)
    const changed = await spend(async () => {
      const answer = await admin.patch(
        `${LINES}/${line.id}`,
        { price: euro(`${line.version}.00`) },
        { version: line.version },
      )
      line = answer.body
      return answer
    })
    expect(changed).toBeLessThanOrEqual(COST)
    expect(await platform.statements(() => admin.delete(`${LINES}/${line.id}`))).toBeLessThanOrEqual(COST)
  })
})

test('a hundred changes of one family at the same time leave it consistent', async () => {
  const made = await make({ lines: lines(5) })
  await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      if (index % 4 === 0)
        return admin.post(LINES, { invoiceId: made.id, text: `P${index}`, price: euro('1.00') })
      const now = await read(made.id)
      if (index % 4 === 1)
        return save(now, {
          lines: now.lines.slice(1).map(({ id }: any) => ({ id, price: euro(`${index}.00`) })),
        })
      const line = now.lines[index % now.lines.length]
      if (!line) return undefined
      if (index % 4 === 2)
        return admin.patch(`${LINES}/${line.id}`, { quantity: String(index) }, { version: line.version })
      return admin.delete(`${LINES}/${line.id}`)
    }),
  ).then((answers) => {
    for (const answer of answers)
      if (answer) expect([200, 201, 204, 404, 409], answer.text).toContain(answer.status)
  })
  const now = await read(made.id)
  const cents = now.lines.reduce(
    (sum: number, { amount }: any) => sum + Math.round(Number(amount?.amount ?? 0) * 100),
    0,
  )
  expect(now.lineCount).toBe(now.lines.length)
  expect(Math.round(Number(now.net.amount) * 100)).toBe(cents)
})
