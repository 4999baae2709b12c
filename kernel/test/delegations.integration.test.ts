import type { DelegationDocument, DelegationsDocument } from '@plinth/sdk'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { Mailbox } from './support/mailbox.ts'
import { roleMaker } from './role-fixtures.ts'
import { StepByStep } from './second-factors.ts'
import { makeRecord, type Client } from './support/index.ts'

const GIVE = 'platform.kernel.delegation.give'
const ORDERS = 'education.library.order.read'
const HOUR_MS = 3_600_000

const mailbox = await Mailbox.open()
const platform = await bootFixtures({
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
  config: { smtpUrl: mailbox.url },
})
afterAll(async () => {
  await platform.stop()
  await mailbox.close()
})
const acme = platform.tenant('acme')
const { admin } = acme
const makeRole = roleMaker(acme)
const { bus } = platform.platform.root.cradle

type Member = Client & { readonly id: string }

const soon = (ms: number) => new Date(Date.now() + ms).toISOString()

async function pass(giver: Client, receiver: Member, roles: readonly string[], more: object = {}) {
  const wish = { member: receiver.id, roles, reason: 'On holiday', until: soon(HOUR_MS), ...more }
  const { status, body, text } = await giver.post<DelegationDocument>('/delegations', wish)
  expect(status, text).toBe(201)
  return body
}

const statusOf = async (member: Client, path = '/library/orders') => (await member.get(path)).status
const mine = async (member: Client) => (await member.get<DelegationsDocument>('/delegations')).body

let giver: Member
let receiver: Member
let orderer: string

beforeEach(async () => {
  orderer = (await makeRole({ grants: [GIVE, ORDERS] })).id
  giver = await acme.addMember([orderer])
  receiver = await acme.addMember()
})

describe('what is passed on', () => {
  test('begins and ends by the clock, on every node, and is read with no request', async () => {
    const node = await platform.anotherNode()
    const cookie = await receiver.cookie()
    const elsewhere = async () =>
      (
        await node.platform.app.request('http://acme.localhost/api/v1/library/orders', {
          headers: { cookie },
        })
      ).status
    expect([await statusOf(receiver), await elsewhere()]).toEqual([403, 403])
    const spent = await platform.statements(() => receiver.get('/library/books'))
    const from = Date.now() + 3_000
    const made = await pass(giver, receiver, [orderer], {
      from: new Date(from).toISOString(),
      until: new Date(from + 7_000).toISOString(),
    })
    expect(made.state).toBe('planned')
    expect([await statusOf(receiver), await elsewhere()]).toEqual([403, 403])
    for (const status of [statusOf, elsewhere]) await expect.poll(() => status(receiver)).toBe(200)
    const begun = Date.now()
    expect(begun).toBeGreaterThanOrEqual(from)
    expect(await platform.statements(() => receiver.get('/library/books'))).toBe(spent)
    for (const status of [statusOf, elsewhere]) await expect.poll(() => status(receiver)).toBe(403)
    expect(Date.now()).toBeGreaterThanOrEqual(from + 7_000)
    expect((await mine(receiver)).items).toMatchObject([{ id: made.id, state: 'over' }])
  })

  test('is what the giver sees: their own records, not those of who stands in', async () => {
    const { id: own } = await makeRole({
      grants: [
        GIVE,
        { permission: ORDERS, condition: { createdBy: '$actor.id' } },
        'education.library.order.create',
      ],
    })
    await acme.sql('UPDATE plinth.member SET roles = $2 WHERE id = $1', [giver.id, ['member', own]])
    await acme.sql('UPDATE plinth.member SET roles = $2 WHERE id = $1', [receiver.id, ['member']])
    await bus.publish({ topic: 'identity', tenantId: acme.id })
    const theirs = await makeRecord(giver, 'library.order')
    await makeRecord(admin, 'library.order')
    await pass(giver, receiver, [own])
    const { items } = (await receiver.get('/library/orders')).body
    expect(items.map(({ id }: { id: string }) => id)).toEqual([theirs.id])
    expect(await statusOf(receiver, `/library/orders/${theirs.id}`)).toBe(200)
    const said = await receiver.get(`/access/explain?permission=${ORDERS}&record=${theirs.id}`)
    expect(said.body).toMatchObject({
      allowed: true,
      grants: [{ via: [own], met: true, delegation: { giver: { id: giver.id } } }],
    })
  })

  test('is never more than the giver holds, from one request to the next', async () => {
    await pass(giver, receiver, [orderer])
    expect(await statusOf(receiver)).toBe(200)
    await admin.patch(`/roles/${orderer}`, { grants: [GIVE] }, { version: 1 })
    await expect.poll(() => statusOf(receiver)).toBe(403)
    await admin.patch(`/roles/${orderer}`, { grants: [GIVE, ORDERS] }, { version: 2 })
    await expect.poll(() => statusOf(receiver)).toBe(200)
    await admin.patch(`/members/${giver.id}`, { roles: [] })
    expect(await statusOf(receiver)).toBe(403)
  })

  test('goes no further: not by delegation, role, member or key', async () => {
    const roots = await acme.addMember(['admin'])
    await pass(roots, receiver, ['admin'])
    expect(await statusOf(receiver, '/roles')).toBe(200)
    const third = await acme.addMember()
    expect((await mine(receiver)).roles).toEqual([])
    const wish = { member: third.id, roles: ['admin'], reason: 'x', until: soon(HOUR_MS) }
    expectProblem(await receiver.post('/delegations', wish), 403, 'permission_missing')
    expectProblem(
      await receiver.patch(`/members/${third.id}`, { roles: ['admin'] }),
      403,
      'permission_missing',
    )
    expectProblem(
      await receiver.post('/roles', { label: 'Mine', grants: [ORDERS] }),
      403,
      'permission_missing',
    )
    const invited = { email: 'friend@acme.example', name: 'Friend', roles: ['admin'] }
    expectProblem(await receiver.post('/members/invitations', invited), 403, 'permission_missing')
    const key = { name: 'Later', permissions: ['platform.kernel.role.read'] }
    expectProblem(await receiver.post('/api-keys', key), 403, 'permission_missing')
    expectProblem(await receiver.post('/session/view', { member: giver.id }), 403, 'permission_missing')
  })
})

