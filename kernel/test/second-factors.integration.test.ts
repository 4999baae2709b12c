import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { codeOf, StepByStep } from './second-factors.ts'

const platform = await bootFixtures({
  plugins: ['library'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const PASSWORD = 'correct horse battery staple'

/** A member of their own for each test, with an authenticator app. */
async function someone() {
  const { id } = await acme.addMember()
  const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
  const credentials = { email: row!.email, password: PASSWORD }
  const browser = new StepByStep(acme)
  await browser.signIn(credentials)
  return { id, credentials, browser }
}

async function withApp() {
  const person = await someone()
  return { ...person, ...(await person.browser.addTotp()) }
}

async function waiting(credentials: { email: string; password: string }) {
  const browser = new StepByStep(acme)
  const answer = await browser.signIn(credentials)
  expect(answer.body.waits?.for).toBe('secondFactor')
  return browser
}

const entriesOf = (id: string) =>
  acme.sql(`SELECT action, subject_type, before, after FROM plinth.audit WHERE subject_id = $1 ORDER BY id`, [
    id,
  ])

describe('K-AUTH-09: an authenticator app', () => {
  test('is a second factor once it has given a code, comes with ten backup codes, and is noted without its secret', async () => {
    const { id, browser } = await someone()
    const begun = await browser.send('POST', '/session/second-factor/totp', { name: ' My phone ' })
    expect(begun.status, begun.text).toBe(201)
    expect(begun.body.picture).toContain('<svg')
    expect((await browser.send('GET', '/session/second-factor')).body.factors).toEqual([])
    const confirm = `/session/second-factor/totp/${begun.body.id}/confirm`
    expectProblem(await browser.send('POST', confirm, { code: '000000' }), 422, 'code_wrong')
    const done = await browser.send('POST', confirm, { code: await codeOf(begun.body.secret) })
    expect(done.status, done.text).toBe(201)
    expect(new Set(done.body.codes).size).toBe(10)
    expect(done.body).not.toHaveProperty('session')
    const { body } = await browser.send('GET', '/session/second-factor')
    expect(body).toMatchObject({
      factors: [{ kind: 'totp', name: 'My phone', usedAt: expect.any(String) }],
      codesLeft: 10,
      required: false,
      enrolBy: null,
    })
    const entries = await entriesOf(id)
    expect(entries).toMatchObject([
      { action: 'secondFactor.added', after: { kind: 'totp', name: 'My phone' } },
    ])
    const rows = await acme.sql(`SELECT s.*, b.digest FROM plinth.second_factor s, plinth.backup_code b`)
    for (const secret of [
      begun.body.secret,
      ...done.body.codes,
      ...done.body.codes.map((c: string) => c.replace('-', '')),
    ])
      expect(
        JSON.stringify([
          entries,
          rows.map((row) => ({ ...row, secret: String(row['secret']), digest: String(row['digest']) })),
        ]),
      ).not.toContain(secret)
  })

  test('is not that of someone else, nor one that was begun and given up', async () => {
    const one = await someone()
    const other = await someone()
    const first = await one.browser.send('POST', '/session/second-factor/totp', { name: 'One' })
    const path = `/session/second-factor/totp/${first.body.id}/confirm`
    expectProblem(
      await other.browser.send('POST', path, { code: await codeOf(first.body.secret) }),
      404,
      'not_found',
    )
    await one.browser.send('POST', '/session/second-factor/totp', { name: 'Two' })
    expectProblem(
      await one.browser.send('POST', path, { code: await codeOf(first.body.secret) }),
      404,
      'not_found',
    )
  })
})

describe('a session that waits for a second factor', () => {
  test('says what it waits for, ends after ten minutes, and reaches nothing else', async () => {
    const { credentials, id } = await withApp()
    const browser = await waiting(credentials)
    const { body } = await browser.send('GET', '/session')
    expect(body.waits).toEqual({ for: 'secondFactor', methods: ['totp', 'backup'] })
    const left = Date.parse(body.expiresAt) - Date.now()
    expect(left).toBeGreaterThan(9 * 60_000)
    expect(left).toBeLessThanOrEqual(10 * 60_000)
    for (const [method, path, payload] of [
      ['GET', '/shell'],
      ['GET', '/live'],
      ['GET', '/members'],
      ['GET', '/openapi.json'],
      ['GET', '/library/books'],
      ['GET', '/nowhere'],
      ['GET', '/session/'],
      ['GET', '/session/second-factor'],
      ['GET', '/session/second-factor/verify/../../../members'],
      ['GET', '/session/second-factor/%2e%2e/%2e%2e/members'],
      ['PATCH', '/session', { locale: 'de' }],
      ['POST', '/session/second-factor/totp', { name: 'Attacker' }],
      ['POST', '/session/second-factor/codes'],
      ['DELETE', `/session/second-factor/factors/${id}`],
      ['POST', '/api-keys', { name: 'x', permissions: ['*'] }],
    ] as const) {
      const answer = await browser.send(method, path, payload)
      expectProblem(answer, 401, 'second_factor_needed')
      expect(answer.body.waits).toBe('secondFactor')
    }
    await acme.sql(
      `UPDATE plinth.session SET expires_at = now() - interval '1 second' WHERE member_id = $1`,
      [id],
    )
    await platform.platform.root.cradle.bus.publish({ topic: 'identity', tenantId: acme.id })
    expectProblem(await browser.verify('totp', '000000'), 401, 'session_missing')
  })

  test('goes on under a new token with the code of the app, and the old one is worth nothing', async () => {
    const { credentials, totp } = await withApp()
    const browser = await waiting(credentials)
    const before = browser.cookie
    const { csrf } = browser
    const answer = await browser.verify('totp', await codeOf(totp.secret))
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body).not.toHaveProperty('waits')
    expect(browser.cookie).not.toBe(before)
    expect((await browser.send('GET', '/shell')).status).toBe(200)
    const old = new StepByStep(acme)
    Object.assign(old, { cookie: before, csrf })
    expectProblem(await old.send('GET', '/session'), 401, 'session_missing')
    expectProblem(await old.verify('totp', await codeOf(totp.secret, 1)), 401, 'session_missing')
  })

  test('can be ended, and changes nothing without its token', async () => {
    const { credentials, totp } = await withApp()
    const browser = await waiting(credentials)
    const { csrf } = browser
    browser.csrf = ''
    expectProblem(await browser.verify('totp', await codeOf(totp.secret)), 403, 'csrf_invalid')
    browser.csrf = csrf
    expect((await browser.send('DELETE', '/session')).status).toBe(204)
    expectProblem(await browser.send('GET', '/session'), 401, 'session_missing')
  })

  test('is none in another workspace', async () => {
    const { credentials, totp } = await withApp()
    const browser = await waiting(credentials)
    const elsewhere = new StepByStep(platform.tenant('other'))
    Object.assign(elsewhere, { cookie: browser.cookie, csrf: browser.csrf })
    expectProblem(await elsewhere.verify('totp', await codeOf(totp.secret)), 401, 'session_missing')
  })
})

describe('a code', () => {
  test('of an app is good once, whoever comes with it, and for whatever', async () => {
    const { credentials, totp, code: used } = await withApp()
    const replay = await waiting(credentials)
    expectProblem(await replay.verify('totp', used), 422, 'code_wrong')
    const code = await codeOf(totp.secret)
    const browsers = await Promise.all([waiting(credentials), waiting(credentials), waiting(credentials)])
    const answers = await Promise.all(browsers.map((browser) => browser.verify('totp', code)))
    expect(answers.map(({ text }) => text.includes('code_wrong')).filter(Boolean)).toHaveLength(2)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expectProblem(await replay.verify('totp', code), 422, 'code_wrong')
    // One step ahead is good, and after it nothing behind it.
    expect((await replay.verify('totp', await codeOf(totp.secret, 1))).status).toBe(201)
    const late = await waiting(credentials)
    expectProblem(await late.verify('totp', await codeOf(totp.secret)), 422, 'code_wrong')
  })

  test('for backup is good once, however it is typed, and not that of someone else', async () => {
    const { credentials, added, browser } = await withApp()
    const other = await withApp()
    const [first, second] = added.codes as [string, string]
    const stranger = await waiting(other.credentials)
    expectProblem(await stranger.verify('backup', first), 422, 'code_wrong')
    const browsers = await Promise.all([waiting(credentials), waiting(credentials)])
    const answers = await Promise.all(browsers.map((each) => each.verify('backup', first.toLowerCase())))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(1)
    expect((await (await waiting(credentials)).verify('backup', second.replace('-', ' '))).status).toBe(201)
    expect((await browser.send('GET', '/session/second-factor')).body.codesLeft).toBe(8)
  })

  test('for backup is void once there are new ones', async () => {
    const { credentials, added, browser, id } = await withApp()
    const { body } = await browser.send('POST', '/session/second-factor/codes')
    expect(body.codes).toHaveLength(10)
    const again = await waiting(credentials)
    expectProblem(await again.verify('backup', added.codes[0]!), 422, 'code_wrong')
    expect((await again.verify('backup', body.codes[9])).status).toBe(201)
    expect((await entriesOf(id)).map(({ action }) => action)).toContain('secondFactor.codesRenewed')
  })

  test('can be guessed five times in a quarter of an hour, over all sessions, and then not even the right one helps', async () => {
    const { credentials, totp, id } = await withApp()
    for (let count = 0; count < 5; count += 1) {
      const browser = await waiting(credentials)
      const [method, code] = count % 2 === 0 ? ['totp', '123456'] : ['backup', '00000-00000']
      expectProblem(await browser.verify(method, code), 422, 'code_wrong')
    }
    const browser = await waiting(credentials)
    const answer = await browser.verify('totp', await codeOf(totp.secret))
    expectProblem(answer, 429, 'too_many_attempts')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    const refused = (await entriesOf(id)).filter(({ action }) => action === 'secondFactor.refused')
    expect(refused).toHaveLength(5)
    expect(refused[0]).toMatchObject({ subject_type: 'platform.member', after: { method: 'totp' } })
    await acme.sql(`UPDATE plinth.attempt SET ends_at = now()`)
    expect((await browser.verify('totp', await codeOf(totp.secret))).status).toBe(201)
  })

  test.each([
    [{ method: 'totp' }, '/code'],
    [{ method: 'sms', code: '123456' }, '/method'],
    [{ method: 'totp', code: 123_456 }, '/code'],
    [{ method: 'totp', code: '123456', member: 'x' }, '/member'],
  ])('that is %j is refused by its field', async (body, pointer) => {
    const { browser } = await someone()
    const answer = await browser.send('POST', '/session/second-factor/verify', body)
    expectProblem(answer, 422, 'validation_failed')
    expect(answer.body.errors[0].pointer).toBe(pointer)
  })
})

describe('second factors', () => {
  test('are removed by whom they belong to, with the backup codes after the last one', async () => {
    const { id, browser, credentials, totp } = await withApp()
    const other = await someone()
    const path = `/session/second-factor/factors/${totp.id}`
    expectProblem(await other.browser.send('DELETE', path), 404, 'not_found')
    expect((await browser.send('DELETE', path)).status).toBe(204)
    expect((await browser.send('GET', '/session/second-factor')).body).toMatchObject({
      factors: [],
      codesLeft: 0,
    })
    expect((await new StepByStep(acme).signIn(credentials)).body).not.toHaveProperty('waits')
    expect((await entriesOf(id)).at(-1)).toMatchObject({
      action: 'secondFactor.removed',
      before: { kind: 'totp', name: 'Phone' },
    })
    expectProblem(await browser.send('POST', '/session/second-factor/codes'), 409, 'second_factor_required')
  })

  test('of keys there are none', async () => {
    const { body } = await acme.admin.post('/api-keys', {
      name: 'sync',
      permissions: ['platform.kernel.member.read'],
    })
    const program = acme.clientWithKey(body.key)
    expectProblem(await program.get('/session/second-factor'), 401, 'session_missing')
    expectProblem(await program.post('/session/second-factor/totp', { name: 'x' }), 401, 'session_missing')
  })
})
