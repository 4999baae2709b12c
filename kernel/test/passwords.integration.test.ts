import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import type { Answer } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['billboard'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
})
afterAll(() => platform.stop())

const acme = platform.tenant('acme')
const { admin, member } = acme
const PASSWORD = 'correct horse battery staple'
const { credentials } = platform.platform.root.cradle

interface Attempt {
  readonly email: string
  readonly password?: string
  readonly newPassword?: string
}

const signIn = (attempt: Attempt): Promise<Answer> =>
  acme.anonymous.post('/session', { password: PASSWORD, ...attempt })

async function someone() {
  const client = await acme.addMember()
  const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [
    client.id,
  ])
  return { client, id: client.id, email: row!.email }
}

async function setPolicy(change: object): Promise<Answer> {
  const answer = await admin.patch('/security/policy', change)
  expect(answer.status, answer.text).toBe(200)
  return answer
}

beforeEach(async () => {
  await acme.sql('DELETE FROM plinth.security_policy')
  await acme.sql('DELETE FROM plinth.attempt')
  await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
})

describe('the policy of a workspace', () => {
  test('is what current guidance says until it says otherwise, and then only where it does', async () => {
    const { body } = await admin.get('/security/policy')
    expect(body).toMatchObject({
      policy: {
        password: { minLength: 15, requireSpecial: false, maxAgeDays: 0, history: 0, minScore: 70 },
        lockout: { attempts: 10, minutes: 15 },
        session: { totalHours: 12, idleMinutes: 0 },
      },
      warnings: [],
    })
    const changed = await setPolicy({ password: { minLength: 12 }, lockout: { attempts: 5 } })
    expect(changed.body.policy).toMatchObject({
      password: { minLength: 12, minScore: 70 },
      lockout: { attempts: 5, minutes: 15 },
    })
    expect(changed.body.warnings).toEqual([{ section: 'password', setting: 'minLength', code: 'short' }])
    const entries = await acme.sql(
      `SELECT subject_id, before, after FROM plinth.audit WHERE action = 'policy.changed' ORDER BY id`,
    )
    expect(entries).toEqual([
      { subject_id: 'password', before: { minLength: 15 }, after: { minLength: 12 } },
      { subject_id: 'lockout', before: { attempts: 10 }, after: { attempts: 5 } },
    ])
    await setPolicy({ password: { minLength: 12 } })
    expect((await acme.sql(`SELECT FROM plinth.audit WHERE action = 'policy.changed'`)).length).toBe(2)
  })

  test.each([
    [{ password: { minLength: 7 } }, '/password/minLength'],
    [{ password: { minLength: 65 } }, '/password/minLength'],
    [{ password: { history: 25 } }, '/password/history'],
    [{ password: { minScore: 101 } }, '/password/minScore'],
    [{ password: { maxAgeDays: -1 } }, '/password/maxAgeDays'],
    [{ password: { requireSpecial: 'yes' } }, '/password/requireSpecial'],
    [{ password: { mayBeEmpty: true } }, '/password/mayBeEmpty'],
    [{ lockout: { attempts: 0 } }, '/lockout/attempts'],
    [{ lockout: { minutes: 0 } }, '/lockout/minutes'],
    [{ session: { totalHours: 0 } }, '/session/totalHours'],
    [{ session: { idleMinutes: 1441 } }, '/session/idleMinutes'],
    [{ everything: {} }, '/everything'],
  ])('does not become %j', async (change, pointer) => {
    const { status, body } = await admin.patch('/security/policy', change)
    expect(status).toBe(422)
    expect(body.errors[0].pointer).toBe(pointer)
    expect(await acme.sql('SELECT FROM plinth.security_policy')).toEqual([])
  })

  test('is for those who manage it, and each workspace has its own', async () => {
    expect((await member.get('/security/policy')).status).toBe(403)
    expect((await member.patch('/security/policy', { lockout: { attempts: 100 } })).status).toBe(403)
    expect((await acme.anonymous.get('/security/policy')).status).toBe(401)
    await setPolicy({ lockout: { attempts: 3 } })
    const other = await platform.tenant('other').admin.get('/security/policy')
    expect(other.body.policy.lockout.attempts).toBe(10)
  })

  test('soon acts on every node', async () => {
    const node = await platform.anotherNode()
    const { policies } = node.platform.root.cradle
    expect((await policies.of(acme.id)).lockout.attempts).toBe(10)
    await setPolicy({ lockout: { attempts: 4 } })
    await expect.poll(async () => (await policies.of(acme.id)).lockout.attempts).toBe(4)
    await node.stop()
  })
})

