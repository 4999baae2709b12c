import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
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

  test('stays when the present one is not known, and guessing it ends as guessing at the door does', async () => {
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
    expect((await signIn({ email })).status).toBe(429)
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
