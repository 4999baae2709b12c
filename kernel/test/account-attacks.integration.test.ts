import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { asAdmin } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { codeOf, StepByStep } from './second-factors.ts'

const platform = await bootFixtures({ plugins: [], tenants: [{ slug: 'acme' }], config: { proxies: 1 } })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const { bus, servers } = platform.platform.root.cradle
const { password } = acme.credentials.member
const VERIFY = '/session/second-factor/verify'
const WANTED = 'Kranich über Lampe'

beforeEach(() => acme.sql('DELETE FROM plinth.attempt'))

const forget = () => bus.publish({ topic: 'identity', tenantId: acme.id })

async function someone(roles: string[] = []) {
  const { id } = await acme.addMember(roles)
  const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
  const credentials = { email: row!.email, password }
  const browser = new StepByStep(acme)
  expect((await browser.signIn(credentials)).status).toBe(201)
  return { id, credentials, browser }
}

async function browserOf(credentials: { email: string; password: string }): Promise<StepByStep> {
  const browser = new StepByStep(acme)
  await browser.signIn(credentials)
  return browser
}

async function giveRoles(id: string, roles: readonly string[]): Promise<void> {
  await acme.sql(`UPDATE plinth.member SET roles = $2 WHERE id = $1`, [id, ['member', ...roles]])
  await forget()
}

/** Since so long ago they have owed a second factor. */
const owe = (id: string, since: string) =>
  acme.sql(
    `INSERT INTO plinth.second_factor_grace (tenant_id, member_id, since) VALUES ($1, $2, now() - $3::interval)
      ON CONFLICT (tenant_id, member_id) DO UPDATE SET since = excluded.since`,
    [acme.id, id, since],
  )

const factorsOf = (id: string) =>
  acme.sql<{ name: string }>(
    'SELECT name FROM plinth.second_factor WHERE member_id = $1 AND confirmed_at IS NOT NULL',
    [id],
  )

const provenBefore = async (id: string, interval: string) => {
  await acme.sql('UPDATE plinth.session SET proven_at = now() - $2::interval WHERE member_id = $1', [
    id,
    interval,
  ])
  await forget()
}

describe('a stolen password', () => {
  test('opens no session any more once the member has another, however close it was', async () => {
    const { id, credentials } = await someone()
    const [{ hash }] = (await acme.sql<{ hash: string }>(
      'SELECT password_hash AS hash FROM plinth.member WHERE email = $1',
      [acme.credentials.admin.email],
    )) as [{ hash: string }]
    const { server, database } = await acme.home()
    const before = await acme.sql('SELECT id FROM plinth.session WHERE member_id = $1', [id])
    await asAdmin(servers.adminUrl(server, database), async (client) => {
      await client.query('BEGIN')
      await client.query('UPDATE plinth.member SET password_hash = $2 WHERE id = $1', [id, `${hash} `])
      const signingIn = acme.anonymous.post('/session', credentials)
      // It has seen the former password, and waits for the row.
      await expect
        .poll(async () => {
          const { rows } = await client.query(
            `SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'`,
          )
          return rows[0].waiting
        })
        .toBe(1)
      await client.query('COMMIT')
      expectProblem(await signingIn, 401, 'credentials_wrong')
    })
    expect(await acme.sql('SELECT id FROM plinth.session WHERE member_id = $1', [id])).toEqual(before)
  })

  test('sets up no second factor beside that of the member, in a session that waited for one', async () => {
    const { id, credentials, browser } = await someone(['admin'])
    await owe(id, '8 days')
    const thief = await browserOf(credentials)
    const begun = await thief.send('POST', '/session/second-factor/totp', { name: 'Thief' })
    expect(begun.status).toBe(201)
    const code = await codeOf(begun.body.secret)
    await acme.sql(`UPDATE plinth.second_factor SET name = 'Thief' WHERE id = $1`, [begun.body.id])
    const passkey = await thief.send('POST', '/session/second-factor/passkey')
    expect(passkey.status).toBe(201)
    // That of the member is begun anew, which drops the other: put it back, as if both had begun at once.
    const kept = await acme.sql('SELECT * FROM plinth.second_factor WHERE id = $1', [begun.body.id])
    await browser.addTotp('Mine')
    await acme.sql(
      `INSERT INTO plinth.second_factor (tenant_id, id, member_id, kind, name, secret)
        SELECT tenant_id, id, member_id, kind, name, secret FROM json_populate_record(NULL::plinth.second_factor, $1)`,
      [JSON.stringify({ ...kept[0], secret: `\\x${(kept[0]!['secret'] as Buffer).toString('hex')}` })],
    )
    const refused = await thief.send('POST', `/session/second-factor/totp/${begun.body.id}/confirm`, { code })
    expectProblem(refused, 401, 'session_missing')
    expectProblem(
      await thief.send('POST', '/session/second-factor/totp', { name: 'x' }),
      401,
      'session_missing',
    )
    expect(await factorsOf(id)).toEqual([{ name: 'Mine' }])
    const again = new StepByStep(acme)
    expect((await again.signIn(credentials)).body.waits?.for).toBe('secondFactor')
  })

  test('of two who set up a factor at once for somebody who owes one, lets one in', async () => {
    const { id, credentials } = await someone(['admin'])
    await owe(id, '8 days')
    const browsers = await Promise.all([browserOf(credentials), browserOf(credentials)])
    const begun = await browsers[0].send('POST', '/session/second-factor/totp', { name: 'One' })
    const path = `/session/second-factor/totp/${begun.body.id}/confirm`
    const code = await codeOf(begun.body.secret)
    const answers = await Promise.all(browsers.map((browser) => browser.send('POST', path, { code })))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await factorsOf(id)).toHaveLength(1)
    const open = await acme.sql(
      'SELECT waits FROM plinth.session WHERE member_id = $1 AND created_at > now() - interval $$1 minute$$ AND waits IS NOT NULL',
      [id],
    )
    expect(open).toEqual([])
  })
})

