import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Misdeeds } from './support/identity-provider.ts'
import { addProvider, sessionCookie, SignOnBrowser } from './sign-on-browser.ts'
import { bootSignOn } from './sign-on-world.ts'

const world = await bootSignOn()
const { acme, memberOf, nordwind, other, platform, provider, second, signOn, stranger } = world
afterAll(() => world.stop())
afterEach(() => world.forgive())

describe('signing in', () => {
  test('K-AUTH-01: the code becomes a session and the person; code, PKCE, state, nonce and the redirect address go along', async () => {
    provider.claims = stranger()
    const browser = new SignOnBrowser(acme)
    const begun = await browser.start(nordwind.id, '/app/employees/employees?q=a')
    const asked = new URL(begun.body.url).searchParams
    expect(asked.get('redirect_uri')).toBe(`http://acme.localhost/sign-on/${nordwind.id}`)
    expect(begun.headers.getSetCookie()[0]).toMatch(
      /^plinth_sign_on=[\w-]+; Max-Age=600; Path=\/api\/v1\/auth; HttpOnly; SameSite=Lax$/,
    )
    const answer = await browser.finish(nordwind.id, provider.authorize(begun.body.url).parameters)
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      returnTo: '/app/employees/employees?q=a',
      session: { member: { email: provider.claims['email'] } },
    })
    const me = await acme.anonymous.get('/session', { headers: { cookie: sessionCookie(answer)! } })
    expect(me.body.member.email).toBe(provider.claims['email'])
  })

  test('K-AUTH-01: survives that the provider changes its keys between two sign-ins, and within one', async () => {
    provider.claims = stranger()
    expect((await signOn()).status).toBe(201)
    const browser = new SignOnBrowser(acme)
    const { body } = await browser.start(nordwind.id)
    await provider.rotateKeys()
    expect((await browser.finish(nordwind.id, provider.authorize(body.url).parameters)).status).toBe(201)
  })

  test('clocks may differ a little, and not more', async () => {
    provider.claims = stranger()
    const now = Math.floor(Date.now() / 1_000)
    provider.misdeeds = { idToken: { iat: now - 330, exp: now - 30 } }
    expect((await signOn()).status).toBe(201)
    provider.misdeeds = { idToken: { iat: now - 600, exp: now - 120 } }
    expect((await signOn()).body.code).toBe('sign_on_failed')
  })

  test('what the ID token leaves out is asked for, of the same person only', async () => {
    const { email, ...rest } = stranger()
    provider.claims = rest
    provider.userinfo = { email, groups: ['People'] }
    expect((await signOn()).status).toBe(201)
    expect((await memberOf(email))!.roles).toEqual(['employees.people-lead'])
    provider.userinfo = { email, sub: 'someone else' }
    expect((await signOn()).body.code).toBe('sign_on_failed')
  })

  test('who may sign in with what is known before, and nothing else of it', async () => {
    const { body } = await acme.anonymous.get('/tenant')
    expect(body.signOn).toEqual([
      { id: nordwind.id, name: 'Nordwind', profile: 'generic' },
      { id: second.id, name: 'Other', profile: 'generic' },
    ])
    expect((await platform.tenant('beta').anonymous.get('/tenant')).body).not.toHaveProperty('signOn')
  })
})

