import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { Mailbox } from './support/mailbox.ts'

const mailbox = await Mailbox.open()
const platform = await bootFixtures({
  plugins: ['billboard'],
  tenants: [],
  config: { demo: true, smtpUrl: mailbox.url },
})
afterAll(async () => {
  await platform.stop()
  await mailbox.close()
})

const tenant = (await platform.platform.root.cradle.tenants.bySlug('beta'))!
const beta = platform.admit(tenant)
const { body } = await beta.anonymous.get('/tenant')
const [owner] = body.demo as { email: string; password: string }[]
const jana = beta.client({ email: owner!.email, password: owner!.password })

test('the password of a demonstration account stays what is printed, whatever somebody tries who looks around', async () => {
  const { email, password } = owner!
  const wanted = 'another heron rides the train'
  const changed = await jana.post('/session/password', { current: password, password: wanted })
  expect([changed.status, changed.body.code]).toEqual([403, 'demo_account'])
  await jana.patch('/security/policy', { password: { maxAgeDays: 1 }, signIn: { links: true } })
  for (const path of ['/session/password/forgotten', '/session/link'])
    expect((await beta.anonymous.post(path, { email: email.toUpperCase() })).body.code).toBe('demo_account')
  await beta.sql(
    `UPDATE plinth.member SET password_changed_at = now() - interval '2 days' WHERE email = $1`,
    [email],
  )
  expect((await beta.anonymous.post('/session', { email, password, newPassword: wanted })).status).toBe(201)
  expect((await beta.anonymous.post('/session', { email, password })).status).toBe(201)
})

test('nor does it get a second factor, and none is demanded of it', async () => {
  const { email, password } = owner!
  const factors = '/session/second-factor'
  const id = '0198c0de-0000-7000-8000-000000000001'
  for (const [method, path, sent] of [
    ['POST', `${factors}/totp`, { name: 'Phone' }],
    ['POST', `${factors}/totp/${id}/confirm`, { code: '123456' }],
    ['POST', `${factors}/passkey`, undefined],
    ['POST', `${factors}/passkey/confirm`, { name: 'Laptop', response: {} }],
    ['POST', `${factors}/email`, undefined],
    ['POST', `${factors}/email/confirm`, { code: '123456' }],
    ['POST', `${factors}/codes`, undefined],
    ['DELETE', `${factors}/factors/${id}`, undefined],
  ] as const) {
    const answer = await jana.send(method, path, {
      headers: { 'content-type': 'application/json' },
      body: sent && JSON.stringify(sent),
    })
    expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'demo_account'])
  }
  await jana.patch('/security/policy', { secondFactor: { required: 'everyone', graceDays: 0 } })
  const opened = await beta.anonymous.post('/session', { email, password })
  expect([opened.status, opened.body.waits]).toEqual([201, undefined])
  expect((await jana.get(factors)).body).toMatchObject({ factors: [], required: false, enrolBy: null })
  const later = await beta.addMember()
  const [row] = await beta.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [later.id])
  const own = { email: row!.email, password: beta.credentials.member.password }
  expect((await beta.anonymous.post('/session', own)).body.waits).toEqual({ for: 'enrolment', methods: [] })
  await jana.patch('/security/policy', { secondFactor: { required: 'administrators' } })
})

test('members who come later have passwords of their own', async () => {
  const client = await beta.addMember()
  const [row] = await beta.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [
    client.id,
  ])
  expect((await beta.anonymous.post('/session/password/forgotten', { email: row!.email })).status).toBe(202)
  await expect.poll(() => mailbox.for(row!.email).length, { timeout: 10_000 }).toBe(1)
})
