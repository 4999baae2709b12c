import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { asAdmin } from '../src/places/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { Mailbox } from './support/mailbox.ts'
import { StepByStep } from './second-factors.ts'
import type { Answer } from './support/index.ts'

const mailbox = await Mailbox.open()
const platform = await bootFixtures({
  plugins: ['billboard'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
  config: { smtpUrl: mailbox.url, publicUrl: 'https://{tenant}.plinth.example' },
})
afterAll(async () => {
  await platform.stop()
  await mailbox.close()
})

const acme = platform.tenant('acme')
const other = platform.tenant('other')
const { admin, anonymous } = acme
const { servers } = platform.platform.root.cradle
const PASSWORD = 'correct horse battery staple'
const WANTED = 'Kranich über Lampe'
const NOBODY = 'nobody@acme.example'

beforeEach(async () => {
  await acme.sql('DELETE FROM plinth.attempt')
  await setPolicy({ signIn: { links: true } })
})

async function setPolicy(change: object): Promise<void> {
  const answer = await admin.patch('/security/policy', change)
  expect(answer.status, answer.text).toBe(200)
}

async function someone() {
  const client = await acme.addMember()
  const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [
    client.id,
  ])
  return { client, id: client.id, email: row!.email }
}

const askPassword = (email: string) => anonymous.post('/session/password/forgotten', { email })
const look = (token: string, at = acme) => at.anonymous.post('/session/password/link', { token })
const reset = (token: string, password = WANTED, at = acme, more: object = {}) =>
  at.anonymous.post('/session/password/reset', { token, password, ...more })
const signIn = (email: string, password = PASSWORD) => anonymous.post('/session', { email, password })

