import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Client } from './support/index.ts'
import { bootScim, ScimProvider } from './scim-world.ts'

const world = await bootScim()
const { acme, idp, memberOf, nordwind, platform } = world
const beta = platform.tenant('beta')
afterAll(() => platform.stop())

describe('what belongs to others', () => {
  let theirs = ''
  let ours = ''
  let group = ''
  beforeAll(async () => {
    theirs = await idp.add('theirs@acme.example')
    group = await idp.group('Theirs', theirs)
  })

  test.each(['another workspace', 'another provider'])('cannot be reached from %s', async (where) => {
    const { idp: stranger } = await world.join(where === 'another workspace' ? beta : acme, {
      name: where,
      domains: [],
    })
    ours = await stranger.add(`${where.replace(' ', '-')}@other.example`)
    expect((await stranger.get('/Users')).body.Resources.map(({ id }: { id: string }) => id)).toEqual([ours])
    expect((await stranger.get('/Groups')).body.totalResults).toBe(0)
    const before = await memberOf(theirs)
    const off = { op: 'replace', path: 'active', value: false }
    for (const answer of [
      await stranger.get(`/Users/${theirs}`),
      await stranger.send('PUT', `/Users/${theirs}`, { userName: 'mine@other.example' }),
      await stranger.patch(`/Users/${theirs}`, off),
      await stranger.send('DELETE', `/Users/${theirs}`),
      await stranger.get(`/Groups/${group}`),
      await stranger.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: ours }] }),
      await stranger.send('DELETE', `/Groups/${group}`),
    ])
      expect([answer.status, answer.body.schemas]).toEqual([
        404,
        ['urn:ietf:params:scim:api:messages:2.0:Error'],
      ])
    const joined = await stranger.send('POST', '/Groups', { displayName: 'G', members: [{ value: theirs }] })
    expect([joined.status, joined.body.scimType]).toEqual([400, 'invalidValue'])
    expect((await stranger.get('/Groups')).body.totalResults).toBe(0)
    expect(await memberOf(theirs)).toEqual(before)
    const elsewhere = where === 'another workspace' ? acme : beta
    expect((await new ScimProvider(elsewhere, stranger.token).get('/Users')).status).toBe(401)
  })
})