describe('a browser that was left open', () => {
  test('sets up no second factor when the days of grace end, unless who is there was asked lately', async () => {
    const { id, browser, credentials } = await someone(['admin'])
    await acme.sql(`UPDATE plinth.session SET enrol_by = now() - interval '1 second' WHERE member_id = $1`, [
      id,
    ])
    await owe(id, '8 days')
    await provenBefore(id, '15 minutes 1 second')
    const answers = await Promise.all([
      browser.send('POST', '/session/second-factor/totp', { name: 'Mine' }),
      browser.send('GET', '/shell'),
    ])
    for (const answer of answers) expectProblem(answer, 401, 'session_missing')
    expect(await acme.sql('SELECT FROM plinth.session WHERE member_id = $1', [id])).toEqual([])
    const again = new StepByStep(acme)
    expect((await again.signIn(credentials)).body.waits?.for).toBe('enrolment')
    await again.addTotp()
    expect((await again.send('GET', '/shell')).status).toBe(200)
  })

  test('has no link made anew by which somebody gets in', async () => {
    const { id, browser } = await someone(['admin'])
    const invited = await admin.post('/members/invitations', {
      email: 'guest@acme.example',
      name: 'Guest',
      roles: ['admin'],
    })
    await provenBefore(id, '15 minutes 1 second')
    const path = `/members/invitations/${invited.body.id}/resend`
    expectProblem(await browser.send('POST', path), 403, 'confirmation_needed')
    await browser.keep('POST', VERIFY, { method: 'password', password })
    expect((await browser.send('POST', path)).body.link).toContain('/invitation#')
  })

  test('is confirmed by a password that is too old to sign in with', async () => {
    const { id, browser } = await someone(['admin'])
    await acme.sql(
      `UPDATE plinth.member SET password_changed_at = now() - interval '91 days' WHERE id = $1`,
      [id],
    )
    await admin.patch('/security/policy', { password: { maxAgeDays: 90 } })
    await provenBefore(id, '1 hour')
    expect((await browser.keep('POST', VERIFY, { method: 'password', password })).status).toBe(201)
    await admin.patch('/security/policy', { password: { maxAgeDays: 0 } })
  })
})

describe('somebody who becomes an administrator while they are signed in', () => {
  test('has days for a second factor from then on, and is told so with the next request', async () => {
    const { id, browser } = await someone()
    expect((await browser.send('GET', '/shell')).body).not.toHaveProperty('enrolBy')
    expect(await platform.statements(() => browser.send('GET', '/session'))).toBe(0)
    await giveRoles(id, ['admin'])
    const { body } = await browser.send('GET', '/shell')
    expect((Date.parse(body.enrolBy) - Date.now()) / 86_400_000).toBeCloseTo(7, 2)
    // What was noted in the session is read once.
    expect((await browser.send('GET', '/session')).status).toBe(200)
    expect(await platform.statements(() => browser.send('GET', '/session'))).toBe(0)
    await giveRoles(id, [])
    await owe(id, '8 days')
    expect((await browser.send('GET', '/shell')).status).toBe(200)
    await acme.sql(`UPDATE plinth.session SET enrol_by = NULL WHERE member_id = $1`, [id])
    await giveRoles(id, ['admin'])
    expectProblem(await browser.send('GET', '/shell'), 401, 'second_factor_needed')
    await browser.addTotp()
    const { body: shell } = await browser.send('GET', '/shell')
    expect(shell).not.toHaveProperty('enrolBy')
  })

  test('owes none where they have one, and neither do members the workspace does not ask', async () => {
    const withApp = await someone()
    await withApp.browser.addTotp()
    await giveRoles(withApp.id, ['admin'])
    expect((await withApp.browser.send('GET', '/shell')).body).not.toHaveProperty('enrolBy')
    const member = await someone()
    expect((await member.browser.send('GET', '/shell')).body).not.toHaveProperty('enrolBy')
    await admin.patch('/security/policy', { secondFactor: { required: 'everyone' } })
    expect((await member.browser.send('GET', '/shell')).body.enrolBy).toBeDefined()
    expect((await withApp.browser.send('GET', '/shell')).body).not.toHaveProperty('enrolBy')
    await admin.patch('/security/policy', { secondFactor: { required: 'administrators' } })
  })
})

