import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { bootScim } from './scim-world.ts'

const world = await bootScim()
const { acme, idp, memberOf, nordwind, platform } = world
afterAll(() => platform.stop())

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** A member lets a program in. Answers how many they let in by now. */
async function letIn(memberId: string): Promise<() => Promise<number>> {
  const client = randomUUID()
  await platform.sql(
    `INSERT INTO plinth.oauth_client (tenant_id, id, kind, name, scopes) VALUES ($1, $2, 'native', 'x', '{}')`,
    [acme.id, client],
  )
  await platform.sql(
    `INSERT INTO plinth.oauth_grant (tenant_id, id, client_id, member_id, scopes) VALUES ($1, $2, $3, $4, '{}')`,
    [acme.id, randomUUID(), client, memberId],
  )
  return async () =>
    (await platform.sql('SELECT FROM plinth.oauth_grant WHERE member_id = $1', [memberId])).length
}

describe('K-AUTH-05: what Okta sends', () => {
  let id = ''
  let group = ''
  const okta = (active: boolean) => ({
    schemas: [USER],
    userName: 'mara.lindner@acme.example',
    name: { givenName: 'Mara', familyName: 'Lindner' },
    emails: [{ primary: true, value: 'Mara.Lindner@acme.example', type: 'work' }],
    displayName: 'Mara Lindner',
    locale: 'en-US',
    externalId: '00ujl29u0le5T6Aj10h7',
    groups: [],
    password: '1mz050nq',
    active,
  })

  test('looks whether somebody is there, and takes them in: a member, and an employee', async () => {
    const nobody = await idp.get(
      `/Users?filter=${encodeURIComponent('userName eq "mara.lindner@acme.example"')}&startIndex=1&count=100`,
    )
    expect(nobody.status).toBe(200)
    expect(nobody.headers.get('content-type')).toBe('application/scim+json')
    expect(nobody.body).toMatchObject({ totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] })
    const made = await idp.send('POST', '/Users', okta(true))
    expect(made.status, made.text).toBe(201)
    id = made.body.id
    expect(made.headers.get('location')).toBe(`http://acme.localhost/api/v1/scim/v2/Users/${id}`)
    expect(made.headers.get('etag')).toBe(made.body.meta.version)
    expect(made.text).not.toContain('1mz050nq')
    expect(made.body).toMatchObject({ userName: 'mara.lindner@acme.example', active: true, groups: [] })
    expect(await memberOf(id)).toEqual({
      name: 'Mara Lindner',
      email: 'mara.lindner@acme.example',
      roles: ['member'],
      status: 'active',
    })
    const again = await idp.send('POST', '/Users', { ...okta(true), userName: 'MARA.lindner@acme.example' })
    expect([again.status, again.body.scimType, again.body.status]).toEqual([409, 'uniqueness', '409'])
    await platform.settled()
    const filter = encodeURIComponent(JSON.stringify({ email: 'mara.lindner@acme.example' }))
    const { body } = await acme.admin.get(`/employees/employees?filter=${filter}`)
    expect(body.items).toMatchObject([{ firstName: 'Mara', lastName: 'Lindner', userId: id }])
  })

  test('writes the profile anew', async () => {
    const profile = {
      ...okta(true),
      displayName: 'Mara Berg',
      name: { givenName: 'Mara', familyName: 'Berg' },
    }
    const { status, body } = await idp.send('PUT', `/Users/${id}`, { ...profile, id })
    expect([status, body.name.familyName]).toEqual([200, 'Berg'])
    expect(await memberOf(id)).toMatchObject({ name: 'Mara Berg' })
  })

  test('pushes a group, renames it, and exchanges members: roles follow by the mapping', async () => {
    const made = await idp.send('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Staff',
      members: [{ value: id, display: 'mara.lindner@acme.example' }],
    })
    expect(made.status, made.text).toBe(201)
    group = made.body.id
    expect(made.body.members).toMatchObject([{ value: id, display: 'Mara Berg', type: 'User' }])
    expect((await memberOf(id))!.roles).toEqual(['member'])
    const renamed = await idp.patch(`/Groups/${group}`, {
      op: 'replace',
      value: { id: group, displayName: 'People' },
    })
    expect([renamed.status, renamed.body.displayName]).toEqual([200, 'People'])
    expect((await memberOf(id))!.roles).toEqual(['employees.people-lead'])
    const left = await idp.patch(
      `/Groups/${group}`,
      { op: 'remove', path: `members[value eq "${id}"]` },
      { op: 'add', path: 'members', value: [] },
    )
    expect([left.status, left.body.members]).toEqual([200, []])
    expect((await memberOf(id))!.roles).toEqual(['member'])
    await idp.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: id }] })
    expect((await idp.get(`/Users/${id}`)).body.groups).toMatchObject([{ value: group, display: 'People' }])
    expect((await idp.send('DELETE', `/Groups/${group}`)).status).toBe(204)
    expect((await memberOf(id))!.roles).toEqual(['member'])
  })

  test('ends and gives back access by writing the whole', async () => {
    const programs = await letIn(id)
    const off = await idp.send('PUT', `/Users/${id}`, okta(false))
    expect([off.status, off.body.active]).toEqual([200, false])
    expect((await memberOf(id))!.status).toBe('inactive')
    expect(await programs()).toBe(0)
    const on = await idp.send('PUT', `/Users/${id}`, okta(true))
    expect([on.status, on.body.active]).toEqual([200, true])
    expect((await memberOf(id))!.status).toBe('active')
  })
})

