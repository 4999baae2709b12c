import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Misdeeds } from './support/identity-provider.ts'
import { RECORDED, type RecordedProfile } from './recorded-profiles.ts'
import { addProvider, SignOnBrowser } from './sign-on-browser.ts'
import { bootSignOn } from './sign-on-world.ts'

const world = await bootSignOn()
const { acme, memberOf, provider } = world
afterAll(() => world.stop())
afterEach(() => world.forgive())

const appleKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** Has the local provider say what the recorded one says. */
function replay({ metadata, claims, slash }: RecordedProfile): string {
  const issuer = `${provider.issuer}${slash ? '/' : ''}`
  const misdeeds: Misdeeds = { metadata: { ...metadata, issuer }, idToken: { iss: issuer }, iss: issuer }
  provider.misdeeds = misdeeds
  provider.claims = claims
  return issuer
}

async function added(recorded: RecordedProfile) {
  const issuer = replay(recorded)
  const secret =
    recorded.profile === 'apple'
      ? appleKey.privateKey.export({ type: 'pkcs8', format: 'pem' })
      : provider.clientSecret
  const made = await addProvider(acme, provider, {
    name: recorded.profile,
    profile: recorded.profile,
    issuer,
    secret,
    onboarding: true,
    ...recorded.settings,
  })
  // Each of them is the same machine here, with other words.
  await acme.admin.post(`/sign-on/providers/${made.id}/test`)
  return made
}

/** The whole way, with the answer as this provider gives it. */
async function signOn({ profile }: RecordedProfile, id: string) {
  const browser = new SignOnBrowser(acme)
  const { body } = await browser.start(id)
  const asked = new URL(body.url).searchParams
  const { to, parameters } = provider.authorize(body.url)
  if (profile !== 'apple') return { asked, answer: await browser.finish(id, parameters) }
  const user = JSON.stringify({
    name: { firstName: 'Paula', lastName: 'Apfel' },
    email: 'admin@acme.example',
  })
  const posted = await acme.anonymous.send('POST', new URL(to).pathname, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://appleid.apple.com' },
    body: new URLSearchParams({ ...parameters, user }).toString(),
  })
  const handle = new URL(posted.headers.get('location')!).searchParams.get('posted')!
  return { asked, answer: await browser.finish(id, { posted: handle }) }
}

describe.each(RECORDED)('$profile', (recorded) => {
  test('K-AUTH-03: signs people in as it is known to', async () => {
    const made = await added(recorded)
    const { asked, answer } = await signOn(recorded, made.id)
    expect([answer.status, answer.body.detail]).toEqual([201, undefined])
    expect(asked.get('redirect_uri')).toBe(made.redirectUri)
    const member = await memberOf(String(recorded.claims['email']).toLowerCase())
    expect(member?.roles).toEqual(recorded.roles)
    expect(member?.name).toBe(recorded.claims['name'] ?? 'Paula Apfel')
  })

  test('is left alone with people of others', async () => {
    const made = await added(recorded)
    const others =
      recorded.profile === 'azure'
        ? { tid: '11111111-1111-1111-1111-111111111111' }
        : recorded.profile === 'google-workspace'
          ? { hd: 'evil.example' }
          : { email: 'eve@evil.example' }
    provider.claims = { ...recorded.claims, ...others, sub: 'eve' }
    const { answer } = await signOn(recorded, made.id)
    expect(answer.body.code).toBe('tid' in others || 'hd' in others ? 'sign_on_failed' : 'not_onboarded')
    if (!('hd' in others)) return
    provider.claims = { ...recorded.claims, hd: undefined, sub: 'private account' }
    expect((await signOn(recorded, made.id)).answer.body.code).toBe('sign_on_failed')
  })
})

test('Apple is asked to post, and with a secret that is signed for the occasion', async () => {
  const apple = RECORDED.find(({ profile }) => profile === 'apple')!
  const made = await added(apple)
  provider.claims = { ...apple.claims, sub: 'again', email: 'again@apfel.example' }
  const { asked } = await signOn(apple, made.id)
  expect(asked.get('response_mode')).toBe('form_post')
  expect(made.redirectUri).toBe(`http://acme.localhost/api/v1/auth/${made.id}/posted`)
  const { body } = provider.seen.findLast(({ path }) => path === '/token')!
  const { payload } = await jwtVerify(
    body.get('client_secret')!,
    createPublicKey(appleKey.publicKey.export({ type: 'spki', format: 'pem' })),
    { algorithms: ['ES256'], issuer: 'TEAM123456', audience: provider.issuer, subject: 'plinth' },
  )
  expect(payload.exp! - payload.iat!).toBe(300)
})

test('a second factor there counts as one here where the workspace says so', async () => {
  const okta = RECORDED.find(({ profile }) => profile === 'okta')!
  const second = async (trustsSecondFactor: boolean, amr: readonly string[]) => {
    const made = await added({ ...okta, settings: { ...okta.settings, trustsSecondFactor } })
    provider.claims = { ...okta.claims, amr }
    const { answer } = await signOn(okta, made.id)
    const [session] = await acme.sql(`SELECT s.second FROM plinth.session s WHERE s.csrf = $1`, [
      answer.body.session.csrf,
    ])
    return session!['second']
  }
  expect(await second(true, ['mfa', 'pwd'])).toBe('provider')
  expect(await second(true, ['pwd'])).toBeNull()
  expect(await second(false, ['mfa', 'pwd'])).toBeNull()
})
