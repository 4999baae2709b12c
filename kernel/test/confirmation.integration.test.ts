import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { codeOf, StepByStep } from './second-factors.ts'

const platform = await bootFixtures({ plugins: [], tenants: [{ slug: 'acme' }, { slug: 'other' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { password } = acme.credentials.member
const { bus } = platform.platform.root.cradle
const VERIFY = '/session/second-factor/verify'
const KEY = { name: 'sync', permissions: ['platform.kernel.member.read'] }

async function someone(roles: string[] = ['admin']) {
  const { id } = await acme.addMember(roles)
  const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
  const credentials = { email: row!.email, password }
  const browser = new StepByStep(acme)
  await browser.signIn(credentials)
  return { id, credentials, browser }
}

/** So long ago was it that the member has proven who they are. */
async function provenBefore(id: string, interval: string): Promise<void> {
  await acme.sql('UPDATE plinth.session SET proven_at = now() - $2::interval WHERE member_id = $1', [
    id,
    interval,
  ])
  await bus.publish({ topic: 'identity', tenantId: acme.id })
}

describe('what is sensitive', () => {
  test('asks once more who is there after fifteen minutes, and not before', async () => {
    const { id, browser } = await someone()
    await provenBefore(id, '14 minutes 50 seconds')
    expect((await browser.send('POST', '/api-keys', KEY)).status).toBe(201)
    await provenBefore(id, '15 minutes 1 second')
    const answer = await browser.send('POST', '/api-keys', KEY)
    expectProblem(answer, 403, 'confirmation_needed')
    expect(answer.body.methods).toEqual(['password'])
    expect((await browser.send('GET', '/api-keys')).status).toBe(200)
    expectProblem(
      await browser.send('POST', VERIFY, { method: 'password', password: 'wrong' }),
      401,
      'credentials_wrong',
    )
    expectProblem(await browser.send('POST', '/api-keys', KEY), 403, 'confirmation_needed')
    const cookie = browser.cookie
    expect((await browser.keep('POST', VERIFY, { method: 'password', password })).status).toBe(201)
    expect(browser.cookie).toBe(cookie)
    expect((await browser.send('POST', '/api-keys', KEY)).status).toBe(201)
    const [entry] = await acme.sql<{ count: number }>(
      `SELECT count(*)::int FROM plinth.audit WHERE action = 'session.confirmed' AND actor_id = $1`,
      [id],
    )
    expect(entry!.count).toBe(1)
  })

  test.each([
    ['POST', '/api-keys', KEY],
    ['POST', '/roles', { id: 'deputy' }],
    ['PATCH', '/security/policy', { lockout: { attempts: 5 } }],
    ['POST', '/session/second-factor/totp', { name: 'Attacker' }],
    ['POST', '/session/second-factor/passkey', undefined],
    ['POST', '/session/second-factor/codes', undefined],
    ['DELETE', '/session/second-factor/factors/x', undefined],
  ])('is %s %s', async (method, path, body) => {
    const { id, browser } = await someone()
    await provenBefore(id, '1 hour')
    expectProblem(await browser.send(method, path, body), 403, 'confirmation_needed')
  })

  test('comes after the right to it, and programs prove themselves with each request', async () => {
    const { id, browser } = await someone([])
    await provenBefore(id, '1 hour')
    expectProblem(await browser.send('POST', '/api-keys', KEY), 403, 'permission_missing')
    const { body } = await acme.admin.post('/api-keys', { name: 'maker', permissions: ['platform.kernel.*'] })
    expect((await acme.clientWithKey(body.key).post('/api-keys', KEY)).status).toBe(201)
  })

  test('is confirmed with the second factor by whoever has one, not with the password', async () => {
    const { id, browser, credentials } = await someone()
    const { totp, added } = await browser.addTotp()
    await provenBefore(id, '1 hour')
    const answer = await browser.send('POST', '/api-keys', KEY)
    expect(answer.body.methods).toEqual(['totp', 'backup'])
    expectProblem(
      await browser.send('POST', VERIFY, { method: 'password', password }),
      409,
      'second_factor_required',
    )
    expect((await browser.verify('totp', await codeOf(totp.secret))).status).toBe(201)
    expect((await browser.send('POST', '/api-keys', KEY)).status).toBe(201)
    // Nor does the password let in a session that waits.
    const waiting = new StepByStep(acme)
    await waiting.signIn(credentials)
    expectProblem(
      await waiting.send('POST', VERIFY, { method: 'password', password }),
      409,
      'second_factor_required',
    )
    expectProblem(await waiting.send('GET', '/shell'), 401, 'second_factor_needed')
    expect((await waiting.verify('backup', added.codes[0]!)).status).toBe(201)
  })

  test('asks when the workspace says so, on every node', async () => {
    const { id, browser } = await someone()
    const changed = await browser.send('PATCH', '/security/policy', { secondFactor: { confirmMinutes: 5 } })
    expect(changed.status, changed.text).toBe(200)
    const node = await platform.anotherNode()
    await provenBefore(id, '6 minutes')
    expectProblem(await browser.send('POST', '/api-keys', KEY), 403, 'confirmation_needed')
    const there = new StepByStep(node.tenant('acme'))
    Object.assign(there, { cookie: browser.cookie, csrf: browser.csrf })
    await expect.poll(async () => (await there.send('POST', '/api-keys', KEY)).status).toBe(403)
    await browser.keep('POST', VERIFY, { method: 'password', password })
    await browser.send('PATCH', '/security/policy', { secondFactor: { confirmMinutes: 15 } })
    await node.stop()
  })
})

describe('a policy of second factors', () => {
  test('can demand one of everyone, after days the workspace chooses', async () => {
    const { browser } = await someone()
    const member = await someone([])
    await browser.send('PATCH', '/security/policy', { secondFactor: { required: 'everyone', graceDays: 0 } })
    const again = new StepByStep(acme)
    expect((await again.signIn(member.credentials)).body.waits).toEqual({ for: 'enrolment', methods: [] })
    await browser.send('PATCH', '/security/policy', { secondFactor: { graceDays: 3 } })
    const { body } = await new StepByStep(acme).signIn(member.credentials)
    expect(body).not.toHaveProperty('waits')
    await browser.send('PATCH', '/security/policy', {
      secondFactor: { required: 'administrators', graceDays: 7 },
    })
  })

  test('cannot let administrators off, nor be without bounds', async () => {
    const { browser } = await someone()
    for (const secondFactor of [
      { required: 'nobody' },
      { graceDays: 366 },
      { confirmMinutes: 0 },
      { off: true },
    ])
      expectProblem(
        await browser.send('PATCH', '/security/policy', { secondFactor }),
        422,
        'validation_failed',
      )
  })
})

describe('resetting a member’s second factors', () => {
  const reset = (browser: StepByStep, id: string) => browser.send('DELETE', `/members/${id}/second-factors`)

  test('takes them, the codes and the sessions away, and is noted', async () => {
    const admin = await someone()
    const member = await someone([])
    await member.browser.addTotp()
    expect((await reset(admin.browser, member.id)).status).toBe(204)
    expectProblem(await member.browser.send('GET', '/session'), 401, 'session_missing')
    const again = new StepByStep(acme)
    expect((await again.signIn(member.credentials)).body).not.toHaveProperty('waits')
    expect((await again.send('GET', '/session/second-factor')).body).toMatchObject({
      factors: [],
      codesLeft: 0,
    })
    const [entry] = await acme.sql(
      `SELECT actor_id, before FROM plinth.audit WHERE subject_id = $1 AND action = 'secondFactor.reset'`,
      [member.id],
    )
    expect(entry).toEqual({ actor_id: admin.id, before: [{ kind: 'totp', name: 'Phone' }] })
  })

  test('is for those who may, who were asked lately, and not one’s own nor of another workspace', async () => {
    const admin = await someone()
    const member = await someone([])
    expectProblem(await reset(member.browser, admin.id), 403, 'permission_missing')
    expectProblem(await reset(admin.browser, admin.id), 409, 'action_refused')
    const stranger = await platform.tenant('other').addMember()
    expectProblem(await reset(admin.browser, stranger.id), 404, 'not_found')
    await provenBefore(admin.id, '1 hour')
    expectProblem(await reset(admin.browser, member.id), 403, 'confirmation_needed')
  })

  test('is no way to the rights of someone who has more', async () => {
    await acme.sql(
      `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, 'helpdesk', '{"en":"Helpdesk"}', '["platform.kernel.member.manage"]')`,
      [acme.id],
    )
    await bus.publish({ topic: 'tenant', tenantId: acme.id })
    const helper = await someone(['helpdesk'])
    const admin = await someone()
    const member = await someone([])
    expectProblem(await reset(helper.browser, admin.id), 403, 'permission_missing')
    expect((await reset(helper.browser, member.id)).status).toBe(204)
  })
})
