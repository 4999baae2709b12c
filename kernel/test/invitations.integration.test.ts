import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { Mailbox } from './support/mailbox.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'
import type { Answer, Client } from './support/index.ts'

const mailbox = await Mailbox.open()
const platform = await bootFixtures({
  plugins: ['billboard'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
  config: {
    smtpUrl: mailbox.url,
    publicUrl: 'https://{tenant}.plinth.example',
    operatorToken: OPERATOR_TOKEN,
  },
})
afterAll(async () => {
  await platform.stop()
  await mailbox.close()
})

const acme = platform.tenant('acme')
const other = platform.tenant('other')
const { admin, member } = acme
const PASSWORD = 'Kranich über Lampe'
let counter = 0
const address = () => `guest-${(counter += 1)}@acme.example`

async function invite(body: object = {}, by: Client = admin): Promise<Answer & { email: string }> {
  const email = address()
  return { ...(await by.post('/members/invitations', { email, name: 'Noor Haddad', ...body })), email }
}

/** The token of the newest link that has come to an address. */
async function tokenOf(email: string, count = 1): Promise<string> {
  await expect.poll(() => mailbox.for(email).length, { timeout: 10_000 }).toBe(count)
  return mailbox.for(email).at(-1)!.link!.split('#')[1]!
}

const look = (token: string, at = acme) => at.anonymous.post('/invitation', { token })
const accept = (token: string, more: object = {}, at = acme) =>
  at.anonymous.post('/invitation/accept', { token, name: 'Noor Haddad', password: PASSWORD, ...more })

/** Someone who manages members and may do no more than that. */
async function manager(): Promise<Client & { readonly id: string }> {
  await acme.sql(
    `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, 'people', '{"en":"People"}', '["platform.kernel.member.*"]')
     ON CONFLICT DO NOTHING`,
    [acme.id],
  )
  await forget()
  return acme.addMember(['people'])
}

const forget = () => platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
const entries = (action: string) =>
  acme.sql('SELECT subject_id, before, after FROM plinth.audit WHERE action = $1 ORDER BY id', [action])

describe('K-AUTH-13: an invitation', () => {
  test('goes by mail, to the workspace’s own address, and makes a member who is signed in', async () => {
    const { status, body, email } = await invite({ roles: ['people2'] })
    expect(status).toBe(422)
    expect(body.errors[0]).toMatchObject({ pointer: '/roles/0', code: 'unknown' })
    const sent = await invite({ locale: 'de' })
    expect(sent.status).toBe(201)
    expect(sent.body).toMatchObject({ email: sent.email, roles: ['member'] })
    expect(sent.body).not.toHaveProperty('link')
    const token = await tokenOf(sent.email)
    const [{ mail, link }] = mailbox.for(sent.email) as [(typeof mailbox.received)[0]]
    expect(link).toMatch(/^https:\/\/acme\.plinth\.example\/invitation#[\w-]{43}$/)
    expect(mail.subject).toContain('Einladung zu acme')
    expect((await look(token)).body).toEqual({ email: sent.email, name: 'Noor Haddad', minLength: 15 })
    const accepted = await accept(token, { name: 'Noor H.' })
    expect(accepted.status, accepted.text).toBe(201)
    expect(accepted.body.member).toMatchObject({ email: sent.email, name: 'Noor H.', locale: 'de' })
    expect(accepted.headers.getSetCookie()[0]).toContain('plinth_session=')
    const signedIn = await acme.anonymous.post('/session', { email: sent.email, password: PASSWORD })
    expect(signedIn.status).toBe(201)
    expect(mailbox.for(email)).toEqual([])
    const stored = await acme.sql('SELECT * FROM plinth.invitation')
    expect(JSON.stringify(stored)).not.toContain(token)
    expect(JSON.stringify(await entries('member.invited'))).not.toContain(sent.email)
    expect((await entries('member.joined')).at(-1)!.after).toMatchObject({ name: 'Noor H.' })
  })

  test('works once', async () => {
    const { email } = await invite()
    const token = await tokenOf(email)
    const answers = await Promise.all([accept(token), accept(token), accept(token)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 410, 410])
    expect((await look(token)).body.code).toBe('link_invalid')
    expect(await acme.sql('SELECT FROM plinth.member WHERE email = $1', [email])).toHaveLength(1)
  })

  test('is good for seven days and not a second longer', async () => {
    const { email, body } = await invite()
    const token = await tokenOf(email)
    const age = (interval: string) =>
      acme.sql(
        "UPDATE plinth.invitation SET expires_at = sent_at + interval '7 days' - $2::interval WHERE id = $1",
        [body.id, interval],
      )
    await age('6 days 23 hours 59 minutes')
    expect((await look(token)).status).toBe(200)
    await age('7 days')
    expect((await look(token)).status).toBe(410)
    expect((await accept(token)).status).toBe(410)
    const again = await admin.post(`/members/invitations/${body.id}/resend`)
    expect(again.status, again.text).toBe(200)
    expect((await accept(token)).status).toBe(410)
    expect((await accept(await tokenOf(email, 2))).status).toBe(201)
  })

  test('that is withdrawn, or sent to the address anew, is no longer good', async () => {
    const { email, body } = await invite()
    const first = await tokenOf(email)
    await admin.post('/members/invitations', { email: email.toUpperCase(), name: 'Noor' })
    const second = await tokenOf(email, 2)
    expect((await look(first)).status).toBe(410)
    expect((await admin.delete(`/members/invitations/${body.id}`)).status).toBe(404)
    const { body: open } = await admin.get('/members/invitations')
    const { id } = open.items.find((each: { email: string }) => each.email === email)
    expect((await admin.delete(`/members/invitations/${id}`)).status).toBe(204)
    expect((await accept(second)).status).toBe(410)
  })

  test('opens one workspace only, and nothing that is no link opens any', async () => {
    const { email } = await invite()
    const token = await tokenOf(email)
    expect((await look(token, other)).status).toBe(410)
    expect((await accept(token, {}, other)).status).toBe(410)
    for (const wrong of ['', 'x', token.slice(1), `${token}x`, "' OR true --", null, 7, { length: 43 }])
      expect((await acme.anonymous.post('/invitation', { token: wrong })).status).toBe(410)
    expect((await accept(token)).status).toBe(201)
  })

  test('is not used up by a password the policy does not take', async () => {
    const { email } = await invite()
    const token = await tokenOf(email)
    for (const [password, code] of [
      ['short', 'passwordTooShort'],
      ['Noor Haddad acme 1', 'passwordWeak'],
      [email, 'passwordWeak'],
    ]) {
      const refused = await accept(token, { password })
      expect(refused.status).toBe(422)
      expect(refused.body.errors).toMatchObject([{ pointer: '/password', code }])
    }
    expect((await accept(token)).status).toBe(201)
  })

  test('gives no more than was invited for: address, roles and status are not the guest’s to choose', async () => {
    const { email } = await invite()
    const token = await tokenOf(email)
    for (const more of [
      { roles: ['admin'] },
      { email: 'boss@acme.example' },
      { status: 'active' },
      { id: acme.id },
    ])
      expect((await accept(token, more)).status).toBe(422)
    const { body } = await accept(token)
    expect(await acme.sql('SELECT roles FROM plinth.member WHERE id = $1', [body.member.id])).toEqual([
      { roles: ['member'] },
    ])
  })

  test('is refused when another site sends it', async () => {
    const { email } = await invite()
    const token = await tokenOf(email)
    const sent = await acme.anonymous.send('POST', '/invitation/accept', {
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify({ token, name: 'Eve', password: PASSWORD }),
    })
    expect(sent.body.code).toBe('csrf_invalid')
  })

  test('is for those who manage members, and to who is none yet', async () => {
    expect((await member.post('/members/invitations', { email: address(), name: 'X' })).status).toBe(403)
    expect((await member.get('/members/invitations')).status).toBe(403)
    expect((await acme.anonymous.get('/members/invitations')).status).toBe(401)
    const taken = await admin.post('/members/invitations', {
      email: acme.credentials.member.email,
      name: 'X',
    })
    expect(taken.status).toBe(409)
    expect(taken.body.errors[0]).toMatchObject({ pointer: '/email', code: 'unique' })
  })

  test.each(['no address', 'a@b, c@d', 'a@b\r\nBcc: c@d', '<a@b.example>'])(
    'does not go to %j',
    async (email) => {
      expect((await admin.post('/members/invitations', { email, name: 'X' })).status).toBe(422)
    },
  )

  test('gives nothing that who invites does not hold', async () => {
    const people = await manager()
    for (const roles of [['admin'], ['people', 'admin']])
      expect((await invite({ roles }, people)).body.code).toBe('permission_missing')
    expect((await invite({ roles: ['people'] }, people)).status).toBe(201)
    const { body } = await invite({ roles: ['admin'] })
    expect((await people.post(`/members/invitations/${body.id}/resend`)).status).toBe(403)
    const { body: roles } = await people.get('/members/assignable-roles')
    const given = Object.fromEntries(
      roles.items.map((each: { id: string; mayGive: boolean }) => [each.id, each.mayGive]),
    )
    expect(given).toMatchObject({ admin: false, people: true })
    expect(roles.items).toContainEqual({ id: 'people', label: { en: 'People' }, mayGive: true })
  })

  test('ends with the account of who wrote it', async () => {
    const people = await manager()
    const { email } = await invite({}, people)
    const token = await tokenOf(email)
    expect((await admin.patch(`/members/${people.id}`, { status: 'inactive' })).status).toBe(200)
    expect((await accept(token)).status).toBe(410)
  })
})

describe('a tenant that an operator creates', () => {
  test('gets its first administrator by invitation', async () => {
    const { status, body } = await asOperator(platform, 'POST', '/tenants', {
      slug: 'fresh',
      name: 'Fresh',
      tier: 'free',
      owner: { email: 'ada@fresh.example', name: 'Ada' },
    })
    expect(status).toBe(201)
    expect(body.invitation).toMatchObject({ email: 'ada@fresh.example' })
    const token = await tokenOf('ada@fresh.example')
    const fresh = platform.admit({ id: body.id, slug: 'fresh' })
    expect((await accept(token, { name: 'Ada' }, fresh)).status).toBe(201)
    const ada = fresh.client({ email: 'ada@fresh.example', password: PASSWORD })
    expect((await ada.get('/members/directory')).body.items).toMatchObject([{ roles: ['member', 'admin'] }])
  })

  test.each([
    { email: 'nobody', name: 'X' },
    { email: 'a@b.example' },
    { email: 'a@b.example', name: 'X', roles: ['x'] },
    'a@b.example',
  ])('is not created for %j', async (owner) => {
    const { status, body } = await asOperator(platform, 'POST', '/tenants', {
      slug: 'never',
      name: 'Never',
      tier: 'free',
      owner,
    })
    expect(status).toBe(422)
    expect(body.errors).toMatchObject([{ pointer: '/owner' }])
  })
})

test('without mail, who invites gets the link to pass on', async () => {
  const bare = await bootFixtures({ plugins: ['billboard'], tenants: [{ slug: 'bare' }] })
  const tenant = bare.tenant('bare')
  const { body } = await tenant.admin.post('/members/invitations', { email: 'a@b.example', name: 'A' })
  const token = body.link.split('#')[1]
  expect(body.link).toMatch(/^http:\/\/bare\.localhost:0\/invitation#/)
  expect((await tenant.anonymous.post('/invitation', { token })).status).toBe(200)
  const again = await tenant.admin.post(`/members/invitations/${body.id}/resend`)
  expect(again.body.link).not.toBe(body.link)
  await bare.stop()
})