test('what lends, writes or borrows rights is not lent itself, also where nothing more would come of it', async () => {
  const lender = (
    await makeRole({
      grants: [GIVE, 'platform.kernel.member.viewAs', 'platform.kernel.role.*'],
    })
  ).id
  const boss = await acme.addMember([lender])
  const own = (await makeRole({ grants: ['education.library.author.read'] })).id
  const standIn = await acme.addMember([own])
  const third = await acme.addMember([own])
  await pass(boss, standIn, [lender])
  expect(await statusOf(standIn, '/roles')).toBe(200)
  const wish = { member: third.id, roles: [own], reason: 'x', until: soon(HOUR_MS) }
  expectProblem(await standIn.post('/delegations', wish), 403, 'permission_missing')
  expectProblem(await standIn.post('/session/view', { member: third.id }), 403, 'permission_missing')
  expectProblem(await standIn.post('/roles', { label: 'Nothing', grants: [] }), 403, 'permission_missing')
  for (const permission of [GIVE, 'platform.kernel.member.viewAs', 'platform.kernel.role.manage']) {
    const why = await standIn.get(`/access/explain?permission=${permission}`)
    expect(why.body).toMatchObject({ allowed: false, reason: 'not_granted' })
    const { items } = (await admin.get(`/access/holders?permission=${permission}`)).body
    expect(items.map(({ id }: { id: string }) => id)).not.toContain(standIn.id)
  }
  expect((await standIn.get('/shell')).body.viewAs).toBeUndefined()
})