describe('K-AUTH-08: guessing a password', () => {
  test('ends after as many attempts as the policy grants, and the right one is no longer looked at', async () => {
    await setPolicy({ lockout: { attempts: 5, minutes: 15 } })
    const { email } = await someone()
    for (let n = 1; n <= 4; n += 1) expect((await signIn({ email, password: 'wrong' })).status).toBe(401)
    expect((await signIn({ email })).status).toBe(201)
    for (let n = 1; n <= 5; n += 1) expect((await signIn({ email, password: 'wrong' })).status).toBe(401)
    for (const password of ['wrong', PASSWORD]) {
      const { status, body, headers } = await signIn({ email, password })
      expect(status).toBe(429)
      expect(body.code).toBe('too_many_attempts')
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(880)
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(900)
    }
    await acme.sql(`UPDATE plinth.attempt SET ends_at = now() + interval '1 second'`)
    expect((await signIn({ email })).status).toBe(429)
    await acme.sql(`UPDATE plinth.attempt SET ends_at = now()`)
    expect((await signIn({ email })).status).toBe(201)
  })

  test('of someone who does not exist, or has left, is answered alike, word for word and number for number', async () => {
    await setPolicy({ lockout: { attempts: 3 } })
    const known = await someone()
    const gone = await someone()
    await acme.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [gone.id])
    const seen = []
    for (const email of [known.email, gone.email, 'nobody@acme.example']) {
      const answers = []
      for (let n = 0; n < 5; n += 1) {
        const { status, body } = await signIn({ email, password: 'wrong' })
        answers.push({ status, ...body, requestId: '', retryAfter: body.retryAfter && 'some' })
      }
      seen.push(JSON.stringify(answers))
    }
    expect(new Set(seen).size).toBe(1)
    expect(seen[0]).toContain('429')
  })

  test('is not made easier by capitals, blanks or another workspace’s counter', async () => {
    await setPolicy({ lockout: { attempts: 3 } })
    const { email } = await someone()
    for (const spelled of [email, email.toUpperCase(), ` ${email} `])
      expect((await signIn({ email: spelled, password: 'wrong' })).status).toBe(401)
    expect((await signIn({ email })).status).toBe(429)
    expect((await member.get('/session')).status).toBe(200)
    const { email: theirs } = platform.tenant('other').credentials.member
    const other = await platform
      .tenant('other')
      .anonymous.post('/session', { email: theirs, password: PASSWORD })
    expect(other.status).toBe(201)
  })

  test('takes the same work whether the address exists or not', async () => {
    const { email } = await someone()
    // Of the processor, not of the clock: what else a machine does tells nothing of this.
    const spent = async (address: string) => {
      const begin = process.cpuUsage()
      await signIn({ email: address, password: 'wrong' })
      const { user, system } = process.cpuUsage(begin)
      return user + system
    }
    const known: number[] = []
    const unknown: number[] = []
    await setPolicy({ lockout: { attempts: 100 } })
    for (let n = 0; n < 15; n += 1) {
      known.push(await spent(email))
      unknown.push(await spent('nobody@acme.example'))
    }
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[7]!
    const ratio = median(known) / median(unknown)
    // The hash takes most of the time; without it the ratio would be five or more.
    expect(ratio).toBeGreaterThan(0.4)
    expect(ratio).toBeLessThan(2.5)
  })
})

describe('K-AUTH-08: a password that ends by date', () => {
  const age = (id: string, days: string) =>
    acme.sql(`UPDATE plinth.member SET password_changed_at = now() - $2::interval WHERE id = $1`, [id, days])

  test('is good for 90 days, and on the 91st opens only the way to another', async () => {
    await setPolicy({ password: { maxAgeDays: 90 } })
    const { id, email } = await someone()
    await age(id, '89 days 23 hours 59 minutes')
    expect((await signIn({ email })).status).toBe(201)
    await age(id, '90 days')
    const refused = await signIn({ email })
    expect(refused.status).toBe(401)
    expect(refused.body.code).toBe('password_expired')
    expect(refused.headers.getSetCookie()).toEqual([])
    const weak = await signIn({ email, newPassword: 'passwordpassword' })
    expect(weak.status).toBe(422)
    expect(weak.body.errors).toMatchObject([{ pointer: '/newPassword', code: 'passwordWeak' }])
    expect((await signIn({ email, newPassword: 'Kranich über Lampe' })).status).toBe(201)
    expect((await signIn({ email })).body.code).toBe('credentials_wrong')
    expect((await signIn({ email, password: 'Kranich über Lampe' })).status).toBe(201)
  })

  test('says so only to who knows it, and cannot be replaced before its time by signing in', async () => {
    await setPolicy({ password: { maxAgeDays: 90 } })
    const { id, email } = await someone()
    await signIn({ email, newPassword: 'Kranich über Lampe' })
    expect((await signIn({ email })).status).toBe(201)
    await age(id, '100 days')
    expect((await signIn({ email, password: 'wrong', newPassword: 'Kranich über Lampe' })).body.code).toBe(
      'credentials_wrong',
    )
  })
})