describe('refused is', () => {
  const refusedWith = async (misdeeds: Misdeeds) => {
    provider.claims = stranger()
    provider.misdeeds = misdeeds
    const answer = await signOn()
    expect(sessionCookie(answer)).toBeUndefined()
    expect(await memberOf(provider.claims['email'])).toBeUndefined()
    return answer.body.code
  }

  test.each([
    ['a token nobody has signed', { algorithm: 'none' }],
    ['a token signed with the public key as if it were a secret', { algorithm: 'HS256' }],
    ['a token signed with another key under the same name', { algorithm: 'foreign key' }],
    ['a token for someone else', { idToken: { aud: 'another client' } }],
    [
      'a token for several, of which we are not the one it was made for',
      { idToken: { aud: ['plinth', 'x'], azp: 'x' } },
    ],
    ['a token of another issuer', { idToken: { iss: 'https://evil.example' } }],
    ['a token of another attempt', { idToken: { nonce: 'of another attempt' } }],
    ['a token without nonce', { idToken: { nonce: undefined } }],
    ['a token without end', { idToken: { exp: undefined } }],
    ['a token without subject', { idToken: { sub: undefined } }],
    ['an answer that names another issuer', { iss: 'https://evil.example' }],
  ] as const)('%s', async (_, misdeeds) => {
    expect(await refusedWith(misdeeds)).toBe('sign_on_failed')
  })

  test('mix-up: the code of one provider at another', async () => {
    provider.claims = stranger()
    const browser = new SignOnBrowser(acme)
    const { body } = await browser.start(nordwind.id)
    const { parameters } = provider.authorize(body.url)
    const before = other.seen.length
    const answer = await browser.finish(second.id, parameters)
    expect([answer.status, answer.body.code]).toEqual([400, 'sign_on_failed'])
    expect(other.seen.slice(before).map(({ path }) => path)).not.toContain('/token')
  })

  test('mix-up: an answer without the name of its issuer, where the provider always gives it', async () => {
    provider.claims = stranger()
    const browser = new SignOnBrowser(acme)
    const { body } = await browser.start(nordwind.id)
    const { iss: _, ...parameters } = provider.authorize(body.url).parameters
    expect((await browser.finish(nordwind.id, parameters)).body.code).toBe('sign_on_failed')
  })

  test('login CSRF: an answer that this browser has not asked for', async () => {
    provider.claims = stranger()
    const attacker = new SignOnBrowser(acme)
    const { parameters } = provider.authorize((await attacker.start(nordwind.id)).body.url)
    const victim = new SignOnBrowser(acme)
    expect((await victim.finish(nordwind.id, parameters)).body.code).toBe('sign_on_failed')
    await victim.start(nordwind.id)
    expect((await victim.finish(nordwind.id, parameters)).body.code).toBe('sign_on_failed')
    for (const path of ['/auth/start', '/auth/callback']) {
      const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      expect((await acme.anonymous.post(path, { provider: nordwind.id }, { headers })).status).toBe(403)
    }
  })

  test('an answer a second time, even with the cookie of the first', async () => {
    provider.claims = stranger()
    const browser = new SignOnBrowser(acme)
    const { body } = await browser.start(nordwind.id)
    const { parameters } = provider.authorize(body.url)
    expect((await browser.finish(nordwind.id, parameters)).status).toBe(201)
    const before = provider.seen.length
    expect((await browser.finish(nordwind.id, parameters)).body.code).toBe('sign_on_failed')
    expect(provider.seen.length).toBe(before)
  })

  test('the cookie of another workspace, and a provider of another', async () => {
    provider.claims = stranger()
    const browser = new SignOnBrowser(acme)
    const { body } = await browser.start(nordwind.id)
    const elsewhere = new SignOnBrowser(platform.tenant('beta'))
    elsewhere.cookie = browser.cookie
    expect((await elsewhere.finish(nordwind.id, provider.authorize(body.url).parameters)).status).toBe(404)
    expect((await elsewhere.start(nordwind.id)).status).toBe(404)
    expect((await platform.tenant('beta').admin.get(`/sign-on/providers/${nordwind.id}`)).status).toBe(404)
  })

  test.each(['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', 'evil'])(
    'open redirect: going on at %j',
    async (returnTo) => {
      expect((await new SignOnBrowser(acme).start(nordwind.id, returnTo)).status).toBe(422)
    },
  )

  test('a provider that is switched off', async () => {
    const off = await addProvider(acme, other, { name: 'Off', enabled: false })
    expect((await new SignOnBrowser(acme).start(off.id)).status).toBe(404)
  })

  test('and noted, without what was secret about it', async () => {
    await refusedWith({ algorithm: 'none' })
    const entries = await acme.sql(
      `SELECT after::text AS after FROM plinth.audit WHERE action = 'signIn.refused' ORDER BY id DESC LIMIT 1`,
    )
    expect(entries[0]!['after']).toContain('sign_on_failed')
    const all = JSON.stringify(await acme.sql(`SELECT before::text, after::text FROM plinth.audit`))
    expect(all).not.toContain(provider.clientSecret)
  })
})
