import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { LinkWorld, WANTED } from './link-world.ts'
import { codeOf, StepByStep } from './second-factors.ts'
import type { Answer, Client } from './support/index.ts'

const platform = await bootFixtures({ plugins: [], tenants: [{ slug: 'acme' }, { slug: 'other' }] })
const world = await LinkWorld.open()
afterAll(async () => {
  await platform.stop()
  await world.close()
})
const acme = platform.tenant('acme')
const { admin } = acme
const { bus } = platform.platform.root.cradle
const { password } = acme.credentials.member

async function someone(roles: string[] = []) {
  const client = await acme.addMember(roles)
  const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [
    client.id,
  ])
  return { client, id: client.id, email: row!.email }
}

const make = (id: string, by: Client = admin) => by.post(`/members/${id}/password-link`)
const tokenIn = ({ body, status, text }: Answer): string => {
  expect(status, text).toBe(201)
  return (body.link as string).split('#')[1]!
}
const look = (token: string) => acme.anonymous.post('/session/password/link', { token })
const reset = (token: string, wanted = WANTED) =>
  acme.anonymous.post('/session/password/reset', { token, password: wanted })

async function giveRoles(id: string, roles: readonly string[]): Promise<void> {
  await acme.sql(`UPDATE plinth.member SET roles = $2 WHERE id = $1`, [id, ['member', ...roles]])
  await bus.publish({ topic: 'identity', tenantId: acme.id })
}

/** Someone who manages members and may do no more than that. */
async function manager() {
  await acme.sql(
    `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES
      ($1, 'people', '{"en":"People"}', '["platform.kernel.member.*"]'),
      ($1, 'auditor', '{"en":"Auditor"}', '["platform.kernel.audit.read"]') ON CONFLICT DO NOTHING`,
    [acme.id],
  )
  await bus.publish({ topic: 'tenant', tenantId: acme.id })
  return someone(['people'])
}