describe('K-AUTH-05: what Microsoft Entra ID sends', () => {
  let id = ''
  let group = ''

  test('looks for somebody nobody knows', async () => {
    const { status, body } = await idp.find('Users', 'externalId eq "58342554-38d6-4ec8-948c-50044d0a33fd"')
    expect([status, body.totalResults]).toEqual([200, 0])
    expect((await idp.find('Users', 'userName eq "non-existent user"')).body.Resources).toEqual([])
    expect((await idp.get('/Users/5171a35d82074e068ce2')).status).toBe(404)
  })

  test('takes somebody in, with what is not kept', async () => {
    const { status, body, text } = await idp.send('POST', '/Users', {
      schemas: [USER, ENTERPRISE],
      externalId: '58342554-38d6-4ec8-948c-50044d0a33fd',
      userName: 'Test_User_feed3ace@acme.example',
      active: 'True',
      displayName: 'Feed Ace',
      emails: [{ type: 'work', value: 'feed.ace@acme.example', primary: true }],
      meta: { resourceType: 'User' },
      name: { formatted: 'Feed Ace', familyName: 'Ace', givenName: 'Feed' },
      roles: [{ value: 'admin', primary: 'True' }],
      [ENTERPRISE]: { department: 'Sales', manager: 'x' },
    })
    expect(status, text).toBe(201)
    id = body.id
    expect(await memberOf(id)).toMatchObject({ email: 'feed.ace@acme.example', roles: ['member'] })
    expect(body).not.toHaveProperty('roles')
    for (const filter of [
      'externalId eq "58342554-38d6-4ec8-948c-50044d0a33fd"',
      'userName eq "test_user_FEED3ACE@acme.example"',
      'emails[type eq "work"].value eq "feed.ace@acme.example"',
    ])
      expect((await idp.find('Users', filter)).body.Resources, filter).toMatchObject([{ id }])
  })

  test('changes what has changed, in its own way of writing', async () => {
    const { status, body } = await idp.patch(
      `/Users/${id}`,
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'ace.feed@acme.example' },
      { op: 'Replace', path: 'name.familyName', value: 'Updated' },
      { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Support' },
      { op: 'Replace', value: { displayName: 'Ace Feed', 'name.givenName': 'Ace' } },
    )
    expect(status).toBe(200)
    expect(body.name).toMatchObject({ givenName: 'Ace', familyName: 'Updated' })
    expect(await memberOf(id)).toMatchObject({ name: 'Ace Feed', email: 'ace.feed@acme.example' })
  })

  test('keeps groups without ever reading their members', async () => {
    const made = await idp.send('POST', '/Groups', {
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
      displayName: 'People',
      members: [],
      meta: { resourceType: 'Group' },
    })
    group = made.body.id
    const bare = await idp.get(`/Groups/${group}?excludedAttributes=members`)
    expect(bare.body).not.toHaveProperty('members')
    const added = await idp.patch(`/Groups/${group}`, {
      op: 'Add',
      path: 'members',
      value: [{ $ref: null, value: id }],
    })
    expect(added.status).toBe(200)
    expect((await memberOf(id))!.roles).toEqual(['employees.people-lead'])
    const isIn = `id eq "${group}" and members eq "${id}"`
    expect((await idp.find('Groups', isIn)).body.totalResults).toBe(1)
    expect((await idp.find('Groups', 'displayName eq "PEOPLE"')).body.Resources).toMatchObject([
      { id: group },
    ])
    await idp.patch(`/Groups/${group}`, { op: 'Remove', path: 'members', value: [{ $ref: null, value: id }] })
    expect((await idp.find('Groups', isIn)).body.totalResults).toBe(0)
    expect((await memberOf(id))!.roles).toEqual(['member'])
  })

  test('ends access by a text, and in the end altogether', async () => {
    const off = await idp.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' })
    expect([off.status, off.body.active]).toEqual([200, false])
    expect((await memberOf(id))!.status).toBe('inactive')
    expect((await idp.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'True' })).status).toBe(
      200,
    )
    const programs = await letIn(id)
    expect((await idp.send('DELETE', `/Users/${id}`)).status).toBe(204)
    expect(await programs()).toBe(0)
    expect((await idp.get(`/Users/${id}`)).status).toBe(404)
    expect((await idp.send('DELETE', `/Users/${id}`)).status).toBe(404)
    const again = await idp.send('POST', '/Users', {
      userName: 'test_user_feed3ace@acme.example',
      emails: [{ value: 'ace.feed@acme.example' }],
    })
    expect([again.status, again.body.id, again.body.active]).toEqual([201, id, true])
    expect((await memberOf(id))!.status).toBe('active')
  })
})

