import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { Mailbox } from './support/mailbox.ts'
import { codeOf, StepByStep } from './second-factors.ts'
import type { TestTenant } from './support/index.ts'

const mailbox = await Mailbox.open()
const proxied = { proxies: 1, countryHeader: 'X-Country' }
const platform = await bootFixtures({
  plugins: [],
  tenants: [{ slug: 'acme' }, { slug: 'calm' }, { slug: 'blind' }],
  config: { ...proxied, smtpUrl: mailbox.url },
})
const silent = await bootFixtures({ plugins: [], tenants: [{ slug: 'acme' }] })
afterAll(async () => {
  await platform.stop()
  await silent.stop()
  await mailbox.close()
})

const OFFICE = { 'x-forwarded-for': '198.51.100.7', 'x-country': 'DE' }
const TRAIN = { 'x-forwarded-for': '203.0.113.9', 'x-country': 'DE' }
const ABROAD = { 'x-forwarded-for': '192.0.2.44', 'x-country': 'BR' }

async function workspace(name: string, mode: string, on = platform) {
  const tenant = on.tenant(name)
  const { status, text } = await tenant.admin.patch('/security/policy', { adaptive: { mode } })
  expect(status, text).toBe(200)
  return tenant
}
const acme = await workspace('acme', 'enforce')

/** Someone who has signed in at their desk before, `times` times. */
async function someone({ tenant = acme, roles = [] as string[], times = 1 } = {}) {
  const { id } = await tenant.addMember(roles)
  const [row] = await tenant.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
  const credentials = { email: row!.email, password: tenant.credentials.member.password }
  const laptop = new StepByStep(tenant)
  laptop.headers = OFFICE
  for (let count = 0; count < times; count += 1) expect((await laptop.signIn(credentials)).status).toBe(201)
  return { id, email: row!.email, credentials, laptop, tenant }
}

type Someone = Awaited<ReturnType<typeof someone>>

function stranger(tenant: TestTenant, headers: Record<string, string>): StepByStep {
  const browser = new StepByStep(tenant)
  browser.headers = headers
  return browser
}

const entries = ({ id, tenant }: Someone, action: string) =>
  tenant.sql<{ after: { risk: object; waits?: string } }>(
    `SELECT after FROM plinth.audit WHERE action = $2 AND (actor_id::text = $1 OR subject_id = $1) ORDER BY id`,
    [id, action],
  )
const newest = async (person: Someone, action = 'session.opened') =>
  (await entries(person, action)).at(-1)!.after

async function mailed({ email }: Someone, browser: StepByStep): Promise<string> {
  const before = mailbox.for(email).length
  const sent = await browser.send('POST', '/session/second-factor/verify/email')
  expect(sent.status, sent.text).toBe(201)
  await expect.poll(() => mailbox.for(email).length, { timeout: 10_000 }).toBe(before + 1)
  return /\b\d{6}\b/.exec(mailbox.for(email).at(-1)!.mail.text ?? '')![0]
}