describe('passing on', () => {
  test('is for those who may, of roles they have or hold all of, to colleagues, with a reason, for a year at most', async () => {
    expect((await mine(giver)).roles).toContainEqual({ id: orderer, label: expect.anything() })
    expect((await mine(receiver)).roles).toEqual([])
    const good = { member: receiver.id, roles: [orderer], reason: 'Away', until: soon(HOUR_MS) }
    expect(await receiver.post('/delegations', { ...good, member: giver.id })).toMatchObject({
      status: 403,
      body: { permission: GIVE },
    })
    expectProblem(await acme.anonymous.post('/delegations', good), 401, 'session_missing')
    const { key } = (await admin.post('/api-keys', { name: 'Bot', permissions: ['*'] })).body
    expectProblem(await acme.clientWithKey(key).post('/delegations', good), 401, 'session_missing')
    expectProblem(await giver.post('/delegations', { ...good, member: giver.id }), 409, 'own_account')
    expectProblem(await giver.post('/delegations', { ...good, roles: ['admin'] }), 403, 'permission_missing')
    const stranger = await platform.tenant('other').addMember()
    const gone = await acme.addMember()
    await admin.patch(`/members/${gone.id}`, { status: 'inactive' })
    const day = 24 * HOUR_MS
    for (const wrong of [
      { member: stranger.id },
      { member: gone.id },
      { member: 'nobody' },
      { roles: [] },
      { roles: ['nothing'] },
      { roles: ['member'] },
      { reason: ' ' },
      { reason: 'x'.repeat(501) },
      { until: soon(-1) },
      { until: soon(367 * day) },
      { until: 'tomorrow' },
      { until: '2026-13-40T00:00:00Z' },
      { from: soon(2 * HOUR_MS) },
      { giver: admin.isKey },
    ])
      expectProblem(await giver.post('/delegations', { ...good, ...wrong }), 422, 'validation_failed')
    const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [
      giver.id,
    ])
    const browser = new StepByStep(acme)
    await browser.signIn({ email: row!.email, password: acme.credentials.member.password })
    await acme.sql(`UPDATE plinth.session SET proven_at = now() - interval '1 hour' WHERE member_id = $1`, [
      giver.id,
    ])
    await bus.publish({ topic: 'identity', tenantId: acme.id })
    const late = await browser.send('POST', '/delegations', good)
    expectProblem(late, 403, 'confirmation_needed')
  })

  test('is ended by either of the two or who manages members, and by nobody else', async () => {
    for (const who of [giver, receiver, admin]) {
      const { id } = await pass(giver, receiver, [orderer])
      expect(await statusOf(receiver)).toBe(200)
      for (const other of [await acme.addMember(), platform.tenant('other').admin])
        expectProblem(await other.delete(`/delegations/${id}`), 404, 'not_found')
      expect((await who.delete(`/delegations/${id}`)).status).toBe(204)
      expect(await statusOf(receiver)).toBe(403)
      expectProblem(await who.delete(`/delegations/${id}`), 404, 'not_found')
      expect((await mine(giver)).items.find((each) => each.id === id)).toMatchObject({ state: 'ended' })
    }
    expectProblem(await giver.delete('/delegations/nothing'), 404, 'not_found')
    expectProblem(await giver.get('/members/delegations'), 403, 'permission_missing')
    const { items } = (await admin.get('/members/delegations')).body
    expect(items.length).toBeGreaterThan(2)
    expect((await platform.tenant('other').admin.get('/members/delegations')).body.items).toEqual([])
  })

  test('ends with who gave it or got it leaving, and does not come back with them', async () => {
    for (const who of [giver, receiver]) {
      await pass(giver, receiver, [orderer])
      expect(await statusOf(receiver)).toBe(200)
      await admin.patch(`/members/${who.id}`, { status: 'inactive' })
      expect(await statusOf(receiver)).toBe(who === giver ? 403 : 401)
      await admin.patch(`/members/${who.id}`, { status: 'active' })
      const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [
        receiver.id,
      ])
      const back = acme.client({ email: row!.email, password: acme.credentials.member.password })
      expect(await statusOf(back)).toBe(403)
      giver = await acme.addMember([orderer])
    }
  })

  test('stands in the audit log, and both hear of it in their own language', async () => {
    await acme.sql(`UPDATE plinth.member SET locale = 'de' WHERE id = $1`, [receiver.id])
    const { id } = await pass(giver, receiver, [orderer], { reason: 'Parental leave' })
    await giver.delete(`/delegations/${id}`)
    const noted = await acme.sql(
      `SELECT action, actor_id, after FROM plinth.audit WHERE subject_type = 'platform.delegation' AND subject_id = $1 ORDER BY id`,
      [id],
    )
    const who = { giver: giver.id, receiver: receiver.id, roles: [orderer] }
    expect(noted).toMatchObject([
      { action: 'delegation.created', actor_id: giver.id, after: { ...who, reason: 'Parental leave' } },
      { action: 'delegation.withdrawn', actor_id: giver.id, after: who },
    ])
    const people = await acme.sql<{ id: string; email: string }>(
      'SELECT id, email FROM plinth.member WHERE id = ANY($1)',
      [[giver.id, receiver.id]],
    )
    const subjects = (member: Member) =>
      mailbox.for(people.find((each) => each.id === member.id)!.email).map(({ mail }) => mail.subject ?? '')
    await expect
      .poll(() => [subjects(giver).length, subjects(receiver).length], { timeout: 20_000 })
      .toEqual([2, 2])
    expect(subjects(giver).some((subject) => subject.startsWith('Standing in at acme:'))).toBe(true)
    expect(subjects(receiver).some((subject) => subject.startsWith('Vertretung in acme:'))).toBe(true)
    expect(subjects(receiver).some((subject) => subject.includes('beendet'))).toBe(true)
  })
})