describe('the protocol', () => {
  test('says what there is', async () => {
    const config = await idp.get('/ServiceProviderConfig')
    expect(config.body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      etag: { supported: true },
    })
    expect((await idp.get('/ResourceTypes')).body.Resources.map(({ id }: { id: string }) => id)).toEqual([
      'User',
      'Group',
    ])
    expect((await idp.get('/ResourceTypes/Group')).body.endpoint).toBe('/Groups')
    expect((await idp.get('/Schemas')).body.totalResults).toBe(2)
    const { attributes } = (await idp.get(`/Schemas/${USER}`)).body
    expect(attributes.find(({ name }: { name: string }) => name === 'groups').mutability).toBe('readOnly')
    expect((await idp.get('/Schemas/urn:nobody')).status).toBe(404)
  })

  test('answers pages, and what is asked for', async () => {
    for (const name of ['p1', 'p2', 'p3'])
      await idp.add(`${name}@acme.example`, { displayName: `Page ${name}` })
    const at = (query: string) =>
      idp.get(`/Users?filter=${encodeURIComponent('displayName sw "page p"')}&${query}`)
    const names = async (query: string) =>
      (await at(query)).body.Resources.map(({ userName }: { userName: string }) => userName.slice(0, 2))
    expect(await names('count=2')).toEqual(['p1', 'p2'])
    expect(await names('startIndex=3&count=2')).toEqual(['p3'])
    expect(await names('startIndex=-4&count=1')).toEqual(['p1'])
    expect((await at('count=0')).body).toMatchObject({ totalResults: 3, itemsPerPage: 0, Resources: [] })
    expect((await at('startIndex=99')).body).toMatchObject({ totalResults: 3, Resources: [] })
    expect((await at('count=many')).status).toBe(400)
    const [first] = (await at('attributes=userName,name.givenName')).body.Resources
    expect(Object.keys(first).toSorted()).toEqual(['id', 'schemas', 'userName'])
  })

  test('knows versions: what somebody else has changed is not written over', async () => {
    const id = await idp.add('versions@acme.example')
    const { headers } = await idp.get(`/Users/${id}`)
    const etag = headers.get('etag')!
    expect((await idp.send('GET', `/Users/${id}`, undefined, { 'if-none-match': etag })).status).toBe(304)
    const put = (userName: string, version: string) =>
      idp.send('PUT', `/Users/${id}`, { userName }, { 'if-match': version })
    expect((await put('v2@acme.example', etag)).status).toBe(200)
    expect((await put('v3@acme.example', etag)).status).toBe(412)
    expect((await put('v3@acme.example', '*')).status).toBe(200)
    const group = await idp.group('Versions')
    const stale = await idp.send('DELETE', `/Groups/${group}`, undefined, { 'if-match': 'W/"9"' })
    expect(stale.status).toBe(412)
  })

  test('changes nothing, and no version, where nothing is new', async () => {
    const id = await idp.add('same@acme.example')
    const before = (await idp.get(`/Users/${id}`)).body.meta
    const same = await idp.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true })
    expect(same.body.meta).toEqual(before)
  })

  test('needs fewer than ten statements each, and two more where others have to forget roles', async () => {
    const [a, b] = [await idp.add('count-a@acme.example'), await idp.add('count-b@acme.example')]
    const group = await idp.group('Counted')
    const join = { op: 'add', path: 'members', value: [{ value: a }, { value: b }] }
    const deeds = {
      create: () => idp.add('count-c@acme.example'),
      read: () => idp.get(`/Users/${a}`),
      list: () => idp.get('/Users'),
      change: () => idp.patch(`/Users/${a}`, { op: 'replace', path: 'displayName', value: 'A' }),
      group: () => idp.group('Counted too', a),
      rename: () => idp.patch(`/Groups/${group}`, { op: 'replace', value: { displayName: 'Sums' } }),
      join: () => idp.patch(`/Groups/${group}`, join, { op: 'replace', value: { displayName: 'People' } }),
      ungroup: () => idp.send('DELETE', `/Groups/${group}`),
      remove: () => idp.send('DELETE', `/Users/${a}`),
      provisioning: () => acme.admin.get(`/sign-on/providers/${nordwind.id}/provisioning`),
    }
    await idp.get('/Users')
    await acme.admin.get('/shell')
    const forget = ['join', 'ungroup', 'remove']
    for (const [name, deed] of Object.entries(deeds)) {
      await idp.get('/ServiceProviderConfig')
      expect(await platform.statements(deed), name).toBeLessThan(forget.includes(name) ? 12 : 10)
    }
  })
})
