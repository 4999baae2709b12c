import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { asAdmin } from '../src/data/index.ts'
import { DeedWorld } from './every-change/deed-world.ts'
import { LinkWorld, PASSWORD, seen, WANTED } from './link-world.ts'
import { StepByStep } from './second-factors.ts'

const world = await LinkWorld.open()
afterAll(() => world.close())

const { acme, mailbox, platform } = world
const other = platform.tenant('other')
const { admin, anonymous } = acme
const { servers } = platform.platform.root.cradle
const NOBODY = 'nobody@acme.example'

beforeEach(async () => {
  await acme.sql('DELETE FROM plinth.attempt')
  await world.setPolicy({ signIn: { links: true } })
})

describe('K-AUTH-08: a forgotten password', () => {
  test('is replaced by a link in mail, which ends all sessions and every wait after wrong ones', async () => {
    const { client, id, email } = await world.someone()
    expect((await client.get('/session')).status).toBe(200)
    await world.setPolicy({ lockout: { attempts: 3 } })
    for (let n = 0; n < 4; n += 1) await world.signIn(email, 'wrong')
    expect((await world.signIn(email)).status).toBe(429)
    const asked = await world.askPassword(` ${email.toUpperCase()}`)
    expect([asked.status, asked.body]).toEqual([202, { minutes: 30 }])
    const token = await world.tokenOf(email)
    expect(mailbox.for(email)[0]!.link).toBe(`https://acme.plinth.example/reset#${token}`)
    expect((await world.look(token)).body).toEqual({ email, minLength: 15 })
    const changed = await world.reset(token)
    expect(changed.status, changed.text).toBe(204)
    expect(changed.headers.getSetCookie()).toEqual([])
    expect((await client.get('/session')).status).toBe(401)
    expect((await world.signIn(email)).body.code).toBe('credentials_wrong')
    expect((await world.signIn(email, WANTED)).status).toBe(201)
    await expect.poll(() => mailbox.for(email).length, { timeout: 10_000 }).toBe(2)
    expect(mailbox.for(email)[1]!.mail.subject).toContain('changed')
    expect(await world.entries('passwordReset.requested', id)).toHaveLength(1)
    expect(await world.entries('password.reset', id)).toMatchObject([{ actor_id: id }])
    const stored = [await acme.sql('SELECT * FROM plinth.mail'), await acme.sql('SELECT * FROM plinth.audit')]
    expect(JSON.stringify(stored)).not.toContain(token)
    await world.setPolicy({ lockout: { attempts: 10 } })
  })

  test('is replaced once by each link, and by one of several that are used at once', async () => {
    const { email } = await world.someone()
    await world.askPassword(email)
    const first = await world.tokenOf(email)
    await world.askPassword(email)
    const second = await world.tokenOf(email, 2)
    const answers = await Promise.all([world.reset(first), world.reset(first), world.reset(first)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 410, 410])
    for (const token of [first, second]) {
      expect((await world.look(token)).body.code).toBe('link_invalid')
      expect((await world.reset(token, 'another heron rides the train')).status).toBe(410)
    }
    expect((await world.signIn(email, WANTED)).status).toBe(201)
  })

  test('is replaced within half an hour, and not a second later', async () => {
    const { email } = await world.someone()
    await world.askPassword(email)
    const token = await world.tokenOf(email)
    await world.age('29 minutes 30 seconds')
    expect((await world.look(token)).status).toBe(200)
    await world.age('30 seconds')
    expect((await world.look(token)).status).toBe(410)
    expect((await world.reset(token)).status).toBe(410)
    expect((await world.signIn(email)).status).toBe(201)
  })

  test('stays where the new one is refused, the member has left, or has changed it meanwhile', async () => {
    const { id, email } = await world.someone()
    await world.askPassword(email)
    const token = await world.tokenOf(email)
    const weak = await world.reset(token, 'short')
    expect(weak.body.errors).toMatchObject([{ pointer: '/password', code: 'passwordTooShort' }])
    await admin.patch(`/members/${id}`, { status: 'inactive' })
    expect((await world.reset(token)).status).toBe(410)
    await admin.patch(`/members/${id}`, { status: 'active' })
    expect((await world.reset(token)).status).toBe(410)
    await world.askPassword(email)
    const another = await world.tokenOf(email, 2)
    const again = acme.client({ email, password: PASSWORD })
    expect((await again.post('/session/password', { current: PASSWORD, password: WANTED })).status).toBe(204)
    expect((await world.reset(another, 'another heron rides the train')).status).toBe(410)
  })

  test('opens one workspace and one purpose, and nothing that is no link opens any', async () => {
    const { email } = await world.someone()
    await world.askPassword(email)
    const token = await world.tokenOf(email)
    expect((await world.reset(token, WANTED, other)).status).toBe(410)
    expect((await world.look(token, other)).status).toBe(410)
    expect((await world.open(token)).body.code).toBe('link_invalid')
    for (const wrong of ['', 'x', token.slice(1), `${token}x`, "' OR true --", null, 7, { length: 43 }])
      expect((await world.reset(wrong as string)).status).toBe(410)
    for (const more of [{ memberId: acme.id }, { email: acme.credentials.admin.email }])
      expect((await world.reset(token, WANTED, acme, more)).status).toBe(422)
    expect((await world.reset(token)).status).toBe(204)
  })

  test('does not replace the second factor, beside which eight characters are enough', async () => {
    const { email } = await world.someone()
    const steps = new StepByStep(acme)
    await steps.signIn({ email, password: PASSWORD })
    await steps.addTotp()
    await world.askPassword(email)
    const token = await world.tokenOf(email)
    expect((await world.look(token)).body.minLength).toBe(8)
    expect((await world.reset(token, 'zK7#qx')).body.errors).toMatchObject([{ code: 'passwordTooShort' }])
    const changed = await world.reset(token, 'zK7#qxWv')
    expect(changed.status, changed.text).toBe(204)
    const waiting = await world.signIn(email, 'zK7#qxWv')
    expect(waiting.body.waits).toMatchObject({ for: 'secondFactor', methods: ['totp', 'backup'] })
  })

  test('is refused to those who only sign in with a provider, who would get around it', async () => {
    const { id, email } = await world.someone()
    await acme.sql('UPDATE plinth.member SET password_hash = NULL WHERE id = $1', [id])
    expect((await world.askPassword(email)).status).toBe(202)
    expect((await world.askLink(email)).answer.status).toBe(202)
    const witness = await world.someone()
    await world.askPassword(witness.email)
    await world.tokenOf(witness.email)
    expect(mailbox.for(email)).toEqual([])
    expect(await acme.sql('SELECT FROM plinth.account_link WHERE member_id = $1', [id])).toEqual([])
  })
})