describe('two second factors of an administrator', () => {
  test('that are removed at once leave one', async () => {
    const { id, browser } = await someone(['admin'])
    await browser.addTotp('One')
    await browser.addTotp('Two')
    const { body } = await browser.send('GET', '/session/second-factor')
    const answers = await Promise.all(
      body.factors.map((factor: { id: string }) =>
        browser.send('DELETE', `/session/second-factor/factors/${factor.id}`),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409])
    expect(await factorsOf(id)).toHaveLength(1)
  })
})

describe('a session that a provider has opened', () => {
  test('is still of that provider after the second factor, so that it ends with it', async () => {
    const { id, browser, credentials } = await someone()
    const { totp } = await browser.addTotp()
    const [provider] = await acme.sql<{ id: string }>(
      `INSERT INTO plinth.sign_on_provider (tenant_id, id, kind, name, enabled, settings)
        VALUES ($1, gen_random_uuid(), 'openid', 'Door', true, '{}') RETURNING id`,
      [acme.id],
    )
    const waiting = await browserOf(credentials)
    await acme.sql('UPDATE plinth.session SET provider = $2 WHERE member_id = $1 AND waits IS NOT NULL', [
      id,
      provider!.id,
    ])
    expect((await waiting.verify('totp', await codeOf(totp.secret))).status).toBe(201)
    const [session] = await acme.sql(
      `SELECT provider FROM plinth.session WHERE member_id = $1 AND second = 'totp'`,
      [id],
    )
    expect(session).toEqual({ provider: provider!.id })
    await acme.sql('DELETE FROM plinth.sign_on_provider WHERE id = $1', [provider!.id])
  })
})

describe('locking somebody out by guessing', () => {
  const guess = (email: string, address: string) =>
    acme.anonymous.send('POST', '/session', {
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ email, password: 'wrong' }),
    })

  test('does not, on a device on which they have signed in before, and guesses there end as well', async () => {
    const { credentials, browser } = await someone()
    const { email } = credentials
    for (let n = 0; n < 10; n += 1) expect((await guess(email, `192.0.2.${n}`)).status).toBe(401)
    expect((await guess(email, '192.0.2.99')).status).toBe(429)
    expect((await new StepByStep(acme).signIn(credentials)).status).toBe(429)
    expect((await browser.signIn(credentials)).status).toBe(201)
    const other = await someone()
    expect((await other.browser.signIn(credentials)).status).toBe(429)
    for (let n = 0; n < 10; n += 1)
      expect((await browser.signIn({ email, password: 'wrong' })).status).toBe(401)
    expect((await browser.signIn(credentials)).status).toBe(429)
  })

  test('does not keep those from confirming and changing their password who are signed in', async () => {
    const { credentials, browser } = await someone()
    for (let n = 0; n < 11; n += 1) await guess(credentials.email, '192.0.2.1')
    expect((await browser.send('POST', VERIFY, { method: 'password', password })).status).toBe(201)
    const change = { current: password, password: WANTED }
    expect((await browser.send('POST', '/session/password', change)).status).toBe(204)
  })

  test('counts all addresses of the sixth version that one has as one', async () => {
    await admin.patch('/security/policy', { lockout: { attempts: 3 } })
    const answers = []
    for (let n = 0; n <= 90; n += 1)
      answers.push((await guess(`nobody-${n}@acme.example`, `2001:db8:1:2::${n.toString(16)}`)).status)
    expect(answers.at(-2)).toBe(401)
    expect(answers.at(-1)).toBe(429)
    expect((await guess('nobody@acme.example', '2001:db8:1:3::1')).status).toBe(401)
    await admin.patch('/security/policy', { lockout: { attempts: 10 } })
  }, 60_000)
})
