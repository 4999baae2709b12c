import { afterAll, describe, expect, test } from 'vitest'
import { expectProblem } from './expect-problem.ts'
import { StepByStep } from './second-factors.ts'
import type { Said } from './support/saml-provider.ts'
import { bootSaml } from './saml-world.ts'
import { sessionCookie } from './sign-on-browser.ts'

const world = await bootSaml()
const { acme, adfs, platform, provider, signOn, stranger } = world
afterAll(() => world.stop())

describe('who signs in by SAML alone', () => {
  /** Somebody who came an hour ago. */
  async function someone() {
    const person = stranger()
    const answer = await signOn(person)
    const { csrf, member } = answer.body.session
    const browser = Object.assign(new StepByStep(acme), { cookie: sessionCookie(answer)!, csrf })
    browser.headers = { host: 'acme.localhost' }
    await acme.sql(`UPDATE plinth.session SET proven_at = now() - interval '1 hour' WHERE member_id = $1`, [
      member.id,
    ])
    await platform.platform.root.cradle.bus.publish({ topic: 'identity', tenantId: acme.id })
    return { person, browser }
  }
  type Someone = Awaited<ReturnType<typeof someone>>
  const sensitive = ({ browser }: Someone) =>
    browser.send('POST', '/session/second-factor/totp', { name: 'Phone' })

  /** Goes to the provider, which says this, and comes back. */
  async function confirm({ person, browser: own }: Someone, said: Said = {}, into = own) {
    const wish = { provider: adfs.id, returnTo: '/account', confirm: true }
    const begun = await own.keep('POST', '/auth/start', wish)
    expect(begun.status, begun.text).toBe(200)
    const { text: metadata } = await acme.anonymous.get(`/auth/${adfs.id}/metadata`)
    const request = provider.receive(begun.body.url, metadata)
    expect(request.forced).toBe(true)
    const xml = provider.answer(request, provider.assertion(request, { ...person, ...said }).whole)
    const { headers } = await world.browser().post(adfs.id, xml, request.relayState)
    const posted = new URL(headers.get('location')!).searchParams.get('posted')
    Object.assign(own, { cookie: into.cookie, csrf: into.csrf })
    return own.send('POST', '/auth/callback', { provider: adfs.id, parameters: { posted } })
  }

  test('confirms there what is sensitive, asked anew, and nobody else is let in by it', async () => {
    expect((await world.browser().ask(adfs.id)).forced).toBe(false)
    expect((await signOn({ ...stranger(), authenticated: -7_200 })).status).toBe(201)
    const who = await someone()
    const refused = await sensitive(who)
    expectProblem(refused, 403, 'confirmation_needed')
    expect(refused.body).toMatchObject({ methods: ['provider'], providers: [{ id: adfs.id }] })
    const answer = await confirm(who)
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body).toMatchObject({ confirmed: true, returnTo: '/account' })
    expect(sessionCookie(answer)).toBeUndefined()
    expect((await sensitive(who)).status).toBe(201)
  })

  test.each<[string, Said, string]>([
    ['came there long ago', { authenticated: -120 }, 'just now'],
    ['will come there', { authenticated: 120 }, 'just now'],
    ['came there it does not say when', { authenticated: undefined }, 'just now'],
    ['came there it says in no time', { authenticated: 'yesterday' }, 'just now'],
    ['is somebody else', { nameId: 'another' }, 'Somebody else'],
  ])('confirms nothing where the provider says that who is there %s', async (_, said, why) => {
    const who = await someone()
    const answer = await confirm(who, said)
    expectProblem(answer, 400, 'sign_on_failed')
    expect(answer.body.detail).toContain(why)
    expectProblem(await sensitive(who), 403, 'confirmation_needed')
    expect(await acme.sql(`SELECT FROM plinth.sign_on_identity WHERE subject = 'another'`)).toEqual([])
  })

  test('confirms nothing for the session of a colleague that is in the browser by then', async () => {
    const [one, colleague] = [await someone(), await someone()]
    const { cookie, csrf } = one.browser
    expectProblem(await confirm(one, {}, colleague.browser), 400, 'sign_on_failed')
    expectProblem(await sensitive(colleague), 403, 'confirmation_needed')
    Object.assign(one.browser, { cookie, csrf })
    expectProblem(await sensitive(one), 403, 'confirmation_needed')
  })
})
