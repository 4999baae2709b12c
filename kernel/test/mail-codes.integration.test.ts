import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { Mailbox } from './support/mailbox.ts'
import { StepByStep } from './second-factors.ts'

const mailbox = await Mailbox.open()
const platform = await bootFixtures({
  plugins: [],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
  config: { smtpUrl: mailbox.url, mailFrom: 'no-reply@plinth.example' },
})
afterAll(async () => {
  await platform.stop()
  await mailbox.close()
})
const acme = platform.tenant('acme')
const { bus } = platform.platform.root.cradle
const FACTORS = '/session/second-factor'

async function someone(roles: string[] = [], tenant = acme) {
  const { id } = await tenant.addMember(roles)
  const [row] = await tenant.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
  const credentials = { email: row!.email, password: tenant.credentials.member.password }
  const browser = new StepByStep(tenant)
  await browser.signIn(credentials)
  return { id, email: row!.email, credentials, browser }
}

type Someone = Awaited<ReturnType<typeof someone>>

/** Has something send a code, and waits until it has arrived. */
async function codeAfter({ email }: Someone, send: () => Promise<{ status: number; text: string }>) {
  const before = mailbox.for(email).length
  const answer = await send()
  expect(answer.status, answer.text).toBe(201)
  await expect.poll(() => mailbox.for(email).length, { timeout: 10_000 }).toBe(before + 1)
  return /\b\d{6}\b/.exec(mailbox.for(email).at(-1)!.mail.text ?? '')![0]
}

async function withMail(roles: string[] = [], tenant = acme) {
  const person = await someone(roles, tenant)
  const code = await codeAfter(person, () => person.browser.send('POST', `${FACTORS}/email`))
  const added = await person.browser.send('POST', `${FACTORS}/email/confirm`, { code })
  expect(added.status, added.text).toBe(201)
  return { ...person, codes: added.body.codes as string[] }
}

async function waiting({ credentials }: Someone, tenant = acme) {
  const browser = new StepByStep(tenant)
  const { body } = await browser.signIn(credentials)
  return { browser, waits: body.waits }
}

const ask = (browser: StepByStep) => () => browser.send('POST', `${FACTORS}/verify/email`)
const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const policy = async (secondFactor: object) => {
  const { status, text } = await acme.admin.patch('/security/policy', { secondFactor })
  expect(status, text).toBe(200)
}

