import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { StepByStep } from './second-factors.ts'
import { SoftwareAuthenticator } from './software-authenticator.ts'

const platform = await bootFixtures({ plugins: [], tenants: [{ slug: 'acme' }, { slug: 'other' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const PASSWORD = 'correct horse battery staple'
const origin = 'http://acme.localhost'

async function someone(tenant = acme) {
  const { id } = await tenant.addMember()
  const [row] = await tenant.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
  const browser = new StepByStep(tenant)
  browser.origin = `http://${tenant.slug}.localhost`
  const credentials = { email: row!.email, password: PASSWORD }
  await browser.signIn(credentials)
  return { id, browser, credentials }
}

async function withPasskey() {
  const person = await someone()
  const authenticator = new SoftwareAuthenticator()
  const { body: options } = await person.browser.send('POST', '/session/second-factor/passkey')
  const response = authenticator.create(options, { origin })
  const added = await person.browser.send('POST', '/session/second-factor/passkey/confirm', {
    name: 'Laptop',
    response,
  })
  expect(added.status, added.text).toBe(201)
  return { ...person, authenticator, codes: added.body.codes as string[] }
}

async function waiting({ credentials }: { credentials: { email: string; password: string } }) {
  const browser = new StepByStep(acme)
  browser.origin = origin
  const { body } = await browser.signIn(credentials)
  expect(body.waits).toEqual({ for: 'secondFactor', methods: ['passkey', 'backup'] })
  const { body: options } = await browser.send('POST', '/session/second-factor/verify/passkey')
  return { browser, options }
}

async function visitor(tenant = acme) {
  const browser = new StepByStep(tenant)
  browser.origin = `http://${tenant.slug}.localhost`
  const { body: options } = await browser.send('POST', '/session/passkey/options')
  return { browser, options }
}

const verify = (browser: StepByStep, response: unknown) =>
  browser.keep('POST', '/session/second-factor/verify', { method: 'passkey', response })
const signIn = (browser: StepByStep, response: unknown) =>
  browser.keep('POST', '/session/passkey', { response })

describe('K-AUTH-09: a passkey', () => {
  test('is added, noted by its name, and comes with backup codes', async () => {
    const { id, browser, codes } = await withPasskey()
    expect(codes).toHaveLength(10)
    expect((await browser.send('GET', '/session/second-factor')).body.factors).toMatchObject([
      { kind: 'passkey', name: 'Laptop' },
    ])
    const entries = await acme.sql('SELECT action, after FROM plinth.audit WHERE subject_id = $1', [id])
    expect(entries).toMatchObject([
      { action: 'secondFactor.added', after: { kind: 'passkey', name: 'Laptop' } },
    ])
  })

  test('is added by whom was asked, once, at the address of the workspace', async () => {
    const one = await someone()
    const other = await someone()
    const ask = async () => (await one.browser.send('POST', '/session/second-factor/passkey')).body
    const confirm = (browser: StepByStep, response: unknown) =>
      browser.send('POST', '/session/second-factor/passkey/confirm', { name: 'Key', response })
    const stolen = new SoftwareAuthenticator().create(await ask(), { origin })
    expectProblem(await confirm(other.browser, stolen), 422, 'passkey_refused')
    const phished = new SoftwareAuthenticator().create(await ask(), { origin: 'https://acme.evil.example' })
    expectProblem(await confirm(one.browser, phished), 422, 'passkey_refused')
    const elsewhere = new SoftwareAuthenticator().create(
      { ...(await ask()), rp: { id: 'other.localhost' } },
      { origin },
    )
    expectProblem(await confirm(one.browser, elsewhere), 422, 'passkey_refused')
    const good = new SoftwareAuthenticator().create(await ask(), { origin })
    expect((await confirm(one.browser, good)).status).toBe(201)
    expectProblem(await confirm(one.browser, good), 422, 'passkey_refused')
    for (const nonsense of [undefined, null, 'x', {}, { response: { clientDataJSON: 'e30' } }])
      expectProblem(await confirm(one.browser, nonsense), 422, 'passkey_refused')
  })

  test('of someone else is not added a second time', async () => {
    const { authenticator } = await withPasskey()
    const thief = await someone()
    const { body: options } = await thief.browser.send('POST', '/session/second-factor/passkey')
    const answer = await thief.browser.send('POST', '/session/second-factor/passkey/confirm', {
      name: 'Mine',
      response: authenticator.create(options, { origin }),
    })
    expectProblem(answer, 404, 'not_found')
  })
})

describe('a passkey as second factor', () => {
  test('lets a waiting session in under a new token, without a finger too', async () => {
    const person = await withPasskey()
    const { browser, options } = await waiting(person)
    expect(options.allowCredentials).toMatchObject([{ id: person.authenticator.id.toString('base64url') }])
    const before = browser.cookie
    const answer = await verify(browser, person.authenticator.get(options, { origin, verified: false }))
    expect(answer.status, answer.text).toBe(201)
    expect(browser.cookie).not.toBe(before)
    expect((await browser.send('GET', '/shell')).status).toBe(200)
  })

  test('is refused with another signature, of another site, of another member, answered again, or too late', async () => {
    const person = await withPasskey()
    const stranger = await withPasskey()
    const first = await waiting(person)
    const response = person.authenticator.get(first.options, { origin })
    const broken = structuredClone(response) as { response: { signature: string } }
    const signature = Buffer.from(broken.response.signature, 'base64url')
    signature[signature.length - 1]! ^= 1
    broken.response.signature = signature.toString('base64url')
    expectProblem(await verify(first.browser, broken), 422, 'passkey_refused')
    // The question was answered, if wrongly.
    expectProblem(await verify(first.browser, response), 422, 'passkey_refused')
    const phished = await waiting(person)
    const elsewhere = person.authenticator.get(phished.options, { origin: 'https://acme.evil.example' })
    expectProblem(await verify(phished.browser, elsewhere), 422, 'passkey_refused')
    const mixed = await waiting(person)
    expectProblem(
      await verify(mixed.browser, stranger.authenticator.get(mixed.options, { origin })),
      422,
      'passkey_refused',
    )
    await acme.sql('UPDATE plinth.attempt SET ends_at = now()')
    const others = await waiting(stranger)
    expectProblem(
      await verify(mixed.browser, person.authenticator.get(others.options, { origin })),
      422,
      'passkey_refused',
    )
    const late = await waiting(person)
    await acme.sql(`UPDATE plinth.passkey_challenge SET ends_at = now() - interval '1 second'`)
    expectProblem(
      await verify(late.browser, person.authenticator.get(late.options, { origin })),
      422,
      'passkey_refused',
    )
    expect(
      (
        await acme.sql(
          `SELECT after FROM plinth.audit WHERE subject_id = $1 AND action = 'secondFactor.refused'`,
          [person.id],
        )
      ).length,
    ).toBe(6)
  })

  test('answers in the session that was asked, and in no other of the same member', async () => {
    const person = await withPasskey()
    const [one, other] = [await waiting(person), await waiting(person)]
    const response = person.authenticator.get(one.options, { origin })
    expectProblem(await verify(other.browser, response), 422, 'passkey_refused')
    expect((await verify(one.browser, response)).status).toBe(201)
    // One that is open already, and confirms once more.
    const { body: options } = await person.browser.send('POST', '/session/second-factor/verify/passkey')
    const confirming = person.authenticator.get(options, { origin })
    expectProblem(await verify(one.browser, confirming), 422, 'passkey_refused')
    expect((await verify(person.browser, confirming)).status).toBe(201)
    const { body: wanted } = await person.browser.send('POST', '/session/second-factor/passkey')
    const added = { name: 'Key', response: new SoftwareAuthenticator().create(wanted, { origin }) }
    const confirm = '/session/second-factor/passkey/confirm'
    expectProblem(await one.browser.send('POST', confirm, added), 422, 'passkey_refused')
    expect((await person.browser.send('POST', confirm, added)).status).toBe(201)
  })

  test('that counts backwards is a copy, and refused', async () => {
    const person = await withPasskey()
    const first = await waiting(person)
    person.authenticator.counter = 10
    expect((await verify(first.browser, person.authenticator.get(first.options, { origin }))).status).toBe(
      201,
    )
    const second = await waiting(person)
    person.authenticator.counter = 5
    expectProblem(
      await verify(second.browser, person.authenticator.get(second.options, { origin })),
      422,
      'passkey_refused',
    )
  })
})

describe('a passkey in place of the password', () => {
  test('signs in whom it belongs to, with nothing further to prove', async () => {
    const person = await withPasskey()
    const { browser, options } = await visitor()
    expect(options.allowCredentials ?? []).toEqual([])
    const answer = await signIn(browser, person.authenticator.get(options, { origin }))
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body).toMatchObject({ member: { id: person.id } })
    expect(answer.body).not.toHaveProperty('waits')
    expect((await browser.send('GET', '/shell')).status).toBe(200)
    const [session] = await acme.sql(
      'SELECT method, second FROM plinth.session WHERE member_id = $1 ORDER BY created_at DESC',
      [person.id],
    )
    expect(session).toEqual({ method: 'passkey', second: 'passkey' })
  })

  test('does not without finger, face or PIN', async () => {
    const person = await withPasskey()
    const { browser, options } = await visitor()
    expectProblem(
      await signIn(browser, person.authenticator.get(options, { origin, verified: false })),
      422,
      'passkey_refused',
    )
  })

  test('answers only the question of signing in, once, and for its own workspace', async () => {
    const person = await withPasskey()
    const { options: asSecond } = await waiting(person)
    const { browser, options } = await visitor()
    expectProblem(
      await signIn(browser, person.authenticator.get(asSecond, { origin })),
      422,
      'passkey_refused',
    )
    const response = person.authenticator.get(options, { origin })
    expect((await signIn(browser, response)).status).toBe(201)
    const again = new StepByStep(acme)
    expectProblem(await signIn(again, response), 422, 'passkey_refused')
    const elsewhere = await visitor(platform.tenant('other'))
    const there = person.authenticator.get(elsewhere.options, { origin: 'http://other.localhost' })
    expectProblem(await signIn(elsewhere.browser, there), 422, 'passkey_refused')
  })

  test('does not for someone who has left, nor when another site asks', async () => {
    const person = await withPasskey()
    const { browser, options } = await visitor()
    browser.origin = 'https://evil.example'
    const response = person.authenticator.get(options, { origin })
    expectProblem(await signIn(browser, response), 403, 'csrf_invalid')
    browser.origin = origin
    await acme.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [person.id])
    expectProblem(await signIn(browser, response), 422, 'passkey_refused')
  })

  test('can be asked for sixty times in ten minutes from one place', async () => {
    await acme.sql('UPDATE plinth.attempt SET ends_at = now()')
    const codes = []
    for (let count = 0; count < 62; count += 1)
      codes.push((await acme.anonymous.post('/session/passkey/options')).status)
    expect(codes.filter((status) => status === 429)).toHaveLength(2)
    await acme.sql('UPDATE plinth.attempt SET ends_at = now()')
  })
})
