import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bootScim } from './scim-world.ts'

const world = await bootScim()
const { idp, platform } = world
afterAll(() => platform.stop())

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
const names = async (query: string): Promise<string[]> =>
  (await idp.get(`/Users?${query}`)).body.Resources.map(({ userName }: { userName: string }) => userName)

beforeAll(async () => {
  for (const [userName, familyName] of [
    ['ben@acme.example', 'Öztürk'],
    ['Ada@acme.example', 'zuse'],
    ['cy@acme.example', 'Adler'],
    ['dee@acme.example', undefined],
  ])
    await idp.add(userName!, { name: familyName === undefined ? {} : { givenName: 'X', familyName } })
  for (const name of ['Beta', 'alpha']) await idp.group(name)
})

describe('a list', () => {
  test.each([
    ['sortBy=userName', ['Ada', 'ben', 'cy', 'dee']],
    ['sortBy=USERNAME&sortOrder=Descending', ['dee', 'cy', 'ben', 'Ada']],
    ['sortBy=name.familyName', ['cy', 'ben', 'Ada', 'dee']],
    [`sortBy=${CORE}:name.familyName&sortOrder=descending`, ['dee', 'Ada', 'ben', 'cy']],
    ['sortBy=emails&sortOrder=descending', ['dee', 'cy', 'ben', 'Ada']],
    ['sortBy=meta.created', ['ben', 'Ada', 'cy', 'dee']],
    ['sortBy=active&count=2', ['ben', 'Ada']],
    ['sortBy=userName&startIndex=3&count=1', ['cy']],
    ['sortOrder=descending', ['ben', 'Ada', 'cy', 'dee']],
    [`sortBy=userName&filter=${encodeURIComponent('name pr or name.familyName pr')}`, null],
    [
      `sortBy=userName&sortOrder=descending&filter=${encodeURIComponent('name.familyName pr')}`,
      ['cy', 'ben', 'Ada'],
    ],
  ])('is sorted: %s', async (query, expected) => {
    if (expected === null) expect((await idp.get(`/Users?${query}`)).status).toBe(400)
    else expect(await names(query)).toEqual(expected.map((each) => `${each}@acme.example`))
  })

  test('of groups is sorted', async () => {
    const { Resources } = (await idp.get('/Groups?sortBy=displayName')).body
    expect(Resources.map(({ displayName }: { displayName: string }) => displayName)).toEqual([
      'alpha',
      'Beta',
    ])
  })

  test.each([
    ['sortBy=groups', 'invalidPath'],
    ['sortBy=groups.display', 'invalidPath'],
    ['sortBy=password', 'invalidPath'],
    ['sortBy=constructor', 'invalidPath'],
    [`sortBy=${encodeURIComponent('u.user_key; DROP TABLE plinth.member')}`, 'invalidPath'],
    ['sortBy=userName&sortOrder=sideways', 'invalidValue'],
  ])('is not sorted by what it cannot be: %s', async (query, scimType) => {
    const { status, body } = await idp.get(`/Users?${query}`)
    expect([status, body.scimType]).toEqual([400, scimType])
  })

  test('is said to be sortable', async () => {
    expect((await idp.get('/ServiceProviderConfig')).body.sort).toEqual({ supported: true })
  })
})

describe('of a resource', () => {
  const first = async (query: string) =>
    (await idp.get(`/Users?filter=${encodeURIComponent('userName eq "cy@acme.example"')}&${query}`)).body
      .Resources[0]

  test.each([
    [
      'attributes=name.familyName,emails.value',
      { name: { familyName: 'Adler' }, emails: [{ value: 'cy@acme.example' }] },
    ],
    ['attributes=userName&attributes=active', { userName: 'cy@acme.example', active: true }],
    [`attributes=${CORE}:name.givenName`, { name: { givenName: 'X' } }],
    ['attributes=name,name.givenName', { name: { givenName: 'X', familyName: 'Adler' } }],
    ['attributes=name,emails&excludedAttributes=emails,name.familyName', { name: { givenName: 'X' } }],
    ['attributes=nothing.of.this', {}],
  ])('only these are answered: %s', async (query, expected) => {
    const { id, schemas, ...rest } = await first(query)
    expect([typeof id, schemas]).toEqual(['string', [CORE]])
    expect(rest).toEqual(expected)
  })

  test('what is left out is, and no more: neither id nor schemas', async () => {
    const left = await first('excludedAttributes=id,schemas,meta,emails.type,emails.primary,groups')
    expect(left).toMatchObject({ schemas: [CORE], emails: [{ value: 'cy@acme.example' }], active: true })
    expect(Object.keys(left)).not.toContain('meta')
    expect(left.emails[0]).toEqual({ value: 'cy@acme.example' })
  })

  test('members are asked for only where some part of them is', async () => {
    const id = await idp.group('Gamma', await idp.add('eve@acme.example'))
    const group = async (query: string) => (await idp.get(`/Groups/${id}?${query}`)).body
    expect((await group('attributes=members.value')).members[0]).toEqual({ value: expect.any(String) })
    expect(await group('excludedAttributes=members')).not.toHaveProperty('members')
    expect((await group('excludedAttributes=members.display,members.$ref')).members[0]).toEqual({
      value: expect.any(String),
      type: 'User',
    })
  })
})
