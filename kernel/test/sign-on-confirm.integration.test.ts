import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { expectProblem } from './expect-problem.ts'
import { codeOf, StepByStep } from './second-factors.ts'
import { sessionCookie, SignOnBrowser } from './sign-on-browser.ts'
import { bootSignOn } from './sign-on-world.ts'

const world = await bootSignOn()
const { acme, nordwind, platform, provider, second, stranger } = world
const { bus } = platform.platform.root.cradle
afterAll(() => world.stop())
afterEach(() => world.forgive())

const now = () => Math.floor(Date.now() / 1_000)

/** Somebody who has come from the provider, an hour ago, and has nothing else. */
async function someone(groups = ['Root']) {
  const claims = stranger({ groups })
  provider.claims = claims
  const answer = await new SignOnBrowser(acme).signOn(nordwind.id, provider)
  expect(answer.status, answer.text).toBe(201)
  const browser = new StepByStep(acme)
  Object.assign(browser, { cookie: sessionCookie(answer)!, csrf: answer.body.session.csrf })
  browser.headers = { host: 'acme.localhost' }
  const { id } = answer.body.session.member
  await age(id)
  return { id, claims, browser }
}

async function age(id: string): Promise<void> {
  await acme.sql(`UPDATE plinth.session SET proven_at = now() - interval '1 hour' WHERE member_id = $1`, [id])
  await bus.publish({ topic: 'identity', tenantId: acme.id })
}

type Someone = Awaited<ReturnType<typeof someone>>

const sensitive = ({ browser }: Someone) =>
  browser.send('POST', '/session/second-factor/totp', { name: 'Phone' })
const start = (browser: StepByStep, id = nordwind.id) =>
  browser.keep('POST', '/auth/start', { provider: id, returnTo: '/account', confirm: true })

/** Goes to the provider and back. */
async function confirm(person: Someone, claims: object = { auth_time: now() }) {
  const begun = await start(person.browser)
  expect(begun.status, begun.text).toBe(200)
  provider.claims = { ...person.claims, ...claims }
  const { parameters } = provider.authorize(begun.body.url)
  return person.browser.send('POST', '/auth/callback', { provider: nordwind.id, parameters })
}

describe('what is sensitive, for those who sign in by a provider alone', () => {
  test('is confirmed by going there again, which asks them anew and lets nobody else in', async () => {
    const person = await someone()
    const refused = await sensitive(person)
    expectProblem(refused, 403, 'confirmation_needed')
    expect(refused.body).toMatchObject({
      methods: ['provider'],
      providers: [{ id: nordwind.id, name: 'Nordwind' }],
    })
    const begun = await start(person.browser)
    const asked = new URL(begun.body.url).searchParams
    expect([asked.get('prompt'), asked.get('max_age')]).toEqual(['login', '0'])
    const sessions = () => acme.sql('SELECT FROM plinth.session WHERE member_id = $1', [person.id])
    const before = (await sessions()).length
    const answer = await confirm(person)
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body).toMatchObject({ confirmed: true, returnTo: '/account' })
    expect(sessionCookie(answer)).toBeUndefined()
    expect((await sessions()).length).toBe(before)
    expect((await sensitive(person)).status).toBe(201)
  })

  test.each([
    ['does not say when it asked', () => ({})],
    ['asked long ago', () => ({ auth_time: now() - 120 })],
    ['speaks of somebody else', () => ({ auth_time: now(), sub: 'another' })],
  ])('is not confirmed by a provider that %s', async (_name, claims) => {
    const person = await someone()
    expectProblem(await confirm(person, claims()), 400, 'sign_on_failed')
    expectProblem(await sensitive(person), 403, 'confirmation_needed')
    // Nor has anybody become a member on the way.
    expect(await acme.sql(`SELECT FROM plinth.sign_on_identity WHERE subject = 'another'`)).toEqual([])
  })

  test('is not confirmed in another session, nor by an attempt to sign in', async () => {
    const [one, other] = [await someone(), await someone()]
    const begun = await start(one.browser)
    provider.claims = { ...one.claims, auth_time: now() }
    const { parameters } = provider.authorize(begun.body.url)
    // The session of somebody else is in the browser by now.
    Object.assign(one.browser, { cookie: other.browser.cookie, csrf: other.browser.csrf })
    const body = { provider: nordwind.id, parameters }
    expectProblem(await one.browser.send('POST', '/auth/callback', body), 400, 'sign_on_failed')
    expectProblem(await sensitive(one), 403, 'confirmation_needed')
    expectProblem(await sensitive(other), 403, 'confirmation_needed')
  })

  test('needs a session, and a provider that knows the member', async () => {
    const person = await someone()
    const nobody = new StepByStep(acme)
    nobody.headers = { host: 'acme.localhost' }
    expectProblem(await start(nobody), 401, 'session_missing')
    const begun = await start(person.browser, second.id)
    expect(begun.status).toBe(200)
    world.other.claims = { ...person.claims, auth_time: now() }
    const { parameters } = world.other.authorize(begun.body.url)
    expectProblem(
      await person.browser.send('POST', '/auth/callback', { provider: second.id, parameters }),
      400,
      'sign_on_failed',
    )
  })

  test('is confirmed with the second factor by whoever has one, and then not by the provider', async () => {
    const person = await someone()
    await confirm(person)
    const { totp } = await person.browser.addTotp()
    await age(person.id)
    const refused = await person.browser.send('POST', '/session/second-factor/codes')
    expect(refused.body.methods).toEqual(['totp', 'backup'])
    expectProblem(await start(person.browser), 409, 'second_factor_required')
    expect((await person.browser.verify('totp', await codeOf(totp.secret))).status).toBe(201)
    expect((await person.browser.send('POST', '/session/second-factor/codes')).status).toBe(201)
  })
})
