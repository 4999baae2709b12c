import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { StepByStep } from './second-factors.ts'

const platform = await bootFixtures({ plugins: [], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')

async function someone(roles: string[] = []) {
  const { id } = await acme.addMember(roles)
  const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
  const credentials = { email: row!.email, password: acme.credentials.member.password }
  const browser = new StepByStep(acme)
  await browser.signIn(credentials)
  return { id, credentials, browser }
}

describe('K-AUTH-09: a second factor that must be', () => {
  const owe = (id: string, since: string) =>
    acme.sql(
      `INSERT INTO plinth.second_factor_grace (tenant_id, member_id, since) VALUES ($1, $2, now() - $3::interval)
        ON CONFLICT (tenant_id, member_id) DO UPDATE SET since = excluded.since`,
      [acme.id, id, since],
    )

  test('is not asked of members, and of administrators after seven days from when it was first missing', async () => {
    const member = await someone()
    expect((await member.browser.send('GET', '/session/second-factor')).body).toMatchObject({
      required: false,
      enrolBy: null,
    })
    const { id, browser, credentials } = await someone(['admin'])
    const { body: shell } = await browser.send('GET', '/shell')
    const left = Date.parse(shell.enrolBy) - Date.now()
    expect(left / 86_400_000).toBeGreaterThan(6.99)
    expect(left / 86_400_000).toBeLessThanOrEqual(7)
    expect((await browser.send('GET', '/session/second-factor')).body.required).toBe(true)
    for (const [since, waits] of [
      ['6 days 23:59:30', undefined],
      ['7 days 00:00:01', 'enrolment'],
      ['8 days', 'enrolment'],
    ] as const) {
      await owe(id, since)
      const again = new StepByStep(acme)
      const { body } = await again.signIn(credentials)
      expect(body.waits?.for, since).toBe(waits)
      expect((await again.send('GET', '/shell')).status, since).toBe(waits ? 401 : 200)
    }
  })

  test('is asked of whoever holds all that an administrator does, by whichever role', async () => {
    await acme.sql(
      `INSERT INTO plinth.role (tenant_id, id, label, grants, inherits) VALUES
        ($1, 'deputy', '{"en":"Deputy"}', '[]', '{admin}'), ($1, 'root', '{"en":"Root"}', '["*"]', '{}'),
        ($1, 'reader', '{"en":"Reader"}', '["platform.kernel.audit.read"]', '{}')`,
      [acme.id],
    )
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
    for (const [role, required] of [
      ['deputy', true],
      ['root', true],
      ['reader', false],
    ] as const) {
      const { browser } = await someone([role])
      expect((await browser.send('GET', '/session/second-factor')).body.required, role).toBe(required)
    }
  })

  test('can be set up by who waits for it, who reaches nothing else before', async () => {
    const { id, credentials } = await someone(['admin'])
    await owe(id, '8 days')
    const browser = new StepByStep(acme)
    const { body } = await browser.signIn(credentials)
    expect(body.waits).toEqual({ for: 'enrolment', methods: [] })
    for (const path of ['/shell', '/members', '/plugins', '/audit', '/session/second-factors'])
      expectProblem(await browser.send('GET', path), 401, 'second_factor_needed')
    expectProblem(await browser.verify('totp', '000000'), 401, 'second_factor_needed')
    const before = browser.cookie
    const { added } = await browser.addTotp()
    expect(added.codes).toHaveLength(10)
    expect(added.session).not.toHaveProperty('waits')
    expect(browser.cookie).not.toBe(before)
    expect((await browser.send('GET', '/plugins')).status).toBe(200)
  })

  test('cannot be given up as the last one, and time does not begin anew when it is', async () => {
    const { id, browser, credentials } = await someone(['admin'])
    const { totp } = await browser.addTotp()
    expect((await browser.send('GET', '/shell')).body).not.toHaveProperty('enrolBy')
    const path = `/session/second-factor/factors/${totp.id}`
    expectProblem(await browser.send('DELETE', path), 409, 'second_factor_required')
    await acme.sql(`UPDATE plinth.member SET roles = '{member}' WHERE id = $1`, [id])
    await platform.platform.root.cradle.bus.publish({ topic: 'identity', tenantId: acme.id })
    expect((await browser.send('DELETE', path)).status).toBe(204)
    await acme.sql(`UPDATE plinth.member SET roles = '{member,admin}' WHERE id = $1`, [id])
    await owe(id, '8 days')
    expect((await new StepByStep(acme).signIn(credentials)).body.waits?.for).toBe('enrolment')
  })
})

describe('K-AUTH-09: the days of grace, while somebody is signed in', () => {
  const { bus } = platform.platform.root.cradle
  /** The session learns that its days of grace ended so long ago. */
  const graceEnded = async (id: string, since: string) => {
    await acme.sql(`UPDATE plinth.session SET enrol_by = now() - $2::interval WHERE member_id = $1`, [
      id,
      since,
    ])
    await acme.sql(
      `UPDATE plinth.second_factor_grace SET since = now() - interval '7 days' - $2::interval WHERE member_id = $1`,
      [id, since],
    )
    await bus.publish({ topic: 'identity', tenantId: acme.id })
  }

  test('let no request through once they have ended, until a second factor is there', async () => {
    const { id, browser } = await someone(['admin'])
    await graceEnded(id, '-20 seconds')
    expect((await browser.send('GET', '/shell')).status).toBe(200)
    expect(await platform.statements(() => browser.send('GET', '/shell'))).toBe(0)
    await graceEnded(id, '1 second')
    const refused = await browser.send('GET', '/plugins')
    expectProblem(refused, 401, 'second_factor_needed')
    expect(refused.body.waits).toBe('enrolment')
    expectProblem(
      await browser.send('POST', '/api-keys', { name: 'x', permissions: [] }),
      401,
      'second_factor_needed',
    )
    expect((await browser.send('GET', '/session')).body.waits).toEqual({ for: 'enrolment', methods: [] })
    const held = await acme.sql(
      `SELECT after FROM plinth.audit WHERE actor_id = $1 AND action = 'session.held'`,
      [id],
    )
    expect(held).toEqual([{ after: { waits: 'enrolment' } }])
    const [row] = await acme.sql<{ minutes: number }>(
      `SELECT (extract(epoch FROM expires_at - now()) / 60)::float AS minutes FROM plinth.session WHERE member_id = $1`,
      [id],
    )
    expect(row!.minutes).toBeLessThanOrEqual(10)
    await browser.addTotp()
    expect((await browser.send('GET', '/plugins')).status).toBe(200)
  })

  test('are those that apply by then: more of them, or nothing owed any more, let go on', async () => {
    const { id, browser } = await someone(['admin'])
    await graceEnded(id, '1 second')
    await acme.sql(
      `UPDATE plinth.second_factor_grace SET since = now() - interval '6 days' WHERE member_id = $1`,
      [id],
    )
    const { body } = await browser.send('GET', '/shell')
    expect(Date.parse(body.enrolBy) / 86_400_000 - Date.now() / 86_400_000).toBeCloseTo(1, 2)
    await acme.sql(`UPDATE plinth.member SET roles = '{member}' WHERE id = $1`, [id])
    await graceEnded(id, '1 second')
    expect((await browser.send('GET', '/shell')).body).not.toHaveProperty('enrolBy')
  })

  test('hold up two requests at once alike, and are noted once', async () => {
    const { id, browser } = await someone(['admin'])
    await graceEnded(id, '1 second')
    const answers = await Promise.all([browser.send('GET', '/shell'), browser.send('GET', '/plugins')])
    expect(answers.map(({ status }) => status)).toEqual([401, 401])
    const held = await acme.sql(`SELECT FROM plinth.audit WHERE actor_id = $1 AND action = 'session.held'`, [
      id,
    ])
    expect(held).toHaveLength(1)
  })
})
