import { afterAll, describe, expect, test } from 'vitest'
import { makeSigningKey } from '../src/sign-on/saml/signing-key.ts'
import type { Said } from './support/saml-provider.ts'
import { bootSaml } from './saml-world.ts'
import { WHOLE_WRAPPINGS } from './saml-whole-wrapping.ts'
import { forge } from './saml-wrapping.ts'
import { sessionCookie } from './sign-on-browser.ts'

const world = await bootSaml()
const { adfs, browser, memberOf, provider, stranger } = world
afterAll(() => world.stop())

/** An answer whose one signature is over all of it. */
const come = async (said: Said, change: (xml: string) => string = (xml) => xml) => {
  const someone = browser()
  const request = await someone.ask(adfs.id)
  const { content } = provider.assertion(request, said)
  return someone.bring(adfs.id, request, change(provider.answer(request, content, { signed: true })))
}
const expectRefused = async (answer: Awaited<ReturnType<typeof come>>, email: string, why = '') => {
  expect([answer.status, answer.body.code]).toEqual([400, 'sign_on_failed'])
  expect(answer.body.detail).toContain(why)
  expect(sessionCookie(answer)).toBeUndefined()
  expect(await memberOf(email)).toBeUndefined()
}

describe('an answer that is signed as a whole only', () => {
  test('is believed', async () => {
    const person = stranger({ groups: ['People'] })
    const answer = await come(person)
    expect(answer.status, answer.text).toBe(201)
    expect((await memberOf(person.email))!.roles).toEqual(['employees.people-lead'])
  })

  test.each(Object.entries(WHOLE_WRAPPINGS))('is not believed with %s', async (_, wrap) => {
    const someone = browser()
    const request = await someone.ask(adfs.id)
    const [victim, attacker] = [stranger(), stranger()]
    const { content } = provider.assertion(request, attacker)
    const whole = provider.answerAround(request, content, { signed: true })
    const xml = wrap({ provider, request, whole, forged: forge(provider, request, victim) })
    await expectRefused(await someone.bring(adfs.id, request, xml), victim.email)
    expect(await memberOf(attacker.email)).toBeUndefined()
  })

  test('is not believed once it was changed, or by another key, nor for another place or request', async () => {
    const changed = stranger()
    await expectRefused(
      await come(changed, (xml) => xml.replace(changed.email, `x${changed.email}`)),
      changed.email,
      'signature',
    )
    const late = stranger()
    await expectRefused(await come(late, (xml) => xml.replace(/ InResponseTo="[^"]+"/, '')), late.email)
    for (const [said, why] of [
      [{ audience: 'urn:else' }, 'someone else'],
      [{ recipient: 'http://beta.localhost/x' }, 'this place'],
      [{ inResponseTo: '_other' }, 'request'],
      [{ from: -900, until: -120 }, 'time'],
    ] as const) {
      const person = stranger()
      await expectRefused(await come({ ...person, ...said }), person.email, why)
    }
    const [key] = provider.keys
    provider.keys = [await makeSigningKey('other')]
    const foreign = stranger()
    const answer = await come(foreign)
    provider.keys = [key!]
    await expectRefused(answer, foreign.email, 'signature')
  })

  test('is taken once', async () => {
    const person = { ...stranger(), id: '_whole' }
    expect((await come(person)).status).toBe(201)
    expect((await come(person)).body.detail).toContain('used before')
  })
})
