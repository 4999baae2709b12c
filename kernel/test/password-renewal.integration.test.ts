import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { codeOf, StepByStep } from './second-factors.ts'

const platform = await bootFixtures({ plugins: [], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const PASSWORD = 'correct horse battery staple'

describe('K-AUTH-08: a password that ends by date, of somebody with a second factor', () => {
  const NEXT = 'Kranich über Lampe'
  const RENEWAL = '/session/password/renewal'

  /** Somebody with an app, whose password is too old. */
  async function outdated() {
    const { id } = await acme.addMember()
    const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
    const person = { id, email: row!.email }
    const phone = new StepByStep(acme)
    await phone.signIn({ email: person.email, password: PASSWORD })
    const { totp } = await phone.addTotp()
    const policy = await acme.admin.patch('/security/policy', { password: { maxAgeDays: 90 } })
    expect(policy.status, policy.text).toBe(200)
    await acme.sql(
      `UPDATE plinth.member SET password_changed_at = now() - interval '91 days' WHERE id = $1`,
      [person.id],
    )
    return { ...person, totp, phone }
  }

  const signIn = (email: string, password: string) => acme.anonymous.post('/session', { email, password })
  const hashOf = (id: string) => acme.sql('SELECT password_hash FROM plinth.member WHERE id = $1', [id])
  const renewals = (id: string) =>
    acme.sql(`SELECT actor_id FROM plinth.audit WHERE action = 'password.renewed' AND subject_id = $1`, [id])

  test('is not replaced by who knows it and has not given the second factor', async () => {
    const { id, email, phone } = await outdated()
    const before = await hashOf(id)
    const thief = new StepByStep(acme)
    const opened = await thief.keep('POST', '/session', { email, password: PASSWORD, newPassword: NEXT })
    expect(opened.status, opened.text).toBe(201)
    expect(opened.body.waits).toEqual({ for: 'secondFactor', methods: ['totp', 'backup'] })
    expectProblem(await thief.send('POST', RENEWAL, { password: NEXT }), 401, 'second_factor_needed')
    expectProblem(await thief.verify('totp', '000000'), 422, 'code_wrong')
    expectProblem(await thief.send('POST', RENEWAL, { password: NEXT }), 401, 'second_factor_needed')
    expect(await hashOf(id)).toEqual(before)
    expect(await renewals(id)).toEqual([])
    expect((await phone.send('GET', '/session')).status).toBe(200)
    expectProblem(await phone.send('POST', RENEWAL, { password: NEXT }), 404, 'not_found')
  })

  test('is replaced after the factor, before anything else', async () => {
    const { id, email, totp, phone } = await outdated()
    const browser = new StepByStep(acme)
    await browser.signIn({ email, password: PASSWORD })
    const verified = await browser.verify('totp', await codeOf(totp.secret))
    expect(verified.status, verified.text).toBe(201)
    expect(verified.body.waits).toEqual({ for: 'password', methods: [], minLength: 8 })
    for (const [method, path, body] of [
      ['GET', '/shell'],
      ['GET', '/session/second-factor'],
      ['POST', '/session/second-factor/codes'],
      ['POST', '/session/second-factor/verify', { method: 'totp', code: '000000' }],
      ['POST', '/session/password', { current: PASSWORD, password: NEXT }],
    ] as const) {
      const refused = await browser.send(method, path, body)
      expectProblem(refused, 401, 'second_factor_needed')
      expect(refused.body.waits).toBe('password')
    }
    const weak = await browser.send('POST', RENEWAL, { password: 'passwordpassword' })
    expectProblem(weak, 422, 'validation_failed')
    expect(weak.body.errors).toMatchObject([{ pointer: '/password', code: 'passwordWeak' }])
    const { cookie } = browser
    const renewed = await browser.keep('POST', RENEWAL, { password: NEXT })
    expect(renewed.status, renewed.text).toBe(201)
    expect(renewed.body).not.toHaveProperty('waits')
    expect(Date.parse(renewed.body.expiresAt) - Date.now()).toBeGreaterThan(60 * 60_000)
    expect((await browser.send('GET', '/shell')).status).toBe(200)
    expect(browser.cookie).not.toBe(cookie)
    browser.cookie = cookie
    expectProblem(await browser.send('POST', RENEWAL, { password: PASSWORD }), 401, 'session_missing')
    expectProblem(await phone.send('GET', '/session'), 401, 'session_missing')
    expect(await renewals(id)).toEqual([{ actor_id: id }])
    expectProblem(await signIn(email, PASSWORD), 401, 'credentials_wrong')
    expect((await signIn(email, NEXT)).body.waits.for).toBe('secondFactor')
    expect(
      await acme.sql('SELECT second, waits FROM plinth.session WHERE member_id = $1 AND waits IS NULL', [id]),
    ).toEqual([{ second: 'totp', waits: null }])
  })
})