describe('a change of a password by mail, or a sign-in', () => {
  test('does not happen where it cannot be written down', async () => {
    const deeds = new DeedWorld(world.platform, acme)
    const { email } = await world.someone()
    const { cookie } = await world.askLink(email)
    const link = await world.tokenOf(email)
    await world.askPassword(email)
    const token = await world.tokenOf(email, 2)
    const refused = await deeds.withoutAudit(() =>
      Promise.all([world.reset(token), world.open(link, cookie)]),
    )
    expect(refused.map(({ status }) => status)).toEqual([500, 500])
    expect(refused.flatMap(({ headers }) => headers.getSetCookie())).toEqual([])
    expect((await world.signIn(email)).status).toBe(201)
    expect((await world.open(link, cookie)).status).toBe(201)
    expect((await world.reset(token)).status).toBe(204)
  })
})

describe('K-AUTH-11: a link to sign in with', () => {
  test('signs in once, in the browser that asked, and tells no other that it is good', async () => {
    const { id, email } = await world.someone()
    const { answer, cookie } = await world.askLink(email)
    expect([answer.status, answer.body]).toEqual([202, { minutes: 15 }])
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^plinth_link=[\w-]{43}; Max-Age=900; Path=\/api\/v1\/session\/link; HttpOnly; SameSite=Lax$/,
    )
    const token = await world.tokenOf(email)
    expect(mailbox.for(email)[0]!.link).toBe(`https://acme.plinth.example/sign-in-link#${token}`)
    const stranger = (await world.askLink(NOBODY)).cookie
    for (const wrong of ['', 'plinth_link=', `plinth_link=${token}`, stranger]) {
      const refused = await world.open(token, wrong)
      expect([refused.status, refused.body.code]).toEqual([403, 'link_elsewhere'])
      expect(refused.headers.getSetCookie()).toEqual([])
    }
    const answers = await Promise.all([
      world.open(token, cookie),
      world.open(token, cookie),
      world.open(token, cookie),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 410, 410])
    const { body } = answers.find(({ status }) => status === 201)!
    expect(body.member).toMatchObject({ id, email })
    expect((await world.open(token, cookie)).body.code).toBe('link_invalid')
    const [session] = await acme.sql(
      'SELECT method FROM plinth.session WHERE member_id = $1 ORDER BY created_at DESC LIMIT 1',
      [id],
    )
    expect(session).toEqual({ method: 'link' })
  })

  test('is used up neither by who follows it with GET nor by who only looks', async () => {
    const { email } = await world.someone()
    const { cookie } = await world.askLink(email)
    const token = await world.tokenOf(email)
    for (const path of ['/session/link/open', `/session/link/open?token=${token}`])
      expect((await anonymous.get(path)).status).toBeGreaterThanOrEqual(400)
    await platform.platform.app.request(`http://acme.localhost/sign-in-link`)
    expect((await world.look(token)).status).toBe(410)
    expect((await world.open(token, cookie)).status).toBe(201)
  })

  test('is good for a quarter of an hour, for one workspace, and as long as such links are offered', async () => {
    const { email } = await world.someone()
    const { cookie } = await world.askLink(email)
    const token = await world.tokenOf(email)
    await world.age('14 minutes 30 seconds')
    expect((await world.open(token, cookie, other)).status).toBe(410)
    expect((await world.open(token)).body.code).toBe('link_elsewhere')
    await world.setPolicy({ signIn: { links: false } })
    expect((await world.open(token, cookie)).status).toBe(410)
    expect((await world.askLink(email)).answer.body.code).toBe('not_found')
    await world.setPolicy({ signIn: { links: true } })
    await world.age('30 seconds')
    expect((await world.open(token, cookie)).body.code).toBe('link_invalid')
  })

  test('does not replace the second factor, and opens nothing to those who have left', async () => {
    const { id, email } = await world.someone()
    const steps = new StepByStep(acme)
    await steps.signIn({ email, password: PASSWORD })
    await steps.addTotp()
    const { cookie } = await world.askLink(email)
    const opened = await world.open(await world.tokenOf(email), cookie)
    expect(opened.body.waits).toMatchObject({ for: 'secondFactor' })
    const later = await world.askLink(email)
    const token = await world.tokenOf(email, 2)
    await admin.patch(`/members/${id}`, { status: 'inactive' })
    expect((await world.open(token, later.cookie)).status).toBe(410)
  })

  test('is not taken from another site, which would sign people in as somebody else', async () => {
    const { email } = await world.someone()
    const { cookie } = await world.askLink(email)
    const token = await world.tokenOf(email)
    const forged = await anonymous.send('POST', '/session/link/open', {
      headers: { 'content-type': 'application/json', origin: 'https://evil.example', cookie },
      body: JSON.stringify({ token }),
    })
    expect(forged.body.code).toBe('csrf_invalid')
    expect((await world.open(token, cookie)).status).toBe(201)
  })
})