describe('K-AUTH-09: codes by mail', () => {
  test('are a second factor once one has arrived, and let in with another one, once', async () => {
    const person = await someone()
    const { body: none } = await person.browser.send('GET', FACTORS)
    expect(none).toMatchObject({ factors: [], emailCodes: 'enough' })
    const begun = await person.browser.send('POST', `${FACTORS}/email`)
    expect(begun.body).toEqual({ sentTo: expect.stringMatching(/^.\*{3}@/), minutes: 10 })
    await expect.poll(() => mailbox.for(person.email).length).toBe(1)
    const first = /\b\d{6}\b/.exec(mailbox.for(person.email)[0]!.mail.text ?? '')![0]
    // Nor is the code for setting up one that lets in.
    expectProblem(await person.browser.verify('email', first), 409, 'method_not_taken')
    const added = await person.browser.send('POST', `${FACTORS}/email/confirm`, { code: first })
    expect(added.body.codes).toHaveLength(10)
    const { body } = await person.browser.send('GET', FACTORS)
    expect(body.factors).toMatchObject([{ kind: 'email', name: expect.stringMatching(/^.\*{3}@/) }])
    const { browser, waits } = await waiting(person)
    expect(waits).toEqual({ for: 'secondFactor', methods: ['email', 'backup'] })
    expectProblem(await browser.send('GET', '/shell'), 401, 'second_factor_needed')
    const code = await codeAfter(person, ask(browser))
    const before = browser.cookie
    const let_in = await browser.verify('email', `${code.slice(0, 3)} ${code.slice(3)}`)
    expect(let_in.status, let_in.text).toBe(201)
    expect(browser.cookie).not.toBe(before)
    expect((await browser.send('GET', '/shell')).status).toBe(200)
    const again = await waiting(person)
    expectProblem(await again.browser.verify('email', code), 422, 'code_wrong')
    const stored = JSON.stringify([
      await acme.sql('SELECT * FROM plinth.mail_code'),
      await acme.sql('SELECT before, after FROM plinth.audit WHERE tenant_id = $1', [acme.id]),
    ])
    expect(stored).not.toContain(first)
    expect(stored).not.toContain(code)
  })

  test('are good for ten minutes, for the session that asked, and until the next is sent', async () => {
    const person = await withMail()
    const { browser } = await waiting(person)
    const first = await codeAfter(person, ask(browser))
    const elsewhere = await waiting(person)
    expectProblem(await elsewhere.browser.verify('email', first), 422, 'code_wrong')
    const second = await codeAfter(person, ask(browser))
    if (second !== first) expectProblem(await browser.verify('email', first), 422, 'code_wrong')
    const age = (minutes: string) =>
      acme.sql(`UPDATE plinth.mail_code SET ends_at = ends_at - $2::interval WHERE member_id = $1`, [
        person.id,
        minutes,
      ])
    await age('9 minutes 50 seconds')
    expect((await browser.verify('email', second)).status).toBe(201)
    const late = await waiting(person)
    const third = await codeAfter(person, ask(late.browser))
    await age('10 minutes')
    expectProblem(await late.browser.verify('email', third), 422, 'code_wrong')
  })

  test('of two who come with one at once, let one in', async () => {
    const person = await withMail()
    const { browser } = await waiting(person)
    const code = await codeAfter(person, ask(browser))
    const twin = new StepByStep(acme)
    Object.assign(twin, { cookie: browser.cookie, csrf: browser.csrf })
    const answers = await Promise.all([browser.verify('email', code), twin.verify('email', code)])
    expect(answers.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1)
  })

  test('cannot be guessed: after five wrong ones the code that was sent is void', async () => {
    const person = await withMail()
    const { browser } = await waiting(person)
    const code = await codeAfter(person, ask(browser))
    for (let count = 0; count < 5; count += 1)
      expectProblem(await browser.verify('email', another(code)), 422, 'code_wrong')
    expectProblem(await browser.verify('email', code), 429, 'too_many_attempts')
    const { attempts } = platform.platform.root.cradle
    for (const seconds of [900, 86_400])
      await attempts.clear(acme.id, `second factor ${seconds} ${person.id}`)
    expectProblem(await browser.verify('email', code), 422, 'code_wrong')
    const refusals = await acme.sql(
      `SELECT after FROM plinth.audit WHERE subject_id = $1 AND action = 'secondFactor.refused'`,
      [person.id],
    )
    expect(refusals[0]).toEqual({ after: { method: 'email' } })
  })

  test('cannot be sent without end', async () => {
    const person = await withMail()
    const { browser } = await waiting(person)
    for (let count = 0; count < 4; count += 1) expect((await ask(browser)()).status).toBe(201)
    const fresh = await waiting(person)
    expectProblem(await ask(fresh.browser)(), 429, 'too_many_attempts')
  })

  test('are not enough for administrators unless the workspace says so, and are taken nevertheless', async () => {
    const admin = await withMail(['admin'])
    const { body } = await admin.browser.send('GET', FACTORS)
    expect(body).toMatchObject({ emailCodes: 'besides', enrolBy: expect.any(String) })
    await acme.sql(
      `UPDATE plinth.second_factor_grace SET since = now() - interval '8 days' WHERE member_id = $1`,
      [admin.id],
    )
    const { browser, waits } = await waiting(admin)
    expect(waits).toEqual({ for: 'secondFactor', methods: ['email', 'backup'] })
    const stillOwes = await browser.verify('email', await codeAfter(admin, ask(browser)))
    expect(stillOwes.body.waits).toEqual({ for: 'enrolment', methods: ['backup'] })
    expectProblem(await browser.send('GET', '/shell'), 401, 'second_factor_needed')
    const { totp } = await browser.addTotp()
    expect((await browser.send('GET', '/shell')).status).toBe(200)
    // The better one cannot go, since what is left is not enough.
    expectProblem(
      await browser.send('DELETE', `${FACTORS}/factors/${totp.id}`),
      409,
      'second_factor_required',
    )
    await policy({ emailCodes: 'everyone' })
    expect((await acme.admin.get('/security/policy')).body.warnings).toContainEqual({
      section: 'secondFactor',
      setting: 'emailCodes',
      code: 'adminMailbox',
    })
    expect((await browser.send('DELETE', `${FACTORS}/factors/${totp.id}`)).status).toBe(204)
    await policy({ emailCodes: 'members' })
  })

  test('are not taken where the workspace forbids them: then a backup code is', async () => {
    const person = await withMail()
    const begun = await waiting(person)
    await policy({ emailCodes: 'nobody' })
    const { browser, waits } = await waiting(person)
    expect(waits).toEqual({ for: 'secondFactor', methods: ['backup'] })
    expectProblem(await ask(browser)(), 409, 'method_not_taken')
    expect((await browser.verify('backup', person.codes[0]!)).status).toBe(201)
    for (const path of ['email', 'email/confirm'])
      expectProblem(
        await browser.send('POST', `${FACTORS}/${path}`, path === 'email' ? undefined : { code: '123456' }),
        409,
        'method_not_taken',
      )
    expect((await browser.send('GET', FACTORS)).body.emailCodes).toBe('none')
    await policy({ emailCodes: 'members' })
    // Whoever was asked for one before may still give it.
    expect((await begun.browser.verify('email', await codeAfter(person, ask(begun.browser)))).status).toBe(
      201,
    )
  })

  test('confirm what is sensitive, and are none for those who have not set them up', async () => {
    const admin = await withMail(['admin'])
    const plain = await someone()
    const before = (person: Someone) =>
      acme.sql(`UPDATE plinth.session SET proven_at = now() - interval '1 hour' WHERE member_id = $1`, [
        person.id,
      ])
    await before(admin)
    await before(plain)
    await bus.publish({ topic: 'identity', tenantId: acme.id })
    expectProblem(await ask(plain.browser)(), 409, 'method_not_taken')
    const begin = () => admin.browser.send('POST', `${FACTORS}/totp`, { name: 'Phone' })
    const asked = await begin()
    expectProblem(asked, 403, 'confirmation_needed')
    expect(asked.body.methods).toEqual(['email', 'backup'])
    const code = await codeAfter(admin, ask(admin.browser))
    expect((await admin.browser.verify('email', code)).status).toBe(201)
    expect((await begin()).status).toBe(201)
    expectProblem(await plain.browser.send('POST', `${FACTORS}/email`), 403, 'confirmation_needed')
  })

  test('go with the reset by an administrator, and are of one workspace', async () => {
    const person = await withMail()
    const stranger = await withMail([], platform.tenant('other'))
    expect(stranger.codes).toHaveLength(10)
    expect((await acme.admin.delete(`/members/${person.id}/second-factors`)).status).toBe(204)
    expect((await waiting(person)).waits).toBeUndefined()
    expect((await waiting(stranger, platform.tenant('other'))).waits?.methods).toEqual(['email', 'backup'])
  })

  test('are none for who has come by a link in mail, and make no password shorter: the mailbox would be proven twice', async () => {
    const { email, credentials } = await withMail()
    await acme.admin.patch('/security/policy', { signIn: { links: true } })
    const before = mailbox.for(email).length
    const asked = await acme.anonymous.post('/session/link', { email })
    await acme.anonymous.post('/session/password/forgotten', { email })
    await expect.poll(() => mailbox.for(email).length, { timeout: 10_000 }).toBe(before + 2)
    const tokenAt = (page: string) =>
      mailbox
        .for(email)
        .find(({ link }) => link?.includes(page))!
        .link!.split('#')[1]
    const browser = new StepByStep(acme)
    browser.cookie = asked.headers.getSetCookie()[0]!.split(';')[0]!
    const opened = await browser.keep('POST', '/session/link/open', { token: tokenAt('/sign-in-link') })
    expect(opened.body.waits).toEqual({ for: 'secondFactor', methods: ['backup'] })
    const looked = await acme.anonymous.post('/session/password/link', { token: tokenAt('/reset') })
    expect(looked.body.minLength).toBe(15)
    expect((await waiting({ credentials } as Someone)).waits?.methods).toContain('email')
  })
})