describe('K-AUTH-10: a sign-in', () => {
  test('is let in as ever from the device, the network and the country that are known, and the log says so', async () => {
    const person = await someone({ times: 2 })
    expect(await newest(person)).toMatchObject({
      risk: { score: 0, reasons: [], outcome: 'none', enforced: true },
    })
    person.laptop.headers = TRAIN
    expect((await person.laptop.signIn(person.credentials)).body).not.toHaveProperty('waits')
    expect(await newest(person)).toMatchObject({
      risk: { score: 20, reasons: ['newNetwork'], outcome: 'none' },
    })
    person.laptop.headers = { ...TRAIN, 'x-forwarded-for': '203.0.113.200' }
    await person.laptop.signIn(person.credentials)
    expect(await newest(person)).toMatchObject({ risk: { score: 0 } })
  })

  test('from a device and a network that are not asks for a code by mail, and both are known then', async () => {
    const person = await someone()
    const browser = stranger(acme, TRAIN)
    const { body } = await browser.signIn(person.credentials)
    expect(body.waits).toEqual({ for: 'secondFactor', methods: ['email'] })
    expect(browser.others.size, 'a device is known after the code').toBe(0)
    expect(await newest(person)).toMatchObject({
      waits: 'secondFactor',
      risk: { score: 50, reasons: ['newDevice', 'newNetwork'], outcome: 'stepUp' },
    })
    expectProblem(await browser.send('GET', '/shell'), 401, 'second_factor_needed')
    expect((await browser.verify('email', await mailed(person, browser))).status).toBe(201)
    expect((await browser.send('GET', '/shell')).status).toBe(200)
    expect(browser.others.size).toBe(1)
    expect((await browser.signIn(person.credentials)).body).not.toHaveProperty('waits')
    expect(await newest(person)).toMatchObject({ risk: { score: 0 } })
  })

  test('is refused from abroad with an unknown device after wrong passwords, whatever is right', async () => {
    const person = await someone()
    const browser = stranger(acme, ABROAD)
    for (let count = 0; count < 3; count += 1)
      expectProblem(
        await browser.signIn({ ...person.credentials, password: 'wrong' }),
        401,
        'credentials_wrong',
      )
    const answer = await browser.signIn(person.credentials)
    expectProblem(answer, 403, 'sign_in_refused')
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await newest(person, 'signIn.refused')).toMatchObject({
      method: 'password',
      risk: {
        score: 100,
        reasons: ['newDevice', 'newNetwork', 'newCountry', 'failures'],
        outcome: 'deny',
        enforced: true,
      },
    })
    // Their own laptop goes on as ever: nobody locks others out by guessing.
    expect((await person.laptop.signIn(person.credentials)).body).not.toHaveProperty('waits')
    const [log] = await acme.sql<{ all: string }>(
      `SELECT string_agg(coalesce(after::text, ''), ' ') AS all FROM plinth.audit WHERE tenant_id = $1`,
      [acme.id],
    )
    expect(log!.all).not.toContain(person.credentials.password)
  })

  test('asks whoever has a second factor for that one, and a right one settles it', async () => {
    const person = await someone()
    const { totp } = await person.laptop.addTotp()
    const browser = stranger(acme, ABROAD)
    expect((await browser.signIn(person.credentials)).body.waits?.methods).toEqual(['totp', 'backup'])
    expect((await browser.verify('totp', await codeOf(totp.secret))).status).toBe(201)
    expect(await newest(person)).toMatchObject({ second: 'totp', risk: { score: 80, outcome: 'none' } })
  })

  test('for the first time differs from nothing, after long from everything', async () => {
    const person = await someone({ times: 0 })
    const first = stranger(acme, ABROAD)
    expect((await first.signIn(person.credentials)).body).not.toHaveProperty('waits')
    await acme.sql(
      `UPDATE plinth.sign_in_trait SET seen_at = now() - interval '91 days' WHERE member_id = $1`,
      [person.id],
    )
    expect((await first.signIn(person.credentials)).body.waits?.for).toBe('secondFactor')
    expect(await newest(person)).toMatchObject({
      risk: { score: 60, reasons: ['newDevice', 'newNetwork', 'longAway'] },
    })
  })

  test('at an hour that is not theirs weighs, once there were five', async () => {
    const person = await someone({ times: 4 })
    const shift = () =>
      acme.sql(
        `UPDATE plinth.sign_in_trait SET value = ((value::int + 12) % 24)::text WHERE member_id = $1 AND kind = 'hour'`,
        [person.id],
      )
    await shift()
    await person.laptop.signIn(person.credentials)
    expect(await newest(person)).toMatchObject({ risk: { reasons: [] } })
    await acme.sql(`DELETE FROM plinth.sign_in_trait t WHERE member_id = $1 AND kind = 'hour' AND uses = 1`, [
      person.id,
    ])
    await acme.sql(`UPDATE plinth.sign_in_trait SET uses = 5 WHERE member_id = $1 AND kind = 'hour'`, [
      person.id,
    ])
    await person.laptop.signIn(person.credentials)
    expect(await newest(person)).toMatchObject({ risk: { score: 10, reasons: ['unusualTime'] } })
  })

  test('knows a device by what it was given, of this member alone, until the password is another', async () => {
    const person = await someone()
    const other = await someone()
    const [[name, cookie]] = [...person.laptop.others] as [[string, string]]
    const planted = stranger(acme, OFFICE)
    // A cookie that we have not given out is not taken over.
    planted.others.set(name, `${name}=${'A'.repeat(43)}`)
    await planted.signIn(person.credentials)
    expect(await newest(person)).toMatchObject({ risk: { reasons: ['newDevice'] } })
    expect(planted.others.get(name)).not.toContain('AAAA')
    const [own] = [...other.laptop.others.keys()] as [string]
    const borrowed = stranger(acme, OFFICE)
    borrowed.others.set(own, `${own}=${cookie.split('=')[1]}`)
    await borrowed.signIn(other.credentials)
    expect(await newest(other)).toMatchObject({ risk: { reasons: ['newDevice'] } })
    await person.laptop.signIn(person.credentials)
    const password = 'another heron rides the night train'
    const changed = await person.laptop.send('POST', '/session/password', {
      current: person.credentials.password,
      password,
    })
    expect(changed.status, changed.text).toBe(204)
    await person.laptop.signIn({ ...person.credentials, password })
    expect(await newest(person)).toMatchObject({ risk: { reasons: ['newDevice'] } })
  })

  test('keeps neither addresses nor what a browser was given where it could be read', async () => {
    const person = await someone()
    const rows = await acme.sql<{ kind: string; value: string }>(
      'SELECT kind, value FROM plinth.sign_in_trait WHERE member_id = $1 ORDER BY kind',
      [person.id],
    )
    expect(rows.map(({ kind }) => kind)).toEqual(['country', 'device', 'hour', 'network'])
    expect(JSON.stringify(rows)).not.toContain('198.51')
    expect(JSON.stringify(rows)).not.toContain([...person.laptop.others.values()][0]!.split('=')[1])
  })

  test('of an administrator who owes a second factor gives a code by mail, and owes it still', async () => {
    const admin = await someone({ roles: ['admin'] })
    const browser = stranger(acme, TRAIN)
    expect((await browser.signIn(admin.credentials)).body.waits?.methods).toEqual(['email'])
    await browser.verify('email', await mailed(admin, browser))
    expect((await browser.send('GET', '/shell')).body.enrolBy).toEqual(expect.any(String))
  })

  test('is only written down where the workspace observes, and nothing is kept where it does not look', async () => {
    const calm = await workspace('calm', 'observe')
    const person = await someone({ tenant: calm })
    const browser = stranger(calm, ABROAD)
    expect((await browser.signIn(person.credentials)).body).not.toHaveProperty('waits')
    expect(await newest(person)).toMatchObject({
      risk: {
        score: 80,
        outcome: 'stepUp',
        enforced: false,
        reasons: ['newDevice', 'newNetwork', 'newCountry'],
      },
    })
    const rows = () => calm.sql('SELECT FROM plinth.sign_in_trait WHERE tenant_id = $1', [calm.id])
    expect((await rows()).length).toBeGreaterThan(0)
    await workspace('calm', 'off')
    expect(await rows()).toEqual([])
    const unseen = stranger(calm, ABROAD)
    await unseen.signIn(person.credentials)
    expect(unseen.others.size).toBe(0)
    expect(await newest(person)).not.toHaveProperty('risk')
    expect(await rows()).toEqual([])
  })

  test('is refused where more would be asked for and nothing can be: no mail, or codes by mail forbidden', async () => {
    const person = await someone()
    await acme.admin.patch('/security/policy', { secondFactor: { emailCodes: 'nobody' } })
    expectProblem(await stranger(acme, TRAIN).signIn(person.credentials), 403, 'sign_in_refused')
    await acme.admin.patch('/security/policy', { secondFactor: { emailCodes: 'members' } })
    const mute = await workspace('acme', 'enforce', silent)
    const local = await someone({ tenant: mute })
    await mute.admin.patch('/security/policy', { adaptive: { stepUpFrom: 30 } })
    // Neither address nor country of those who come without a proxy of ours: only the device tells.
    expectProblem(await stranger(mute, ABROAD).signIn(local.credentials), 403, 'sign_in_refused')
    expect(await newest(local, 'signIn.refused')).toMatchObject({
      risk: { score: 30, reasons: ['newDevice'] },
    })
    expect((await local.laptop.signIn(local.credentials)).status).toBe(201)
  })
})