describe('who asks for a link', () => {
  const ask = {
    reset: (email: string) => world.askPassword(email),
    link: async (email: string) => (await world.askLink(email)).answer,
  }

  test.each(['reset', 'link'] as const)(
    'for %s cannot tell whether there is such a member: not by words, nor by the number of answers',
    async (purpose) => {
      const known = await world.someone()
      const gone = await world.someone()
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
    const { email } = await world.someone()
    const { server, database } = await acme.home()
    await asAdmin(servers.adminUrl(server, database), async (client) => {
      await client.query('BEGIN')
      await client.query('LOCK TABLE plinth.member, plinth.account_link IN ACCESS EXCLUSIVE MODE')
      for (const address of [email, NOBODY]) {
        expect((await world.askPassword(address)).status).toBe(202)
        expect((await world.askLink(address)).answer.status).toBe(202)
      }
      await client.query('COMMIT')
    })
    await world.tokenOf(email, 2)
  })

  test('sends nothing to what is no address', async () => {
    for (const email of ['no address', 'a@b, c@d', 'a@b\r\nBcc: c@d', '<a@b.example>', 7, null])
      for (const path of ['/session/password/forgotten', '/session/link'])
        expect((await anonymous.post(path, { email })).status).toBe(422)
  })

  test('is told what there is: ways that need mail or a policy are offered only where they are', async () => {
    expect((await anonymous.get('/tenant')).body.signIn).toEqual(['password', 'reset', 'link'])
    await world.setPolicy({ signIn: { links: false } })
    expect((await anonymous.get('/tenant')).body.signIn).toEqual(['password', 'reset'])
  })
})