describe('K-AUTH-08: the last passwords', () => {
  const tenantOf = () => platform.platform.root.cradle.tenants.byId(acme.id)
  const visitor = {
    actor: { kind: 'system', id: null, name: 'Plinth' },
    requestId: null,
    address: null,
    agent: null,
  } as const
  const change = async (id: string, password: string) =>
    credentials.set((await tenantOf())!, { memberId: id, password, action: 'password.changed' }, visitor)
  const nth = (n: number) => `Kranich Nummer ${n} im Zug`

  test('cannot be taken again, as many as the policy says and no more; ending all sessions', async () => {
    await setPolicy({ password: { history: 12 } })
    const { id, client } = await someone()
    expect((await client.get('/session')).status).toBe(200)
    for (let n = 1; n <= 12; n += 1) await change(id, nth(n))
    expect((await client.get('/session')).status).toBe(401)
    for (const n of [1, 6, 12])
      await expect(change(id, nth(n))).rejects.toMatchObject({ errors: [{ code: 'passwordReused' }] })
    await change(id, nth(13))
    await change(id, nth(1))
    await expect(change(id, nth(3))).rejects.toMatchObject({ errors: [{ code: 'passwordReused' }] })
    const stored = await acme.sql('SELECT hash FROM plinth.former_password WHERE member_id = $1', [id])
    expect(stored.length).toBe(11)
    expect(JSON.stringify(stored)).not.toContain('Kranich')
    const entries = await acme.sql(`SELECT before, after FROM plinth.audit WHERE subject_id = $1`, [id])
    expect(entries.length).toBe(14)
    expect(JSON.stringify(entries)).not.toContain('Kranich')
  })

  test('are forgotten where the policy asks for none', async () => {
    await setPolicy({ password: { history: 3 } })
    const { id } = await someone()
    for (let n = 1; n <= 3; n += 1) await change(id, nth(n))
    await setPolicy({ password: { history: 0 } })
    await change(id, nth(3))
    expect(await acme.sql('SELECT FROM plinth.former_password WHERE member_id = $1', [id])).toEqual([])
  })
})

describe('a session', () => {
  const shift = (id: string, column: string, interval: string) =>
    acme.sql(`UPDATE plinth.session SET ${column} = ${column} - $2::interval WHERE member_id = $1`, [
      id,
      interval,
    ])
  const forget = () => platform.platform.root.cradle.bus.publish({ topic: 'identity', tenantId: acme.id })

  test('ends with the time the policy grants in all, also where that is shortened meanwhile', async () => {
    const { id, client } = await someone()
    expect((await client.get('/session')).status).toBe(200)
    await shift(id, 'created_at', '3 hours 59 minutes')
    await setPolicy({ session: { totalHours: 4 } })
    expect((await client.get('/session')).status).toBe(200)
    await shift(id, 'created_at', '1 minute')
    await forget()
    expect((await client.get('/session')).status).toBe(401)
  })

  test('ends when it is not used, and is kept by use, of which the other nodes hear', async () => {
    await setPolicy({ session: { idleMinutes: 30 } })
    const { id, client } = await someone()
    expect((await client.get('/session')).status).toBe(200)
    await shift(id, 'seen_at', '29 minutes')
    await forget()
    expect((await client.get('/session')).status).toBe(200)
    const [row] = await acme.sql<{ idle: number }>(
      'SELECT extract(epoch FROM now() - seen_at)::int AS idle FROM plinth.session WHERE member_id = $1',
      [id],
    )
    expect(row!.idle).toBeLessThan(60)
    await shift(id, 'seen_at', '30 minutes')
    await forget()
    expect((await client.get('/session')).status).toBe(401)
  })

  test('that is opened is remembered as the last time its member was here', async () => {
    const { id, client } = await someone()
    const seen = () => acme.sql('SELECT last_sign_in_at AS at FROM plinth.member WHERE id = $1', [id])
    expect(await seen()).toEqual([{ at: null }])
    await client.get('/session')
    expect(await seen()).toEqual([{ at: expect.any(Date) }])
  })
})