describe('what nobody gets by SCIM', () => {
  test('roles, by saying so', async () => {
    const id = await idp.add('ambitious@acme.example', {
      roles: [{ value: 'admin' }],
      entitlements: [{ value: '*' }],
      groups: [{ value: 'Root' }],
      permissions: ['*'],
      tenantId: beta.id,
    })
    for (const path of ['roles', 'entitlements', 'permissions', 'password'])
      await idp.patch(`/Users/${id}`, { op: 'add', path, value: [{ value: 'admin' }] })
    expect(
      (await idp.patch(`/Users/${id}`, { op: 'add', path: 'groups', value: [{ value: 'Root' }] })).status,
    ).toBe(400)
    expect((await memberOf(id))!.roles).toEqual(['member'])
    await idp.group('admin', id)
    expect((await memberOf(id))!.roles).toEqual(['member'])
    // Only what somebody has written into the mapping.
    const root = await idp.group('Root', id)
    expect((await memberOf(id))!.roles).toEqual(['admin'])
    await idp.send('DELETE', `/Groups/${root}`)
    expect((await memberOf(id))!.roles).toEqual(['member'])
  })

  test('the account of somebody for whose address the provider does not vouch', async () => {
    const { idp: foreign } = await world.join(acme, { name: 'Foreign', domains: [] })
    const answer = await foreign.send('POST', '/Users', {
      userName: 'x',
      emails: [{ value: 'ADMIN@acme.example' }],
    })
    expect([answer.status, answer.body.scimType]).toEqual([409, 'uniqueness'])
    const own = await foreign.add('own@other.example')
    const taken = await foreign.patch(`/Users/${own}`, {
      op: 'replace',
      path: 'emails[type eq "work"].value',
      value: 'admin@acme.example',
    })
    expect([taken.status, taken.body.scimType]).toEqual([409, 'uniqueness'])
    const outside = await idp.send('POST', '/Users', { userName: 'eve@evil.example' })
    expect([outside.status, outside.body.scimType]).toEqual([400, 'invalidValue'])
    const inside = await idp.add('inside@acme.example')
    const moved = await idp.patch(`/Users/${inside}`, {
      op: 'replace',
      path: 'emails',
      value: [{ value: 'x@evil.example' }],
    })
    expect([moved.status, moved.body.scimType]).toEqual([400, 'invalidValue'])
  })

  test('another address or name for somebody who was a member before; their access they may end', async () => {
    const someone = await acme.addMember()
    const before = (await memberOf(someone.id))!
    const id = await idp.add(before.email, { displayName: 'Renamed' })
    expect(id).toBe(someone.id)
    await idp.patch(`/Users/${id}`, {
      op: 'replace',
      path: 'emails[type eq "work"].value',
      value: 'eve@acme.example',
    })
    expect(await memberOf(id)).toMatchObject({ name: before.name, email: before.email })
    expect((await someone.get('/shell')).status).toBe(200)
    await idp.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })
    expect((await someone.get('/shell')).status).toBe(401)
  })

  test('an end of the last administrator, of access or of role', async () => {
    const id = await idp.add('admin@acme.example')
    for (const answer of [
      await idp.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false }),
      await idp.send('DELETE', `/Users/${id}`),
    ])
      expect(answer.status).toBe(409)
    expect(await memberOf(id)).toMatchObject({ status: 'active' })
    await acme.sql(`UPDATE plinth.member SET roles = '{member}' WHERE id = $1`, [id])
    const root = await idp.group('Root', id)
    expect((await memberOf(id))!.roles).toContain('admin')
    await idp.patch(`/Groups/${root}`, { op: 'remove', path: 'members' })
    expect((await memberOf(id))!.roles).toContain('admin')
    await idp.send('DELETE', `/Groups/${root}`)
  })

  test('access that somebody else has ended', async () => {
    const id = await idp.add('dismissed@acme.example')
    expect((await acme.admin.patch(`/members/${id}`, { status: 'inactive' })).status).toBe(200)
    await idp.send('PUT', `/Users/${id}`, { userName: 'dismissed@acme.example', active: true })
    for (const value of [false, true])
      await idp.patch(`/Users/${id}`, { op: 'replace', path: 'active', value })
    expect((await memberOf(id))!.status).toBe('inactive')
  })

  test('access that somebody else has ended after the provider had ended it once', async () => {
    const id = await idp.add('twice-gone@acme.example')
    const turn = (value: boolean) => idp.patch(`/Users/${id}`, { op: 'replace', path: 'active', value })
    await turn(false)
    for (const status of ['active', 'inactive'])
      expect((await acme.admin.patch(`/members/${id}`, { status })).status).toBe(200)
    await turn(true)
    expect((await memberOf(id))!.status).toBe('inactive')
  })

  test('a way in by a letter to an address that is theirs no more, or to somebody who has left', async () => {
    const id = await idp.add('moving@acme.example')
    const links = () => acme.sql('SELECT 1 FROM plinth.account_link WHERE member_id = $1', [id])
    const write = (token: string) =>
      acme.sql(
        `INSERT INTO plinth.account_link (tenant_id, id, token_hash, purpose, member_id, expires_at)
         VALUES ($1, gen_random_uuid(), sha256($2::bytea), 'reset', $3, now() + interval '1 hour')`,
        [acme.id, token, id],
      )
    for (const [token, path, value] of [
      ['first', 'emails[type eq "work"].value', 'moved@acme.example'],
      ['second', 'active', false],
    ]) {
      await write(String(token))
      expect(await links()).toHaveLength(1)
      expect((await idp.patch(`/Users/${id}`, { op: 'replace', path, value })).status).toBe(200)
      expect(await links()).toEqual([])
    }
  })
})

test('ended access ends sessions and keys with the next request, on every node', async () => {
  const someone = await acme.addMember(['admin'])
  const { body } = await someone.post('/api-keys', {
    name: 'mine',
    permissions: ['platform.kernel.member.read'],
  })
  const node = await platform.anotherNode()
  const cookie = await someone.cookie()
  const there = new Client({
    send: (request) => node.platform.app.request(request),
    origin: 'http://acme.localhost',
  })
  const key = acme.clientWithKey(body.key as string)
  const elsewhere = async () => (await there.send('GET', '/members', { headers: { cookie } })).status
  expect([(await key.get('/members')).status, await elsewhere()]).toEqual([200, 200])
  const id = await idp.add((await memberOf(someone.id))!.email)
  await idp.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: 'false' })
  expect([(await someone.get('/shell')).status, (await key.get('/members')).status]).toEqual([401, 401])
  await expect.poll(elsewhere).toBe(401)
  expect(await acme.sql('SELECT 1 FROM plinth.session WHERE member_id = $1', [id])).toEqual([])
  await node.stop()
})

