import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addProvider, sessionCookie, SignOnBrowser } from './sign-on-browser.ts'
import { bootSignOn, WHOLE } from './sign-on-world.ts'
import { ScimProvider } from './scim-world.ts'

const world = await bootSignOn()
const { acme, memberOf, other, platform, stranger } = world
afterAll(() => world.stop())
afterEach(() => world.forgive())

let id = ''
let path = ''
let idp: ScimProvider
beforeAll(async () => {
  const made = await addProvider(acme, other, { ...WHOLE, name: 'Changing' })
  id = made.id
  path = `/sign-on/providers/${id}`
  const { body } = await acme.admin.post(`${path}/provisioning/tokens`)
  idp = new ScimProvider(acme, body.token as string)
})

const come = () => new SignOnBrowser(acme).signOn(id, other)
const rolesOf = async () => (await memberOf(String(other.claims['email'])))!.roles
/** What another node has just stored, before this one has heard of it. */
const elsewhere = (change: string) =>
  acme.sql(`UPDATE plinth.sign_on_provider SET ${change} WHERE id = $1 RETURNING id`, [id])

test('a mapping that has just changed counts, whatever the node that is asked still knows', async () => {
  const member = await idp.add('kept@acme.example')
  await idp.get('/Users')
  await acme.admin.get(path)
  await elsewhere(`settings = settings || '{"mapping":[],"defaultRoles":["member"]}'`)
  await idp.group('Root', member)
  other.claims = stranger({ groups: ['Root'] })
  expect((await come()).status).toBe(201)
  expect(await rolesOf()).toEqual(['member'])
  expect((await acme.sql('SELECT roles FROM plinth.member WHERE id = $1', [member]))[0]).toEqual({
    roles: ['member'],
  })
  await elsewhere(`settings = settings || '{"defaultRoles":[]}'`)
  const late = await idp.add('late@acme.example')
  expect((await acme.sql('SELECT roles FROM plinth.member WHERE id = $1', [late]))[0]).toEqual({ roles: [] })
  await elsewhere(`settings = settings || '${JSON.stringify(WHOLE)}' || '{"defaultRoles":["member"]}'`)
})

test('nobody comes in by a provider that was just put out of use', async () => {
  await acme.admin.get(path)
  await elsewhere('enabled = false')
  other.claims = stranger()
  const answer = await come()
  expect([answer.status, sessionCookie(answer)]).toEqual([404, undefined])
  expect(await memberOf(other.claims['email'])).toBeUndefined()
  const { sessions } = platform.platform.root.cradle
  const someone = await acme.addMember()
  const member = { id: someone.id, name: 'X', email: 'x@acme.example', locale: null }
  const origin = {
    actor: { kind: 'system', id: null, name: null },
    address: null,
    agent: null,
    requestId: null,
  } as never
  await expect(
    sessions.open(acme.id, { member, method: 'openid', provider: id }, origin),
  ).rejects.toMatchObject({ code: 'sign_on_failed' })
  await elsewhere('enabled = true')
  expect((await come()).status).toBe(201)
})

test('a role that a mapping gives no more is taken at once from whoever had it by signing on', async () => {
  other.claims = stranger({ groups: ['Root', 'People'] })
  await come()
  expect((await rolesOf()).toSorted()).toEqual(['admin', 'employees.people-lead'])
  const { version } = (await acme.admin.get(path)).body
  const [people] = WHOLE.mapping
  expect((await acme.admin.patch(path, { mapping: [people] }, { version })).status).toBe(200)
  expect(await rolesOf()).toEqual(['employees.people-lead'])
  await acme.admin.patch(path, { mapping: [] }, { version: version + 1 })
  expect(await rolesOf()).toEqual(['member'])
  const entries = await acme.sql(
    `SELECT 1 FROM plinth.audit WHERE action = 'member.rolesMapped' AND subject_id = $1`,
    [(await memberOf(other.claims['email']))!.id],
  )
  expect(entries).toHaveLength(3)
  await acme.admin.patch(path, { mapping: WHOLE.mapping }, { version: version + 2 })
})

test('an address counts as verified only if it is the one the provider has verified', async () => {
  const someone = await acme.addMember()
  const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [
    someone.id,
  ])
  const { email } = row!
  other.claims = { sub: 'impostor', email }
  other.userinfo = { email: 'impostor@acme.example', email_verified: true, groups: [] }
  expect((await come()).body.code).toBe('account_exists')
  other.userinfo = { email: 'impostor@acme.example', email_verified: true, xms_edov: true, groups: [] }
  expect((await come()).body.code).toBe('account_exists')
  other.claims = { sub: 'impostor', email_verified: true }
  other.userinfo = { email, groups: [] }
  expect((await come()).body.code).toBe('account_exists')
  other.claims = { sub: 'themselves', email }
  other.userinfo = { email, email_verified: true, groups: [] }
  expect((await come()).body.session.member.id).toBe(someone.id)
})

test('why a provider cannot be reached is told to those who look after it alone', async () => {
  const away = await addProvider(acme, other, { name: 'Away', issuer: 'https://10.1.2.3:8443' })
  const answer = await new SignOnBrowser(acme).start(away.id)
  expect([answer.status, answer.body.code]).toEqual([502, 'provider_unreachable'])
  expect(answer.text).not.toContain('10.1.2.3')
  const [entry] = await acme.sql(
    `SELECT after::text AS after FROM plinth.audit WHERE action = 'signIn.refused' ORDER BY id DESC LIMIT 1`,
  )
  expect(entry!['after']).toContain('10.1.2.3 is a private address')
  expect(JSON.parse(entry!['after'] as string)).toMatchObject({ reason: 'address_private', host: '10.1.2.3' })
  const tried = await acme.admin.post(`/sign-on/providers/${away.id}/test`)
  expect(tried.body.detail).toContain('10.1.2.3')
  expect(tried.body).toMatchObject({ reason: 'address_private', host: '10.1.2.3' })
  expect(answer.body).not.toHaveProperty('reason')
})
