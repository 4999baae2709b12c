import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { StepByStep } from './second-factors.ts'
import type { Answer } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['billboard'],
  tenants: [{ slug: 'acme' }],
})
afterAll(() => platform.stop())

const acme = platform.tenant('acme')
const { admin } = acme
const PASSWORD = 'correct horse battery staple'

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

describe('one’s own password', () => {
  const wanted = 'Kranich über Lampe'

  test('is changed by who knows the present one, ending all sessions but this', async () => {
    const { client, id, email } = await someone()
    const another = acme.client({ email, password: PASSWORD })
    expect((await another.get('/session')).status).toBe(200)
    expect((await client.post('/session/password', { current: PASSWORD, password: wanted })).status).toBe(204)
    expect((await client.get('/session')).status).toBe(200)
    expect((await another.get('/session')).status).toBe(401)
    expect((await signIn({ email })).status).toBe(401)
    expect((await signIn({ email, password: wanted })).status).toBe(201)
    const entries = await acme.sql(
      `SELECT actor_id FROM plinth.audit WHERE action = 'password.changed' AND subject_id = $1`,
      [id],
    )
    expect(entries).toEqual([{ actor_id: id }])
  })

  test('stays when the present one is not known, and guessing it ends, though not at the door', async () => {
    await setPolicy({ lockout: { attempts: 3 } })
    const { client, email } = await someone()
    await client.get('/session')
    for (let n = 0; n < 3; n += 1) {
      const { status, body } = await client.post('/session/password', { current: 'wrong', password: wanted })
      expect(status).toBe(422)
      expect(body.errors).toMatchObject([{ pointer: '/current', code: 'passwordWrong' }])
    }
    const locked = await client.post('/session/password', { current: PASSWORD, password: wanted })
    expect(locked.status).toBe(429)
    expect((await signIn({ email })).status).toBe(201)
  })

  test('keeps the rules, and is nobody else’s to change', async () => {
    const { client } = await someone()
    const weak = await client.post('/session/password', { current: PASSWORD, password: 'short' })
    expect(weak.body.errors).toMatchObject([{ pointer: '/password', code: 'passwordTooShort' }])
    const body = { current: PASSWORD, password: wanted }
    expect((await client.post('/session/password', { ...body, memberId: acme.id })).status).toBe(422)
    expect((await acme.anonymous.post('/session/password', body)).status).toBe(401)
    const { cookie } = { cookie: await client.cookie() }
    const forged = await acme.anonymous.send('POST', '/session/password', {
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(forged.body.code).toBe('csrf_invalid')
  })
})

describe('K-AUTH-08: a password that was chosen beside a second factor', () => {
  test('opens only the way to a longer one once the factor has gone', async () => {
    await setPolicy({ lockout: { attempts: 10 } })
    const { id, email } = await someone()
    const steps = new StepByStep(acme)
    await steps.signIn({ email, password: PASSWORD })
    await steps.addTotp()
    const short = { current: PASSWORD, password: 'zK7#qxWv' }
    expect((await steps.send('POST', '/session/password', short)).status).toBe(204)
    expect((await signIn({ email, password: 'zK7#qxWv' })).status).toBe(201)
    expect((await admin.delete(`/members/${id}/second-factors`)).status).toBe(204)
    const refused = await signIn({ email, password: 'zK7#qxWv' })
    expect(refused.status).toBe(401)
    expect(refused.body).toMatchObject({ code: 'password_expired', reason: 'short' })
    expect((await signIn({ email, password: 'zK7#qxWw' })).body.code).toBe('credentials_wrong')
    const again = await signIn({ email, password: 'zK7#qxWv', newPassword: 'pQ4!mnRt' })
    expect(again.body.errors).toMatchObject([{ pointer: '/newPassword', code: 'passwordTooShort' }])
    expect((await signIn({ email, password: 'zK7#qxWv', newPassword: 'Kranich über Lampe' })).status).toBe(
      201,
    )
    expect((await signIn({ email, password: 'Kranich über Lampe' })).status).toBe(201)
  })
})

describe('what members say of themselves', () => {
  test('is name and language, nothing else, and stands in the audit log', async () => {
    const { client, id } = await someone()
    const changed = await client.patch('/session', { name: ' Noor Haddad ', locale: 'de' })
    expect(changed.body.member).toMatchObject({ name: 'Noor Haddad', locale: 'de' })
    await client.patch('/session', { locale: 'de' })
    expect(
      await acme.sql(
        `SELECT actor_id, before, after FROM plinth.audit WHERE action = 'profile.changed' AND subject_id = $1`,
        [id],
      ),
    ).toMatchObject([
      { actor_id: id, before: { locale: null }, after: { name: 'Noor Haddad', locale: 'de' } },
    ])
    for (const change of [
      { name: '' },
      { name: 'x'.repeat(201) },
      { name: 'a\nb' },
      { locale: 'fr' },
      { email: 'boss@acme.example' },
      { roles: ['admin'] },
      { status: 'active' },
    ])
      expect((await client.patch('/session', change)).status).toBe(422)
    expect((await client.get('/session')).body.member.name).toBe('Noor Haddad')
  })
})