test('a mapping that changes acts at once on those who are kept in step', async () => {
  const { provider, idp: mapped } = await world.join(acme, { name: 'Mapped', domains: [] })
  const id = await mapped.add('mapped@other.example')
  await mapped.group('People', id)
  expect((await memberOf(id))!.roles).toEqual(['employees.people-lead'])
  const path = `/sign-on/providers/${provider.id}`
  expect((await acme.admin.patch(path, { mapping: [] }, { version: 1 })).status).toBe(200)
  expect((await memberOf(id))!.roles).toEqual(['member'])
  expect((await acme.admin.delete(path)).status).toBe(204)
  expect((await memberOf(id))!.roles).toEqual([])
  expect((await mapped.get('/Users')).status).toBe(401)
})

test('two at once are one member, and groups that come at once give both roles', async () => {
  const send = () => idp.send('POST', '/Users', { userName: 'twice@acme.example' })
  const answers = await Promise.all([send(), send(), send()])
  expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['201', '409', '409'])
  const { id } = answers.find(({ status }) => status === 201)!.body
  const [people, root] = [
    await idp.send('POST', '/Groups', { displayName: 'People' }),
    await idp.group('Roots'),
  ]
  expect(people.status).toBe(201)
  await idp.patch(`/Groups/${root}`, { op: 'replace', value: { displayName: 'Root' } })
  const join = (group: string) =>
    idp.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: id }] })
  await Promise.all([join(people.body.id), join(root), join(people.body.id)])
  expect((await memberOf(id))!.roles.toSorted()).toEqual(['admin', 'employees.people-lead'])
  expect((await idp.get(`/Users/${id}`)).body.groups).toHaveLength(2)
})

test('what is too much, or nothing that is understood, is refused in the words of SCIM', async () => {
  const id = await idp.add('plain@acme.example')
  const deep = `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`
  for (const [method, path, body, status] of [
    ['POST', '/Users', '{', 400],
    ['POST', '/Users', deep, 400],
    ['POST', '/Users', `{"userName":"${'x'.repeat(1_100_000)}"}`, 413],
    ['POST', '/Users', { userName: 'x'.repeat(300) }, 400],
    ['POST', '/Users', { userName: 'a\nb@acme.example' }, 400],
    ['POST', '/Users', { userName: { toString: 'x' } }, 400],
    ['POST', '/Users', {}, 400],
    ['POST', '/Users', { userName: 'a@acme.example', active: 'perhaps' }, 400],
    ['POST', '/Groups', { displayName: 'G', members: [{ value: "1'; DROP TABLE plinth.member" }] }, 400],
    ['PATCH', `/Users/${id}`, { Operations: [{ op: 'replace', path: 'active', value: false }] }, 400],
    ['GET', `/Users?filter=${encodeURIComponent(`userName eq "x" or "1" eq "1"`)}`, undefined, 400],
    ['GET', `/Users?filter=${encodeURIComponent(`userName eq "x') OR 1=1 --"`)}`, undefined, 200],
    ['GET', `/Users?filter=${encodeURIComponent('('.repeat(1_000))}`, undefined, 400],
    ['GET', '/Users?count=1000000000', undefined, 400],
    ['GET', "/Users/1' OR '1'='1", undefined, 404],
  ] as const) {
    const answer = await idp.send(method, path, body)
    expect(answer.status, `${method} ${path.slice(0, 100)} ${answer.text.slice(0, 200)}`).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/scim+json')
    if (status === 200) expect(answer.body.totalResults).toBe(0)
  }
  const form = await idp.send('POST', '/Users', 'userName=x', {
    'content-type': 'application/x-www-form-urlencoded',
  })
  expect(form.status).toBe(415)
})

test('stands in the audit log, under the name of the provider', async () => {
  const id = await idp.add('noted@acme.example')
  await idp.group('Noted', id)
  await idp.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })
  const { body } = await acme.admin.get(`/audit?subjectId=${id}`)
  expect(body.items.map(({ action }: { action: string }) => action)).toEqual([
    'member.deactivated',
    'member.onboarded',
  ])
  expect(body.items[0].actor).toEqual({ kind: 'client', id: nordwind.id, name: 'Nordwind' })
  const refusals = (await acme.admin.get('/audit?action=access.refused&limit=200')).body.items
  expect(refusals.some(({ after }: { after: { path: string } }) => after.path.includes('/scim/v2/'))).toBe(
    true,
  )
})