/** Asks for a link to sign in with, as a browser with a cookie. */
async function askLink(email: string): Promise<{ answer: Answer; cookie: string }> {
  const answer = await anonymous.post('/session/link', { email })
  return { answer, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

const open = (token: string, cookie = '', at = acme) =>
  at.anonymous.send('POST', '/session/link/open', {
    headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
    body: JSON.stringify({ token }),
  })

/** The token of the newest link that has come to an address. */
async function tokenOf(email: string, count = 1): Promise<string> {
  await expect.poll(() => mailbox.for(email).length, { timeout: 10_000 }).toBe(count)
  return mailbox.for(email).at(-1)!.link!.split('#')[1]!
}

/** Moves the end of all links to where it stood that long after they were written. */
const age = (time: string) =>
  acme.sql('UPDATE plinth.account_link SET expires_at = expires_at - $1::interval', [time])

const entries = (action: string, id: string) =>
  acme.sql('SELECT actor_id, before, after FROM plinth.audit WHERE action = $1 AND subject_id = $2', [
    action,
    id,
  ])

/** What can be told apart: everything but ids of requests and rests of seconds. */
const seen = ({ status, body, headers }: Answer) =>
  JSON.stringify({
    status,
    ...body,
    requestId: '',
    retryAfter: body.retryAfter && 'some',
    cookie: headers.getSetCookie().map((line) => line.replace(/=[\w-]{43};/, '=…;')),
  })

describe('K-AUTH-08: a forgotten password', () => {
  test('is replaced by a link in mail, which ends all sessions and every wait after wrong ones', async () => {
    const { client, id, email } = await someone()
    expect((await client.get('/session')).status).toBe(200)
    await setPolicy({ lockout: { attempts: 3 } })
    for (let n = 0; n < 4; n += 1) await signIn(email, 'wrong')
    expect((await signIn(email)).status).toBe(429)
    const asked = await askPassword(` ${email.toUpperCase()}`)
    expect([asked.status, asked.body]).toEqual([202, { minutes: 30 }])
    const token = await tokenOf(email)
    expect(mailbox.for(email)[0]!.link).toBe(`https://acme.plinth.example/reset#${token}`)
    expect((await look(token)).body).toEqual({ email, minLength: 15 })
    const changed = await reset(token)
    expect(changed.status, changed.text).toBe(204)
    expect(changed.headers.getSetCookie()).toEqual([])
    expect((await client.get('/session')).status).toBe(401)
    expect((await signIn(email)).body.code).toBe('credentials_wrong')
    expect((await signIn(email, WANTED)).status).toBe(201)
    await expect.poll(() => mailbox.for(email).length, { timeout: 10_000 }).toBe(2)
    expect(mailbox.for(email)[1]!.mail.subject).toContain('changed')
    expect(await entries('passwordReset.requested', id)).toHaveLength(1)
    expect(await entries('password.reset', id)).toMatchObject([{ actor_id: id }])
    const stored = [await acme.sql('SELECT * FROM plinth.mail'), await acme.sql('SELECT * FROM plinth.audit')]
    expect(JSON.stringify(stored)).not.toContain(token)
    await setPolicy({ lockout: { attempts: 10 } })
  })

  test('is replaced once by each link, and by one of several that are used at once', async () => {
    const { email } = await someone()
    await askPassword(email)
    const first = await tokenOf(email)
    await askPassword(email)
    const second = await tokenOf(email, 2)
    const answers = await Promise.all([reset(first), reset(first), reset(first)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 410, 410])
    for (const token of [first, second]) {
      expect((await look(token)).body.code).toBe('link_invalid')
      expect((await reset(token, 'another heron rides the train')).status).toBe(410)
    }
    expect((await signIn(email, WANTED)).status).toBe(201)
  })

  test('is replaced within half an hour, and not a second later', async () => {
    const { email } = await someone()
    await askPassword(email)
    const token = await tokenOf(email)
    await age('29 minutes 30 seconds')
    expect((await look(token)).status).toBe(200)
    await age('30 seconds')
    expect((await look(token)).status).toBe(410)
    expect((await reset(token)).status).toBe(410)
    expect((await signIn(email)).status).toBe(201)
  })

  test('stays where the new one is refused, the member has left, or has changed it meanwhile', async () => {
    const { id, email } = await someone()
    await askPassword(email)
    const token = await tokenOf(email)
    const weak = await reset(token, 'short')
    expect(weak.body.errors).toMatchObject([{ pointer: '/password', code: 'passwordTooShort' }])
    await admin.patch(`/members/${id}`, { status: 'inactive' })
    expect((await reset(token)).status).toBe(410)
    await admin.patch(`/members/${id}`, { status: 'active' })
    expect((await reset(token)).status).toBe(410)
    await askPassword(email)
    const another = await tokenOf(email, 2)
    const again = acme.client({ email, password: PASSWORD })
    expect((await again.post('/session/password', { current: PASSWORD, password: WANTED })).status).toBe(204)
    expect((await reset(another, 'another heron rides the train')).status).toBe(410)
  })

  test('opens one workspace and one purpose, and nothing that is no link opens any', async () => {
    const { email } = await someone()
    await askPassword(email)
    const token = await tokenOf(email)
    expect((await reset(token, WANTED, other)).status).toBe(410)
    expect((await look(token, other)).status).toBe(410)
    expect((await open(token)).body.code).toBe('link_invalid')
    for (const wrong of ['', 'x', token.slice(1), `${token}x`, "' OR true --", null, 7, { length: 43 }])
      expect((await reset(wrong as string)).status).toBe(410)
    for (const more of [{ memberId: acme.id }, { email: acme.credentials.admin.email }])
      expect((await reset(token, WANTED, acme, more)).status).toBe(422)
    expect((await reset(token)).status).toBe(204)
  })

  test('does not replace the second factor, beside which eight characters are enough', async () => {
    const { email } = await someone()
    const steps = new StepByStep(acme)
    await steps.signIn({ email, password: PASSWORD })
    await steps.addTotp()
    await askPassword(email)
    const token = await tokenOf(email)
    expect((await look(token)).body.minLength).toBe(8)
    expect((await reset(token, 'zK7#qx')).body.errors).toMatchObject([{ code: 'passwordTooShort' }])
    const changed = await reset(token, 'zK7#qxWv')
    expect(changed.status, changed.text).toBe(204)
    const waiting = await signIn(email, 'zK7#qxWv')
    expect(waiting.body.waits).toMatchObject({ for: 'secondFactor', methods: ['totp', 'backup'] })
  })

  test('is refused to those who only sign in with a provider, who would get around it', async () => {
    const { id, email } = await someone()
    await acme.sql('UPDATE plinth.member SET password_hash = NULL WHERE id = $1', [id])
    expect((await askPassword(email)).status).toBe(202)
    expect((await askLink(email)).answer.status).toBe(202)
    const witness = await someone()
    await askPassword(witness.email)
    await tokenOf(witness.email)
    expect(mailbox.for(email)).toEqual([])
    expect(await acme.sql('SELECT FROM plinth.account_link WHERE member_id = $1', [id])).toEqual([])
  })
})

describe('K-AUTH-11: a link to sign in with', () => {
  test('signs in once, in the browser that asked, and tells no other that it is good', async () => {
    const { id, email } = await someone()
    const { answer, cookie } = await askLink(email)
    expect([answer.status, answer.body]).toEqual([202, { minutes: 15 }])
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^plinth_link=[\w-]{43}; Max-Age=900; Path=\/api\/v1\/session\/link; HttpOnly; SameSite=Lax$/,
    )
    const token = await tokenOf(email)
    expect(mailbox.for(email)[0]!.link).toBe(`https://acme.plinth.example/sign-in-link#${token}`)
    const stranger = (await askLink(NOBODY)).cookie
    for (const wrong of ['', 'plinth_link=', `plinth_link=${token}`, stranger]) {
      const refused = await open(token, wrong)
      expect([refused.status, refused.body.code]).toEqual([403, 'link_elsewhere'])
      expect(refused.headers.getSetCookie()).toEqual([])
    }
    const answers = await Promise.all([open(token, cookie), open(token, cookie), open(token, cookie)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 410, 410])
    const { body } = answers.find(({ status }) => status === 201)!
    expect(body.member).toMatchObject({ id, email })
    expect((await open(token, cookie)).body.code).toBe('link_invalid')
    const [session] = await acme.sql(
      'SELECT method FROM plinth.session WHERE member_id = $1 ORDER BY created_at DESC LIMIT 1',
      [id],
    )
    expect(session).toEqual({ method: 'link' })
  })

  test('is used up neither by who follows it with GET nor by who only looks', async () => {
    const { email } = await someone()
    const { cookie } = await askLink(email)
    const token = await tokenOf(email)
    for (const path of ['/session/link/open', `/session/link/open?token=${token}`])
      expect((await anonymous.get(path)).status).toBeGreaterThanOrEqual(400)
    await platform.platform.app.request(`http://acme.localhost/sign-in-link`)
    expect((await look(token)).status).toBe(410)
    expect((await open(token, cookie)).status).toBe(201)
  })

  test('is good for a quarter of an hour, for one workspace, and as long as such links are offered', async () => {
    const { email } = await someone()
    const { cookie } = await askLink(email)
    const token = await tokenOf(email)
    await age('14 minutes 30 seconds')
    expect((await open(token, cookie, other)).status).toBe(410)
    expect((await open(token)).body.code).toBe('link_elsewhere')
    await setPolicy({ signIn: { links: false } })
    expect((await open(token, cookie)).status).toBe(410)
    expect((await askLink(email)).answer.body.code).toBe('not_found')
    await setPolicy({ signIn: { links: true } })
    await age('30 seconds')
    expect((await open(token, cookie)).body.code).toBe('link_invalid')
  })

  test('does not replace the second factor, and opens nothing to those who have left', async () => {
    const { id, email } = await someone()
    const steps = new StepByStep(acme)
    await steps.signIn({ email, password: PASSWORD })
    await steps.addTotp()
    const { cookie } = await askLink(email)
    const opened = await open(await tokenOf(email), cookie)
    expect(opened.body.waits).toMatchObject({ for: 'secondFactor' })
    const later = await askLink(email)
    const token = await tokenOf(email, 2)
    await admin.patch(`/members/${id}`, { status: 'inactive' })
    expect((await open(token, later.cookie)).status).toBe(410)
  })

  test('is not taken from another site, which would sign people in as somebody else', async () => {
    const { email } = await someone()
    const { cookie } = await askLink(email)
    const token = await tokenOf(email)
    const forged = await anonymous.send('POST', '/session/link/open', {
      headers: { 'content-type': 'application/json', origin: 'https://evil.example', cookie },
      body: JSON.stringify({ token }),
    })
    expect(forged.body.code).toBe('csrf_invalid')
    expect((await open(token, cookie)).status).toBe(201)
  })
})

describe('who asks for a link', () => {
  const ask = { reset: askPassword, link: async (email: string) => (await askLink(email)).answer }

  test.each(['reset', 'link'] as const)(
    'for %s cannot tell whether there is such a member: not by words, nor by the number of answers',
    async (purpose) => {
      const known = await someone()
      const gone = await someone()
      await acme.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [gone.id])
      const all = []
      for (const email of [known.email, gone.email, NOBODY]) {
        const answers = []
        for (let n = 0; n < 7; n += 1) answers.push(seen(await ask[purpose](email)))
        all.push(answers)
      }
      expect(all[1]).toEqual(all[0])
      expect(all[2]).toEqual(all[0])
      expect(all[0]!.map((answer) => JSON.parse(answer).status)).toEqual([202, 202, 202, 202, 202, 429, 429])
      await expect.poll(() => mailbox.for(known.email).length, { timeout: 10_000 }).toBe(5)
      expect(mailbox.for(gone.email)).toEqual([])
      expect(mailbox.for(NOBODY)).toEqual([])
    },
  )

  test('is answered before anything about members is looked at, so that the time tells nothing either', async () => {
    const { email } = await someone()
    const { server, database } = await acme.home()
    await asAdmin(servers.adminUrl(server, database), async (client) => {
      await client.query('BEGIN')
      await client.query('LOCK TABLE plinth.member, plinth.account_link IN ACCESS EXCLUSIVE MODE')
      for (const address of [email, NOBODY]) {
        expect((await askPassword(address)).status).toBe(202)
        expect((await askLink(address)).answer.status).toBe(202)
      }
      await client.query('COMMIT')
    })
    await tokenOf(email, 2)
  })

  test('sends nothing to what is no address', async () => {
    for (const email of ['no address', 'a@b, c@d', 'a@b\r\nBcc: c@d', '<a@b.example>', 7, null])
      for (const path of ['/session/password/forgotten', '/session/link'])
        expect((await anonymous.post(path, { email })).status).toBe(422)
  })

  test('is told what there is: ways that need mail or a policy are offered only where they are', async () => {
    expect((await anonymous.get('/tenant')).body.signIn).toEqual(['password', 'reset', 'link'])
    await setPolicy({ signIn: { links: false } })
    expect((await anonymous.get('/tenant')).body.signIn).toEqual(['password', 'reset'])
  })
})