describe('a link to another password that an administrator makes', () => {
  test('is good once, for a day, and stands in the audit log with who has made it and for whom', async () => {
    const { id, email, client } = await someone()
    await client.get('/session')
    const former = tokenIn(await make(id))
    const made = await make(id)
    const token = tokenIn(made)
    expect((Date.parse(made.body.expiresAt) - Date.now()) / 3_600_000).toBeCloseTo(24, 1)
    expectProblem(await reset(former), 410, 'link_invalid')
    expect((await look(token)).body).toEqual({ email, minLength: 15 })
    await acme.sql(`UPDATE plinth.account_link SET expires_at = expires_at - interval '23 hours 59 minutes'`)
    expect((await reset(token)).status).toBe(204)
    expectProblem(await reset(token), 410, 'link_invalid')
    expectProblem(await client.get('/session'), 401, 'session_missing')
    expect((await acme.anonymous.post('/session', { email, password: WANTED })).status).toBe(201)
    const entries = await acme.sql(
      `SELECT action, after, actor_id FROM plinth.audit WHERE subject_id = $1 AND action LIKE 'password%' ORDER BY id`,
      [id],
    )
    const [{ id: adminId }] = (await acme.sql<{ id: string }>(
      'SELECT id FROM plinth.member WHERE email = $1',
      [acme.credentials.admin.email],
    )) as [{ id: string }]
    expect(entries).toEqual([
      { action: 'passwordLink.made', after: { byMail: false }, actor_id: adminId },
      { action: 'passwordLink.made', after: { byMail: false }, actor_id: adminId },
      { action: 'password.reset', after: { linkMadeBy: adminId }, actor_id: id },
    ])
    expect(JSON.stringify(await acme.sql('SELECT * FROM plinth.audit'))).not.toContain(token)
    const late = tokenIn(await make(id))
    await acme.sql(`UPDATE plinth.account_link SET expires_at = expires_at - interval '24 hours'`)
    expectProblem(await look(late), 410, 'link_invalid')
  })

  test('does not replace the second factor', async () => {
    const { id, email } = await someone()
    const steps = new StepByStep(acme)
    await steps.signIn({ email, password })
    const { totp } = await steps.addTotp()
    expect((await reset(tokenIn(await make(id)))).status).toBe(204)
    const again = new StepByStep(acme)
    expect((await again.signIn({ email, password: WANTED })).body.waits?.for).toBe('secondFactor')
    expect((await again.verify('totp', await codeOf(totp.secret))).status).toBe(201)
  })

  test('takes over nobody who holds more, by a role, by what was passed on to them, or by either since then', async () => {
    const people = await manager()
    const other = await someone()
    for (const role of ['admin', 'auditor'])
      expectProblem(await make((await someone([role])).id, people.client), 403, 'permission_missing')
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const boss = await someone(['admin'])
    const lent = await boss.client.post('/delegations', {
      member: other.id,
      roles: ['auditor'],
      reason: 'On holiday',
      until,
    })
    expect(lent.status, lent.text).toBe(201)
    expectProblem(await make(other.id, people.client), 403, 'permission_missing')
    await boss.client.delete(`/delegations/${lent.body.id}`)
    const token = tokenIn(await make(other.id, people.client))
    await giveRoles(other.id, ['auditor'])
    expectProblem(await look(token), 410, 'link_invalid')
    expectProblem(await reset(token), 410, 'link_invalid')
    await giveRoles(other.id, [])
    expect((await look(token)).status).toBe(200)
    await giveRoles(people.id, [])
    expectProblem(await reset(token), 410, 'link_invalid')
    await giveRoles(people.id, ['people'])
    await admin.patch(`/members/${people.id}`, { status: 'inactive' })
    await admin.patch(`/members/${people.id}`, { status: 'active' })
    expectProblem(await reset(token), 410, 'link_invalid')
  })

  test('is made in person, by who has proven lately who they are, and for nobody else’s member', async () => {
    const { id } = await someone()
    const boss = await someone(['admin'])
    expectProblem(await make(id, acme.member), 403, 'permission_missing')
    expectProblem(await make(boss.id, boss.client), 409, 'own_account')
    const key = await admin.post('/api-keys', { name: 'sync', permissions: ['*'] })
    expectProblem(await make(id, acme.clientWithKey(key.body.key)), 401, 'session_missing')
    const stranger = await platform.tenant('other').addMember()
    for (const nobody of [stranger.id, 'x', '0198a5c2-6c00-7000-8000-000000000001'])
      expectProblem(await make(nobody), 404, 'not_found')
    const gone = await someone()
    await admin.patch(`/members/${gone.id}`, { status: 'inactive' })
    expectProblem(await make(gone.id), 404, 'not_found')
    const outside = await someone()
    await acme.sql('UPDATE plinth.member SET password_hash = NULL WHERE id = $1', [outside.id])
    expectProblem(await make(outside.id), 409, 'action_refused')
    const browser = new StepByStep(acme)
    await browser.signIn({ email: boss.email, password })
    await acme.sql(`UPDATE plinth.session SET proven_at = now() - interval '15 minutes 1 second'`)
    await bus.publish({ topic: 'identity', tenantId: acme.id })
    expectProblem(await browser.send('POST', `/members/${id}/password-link`), 403, 'confirmation_needed')
  })

  test('goes to the member alone where mail is sent, who chose it with the link of nobody else', async () => {
    const { id, email } = await world.someone()
    const made = await world.acme.admin.post(`/members/${id}/password-link`)
    expect([made.status, Object.keys(made.body)]).toEqual([201, ['expiresAt']])
    const token = await world.tokenOf(email)
    expect(made.text).not.toContain(token)
    const { mail } = world.mailbox.for(email)[0]!
    expect(mail.text).toContain('24 hours')
    expect((await world.reset(token)).status).toBe(204)
    expect((await world.signIn(email, WANTED)).status).toBe(201)
  })
})
