import { describe, expect, test } from 'vitest'
import { GROUP_ATTRIBUTES } from './group-resource.ts'
import { applyPatch, type Attributes } from './patch.ts'
import { USER_ATTRIBUTES } from './user-resource.ts'

const user = () => ({
  userName: 'ada',
  name: { givenName: 'Ada' },
  emails: [{ value: 'ada@acme.example', type: 'work', primary: true }],
  active: true,
})

function patched(
  operations: readonly unknown[],
  resource: object = user(),
  attributes: Attributes = USER_ATTRIBUTES,
) {
  return applyPatch(resource as Record<string, unknown>, { Operations: operations }, attributes)
}

describe('a message that changes a user', () => {
  test.each([
    ['adds', { op: 'add', path: 'displayName', value: 'Ada L' }, { displayName: 'Ada L' }],
    ['replaces, whatever the case', { op: 'Replace', path: 'USERNAME', value: 'b' }, { userName: 'b' }],
    [
      'names the schema',
      { op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:name.givenName', value: 'B' },
      { name: { givenName: 'B' } },
    ],
    ['removes', { op: 'remove', path: 'name.givenName' }, { name: {} }],
    ['takes null for removing', { op: 'replace', path: 'name', value: null }, { name: undefined }],
    [
      'adds parts to parts',
      { op: 'add', path: 'name', value: { familyName: 'L' } },
      { name: { givenName: 'Ada', familyName: 'L' } },
    ],
    [
      'has no path',
      { op: 'replace', value: { active: false, displayName: 'X' } },
      { active: false, displayName: 'X' },
    ],
    [
      'has paths as names (Entra)',
      { op: 'Replace', value: { 'name.givenName': 'B', active: 'False' } },
      { name: { givenName: 'B' }, active: 'False' },
    ],
    [
      'finds one of several',
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@acme.example' },
      { emails: [{ value: 'b@acme.example', type: 'work', primary: true }] },
    ],
    [
      'makes what is not there yet (Entra)',
      { op: 'Add', path: 'emails[type eq "home"].value', value: 'h@acme.example' },
      { emails: [...user().emails, { type: 'home', value: 'h@acme.example' }] },
    ],
    ['removes one of several', { op: 'remove', path: 'emails[value sw "ada@"]' }, { emails: [] }],
    ['says what is not kept', { op: 'add', path: 'roles', value: [{ value: 'admin' }] }, {}],
    [
      'says what is not kept in an extension',
      {
        op: 'add',
        path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
        value: 'x',
      },
      {},
    ],
    [
      'says what objects have',
      { op: 'add', value: { __proto__: { admin: true }, constructor: 1, password: 'x' } },
      {},
    ],
  ])('%s', (_, operation, expected) => {
    expect(patched([operation])).toEqual({ ...user(), ...expected })
  })

  test('leaves what it was given as it is', () => {
    const before = user()
    patched([{ op: 'replace', path: 'name.givenName', value: 'B' }], before)
    expect(before).toEqual(user())
  })

  test.each([
    ['nothing', [], 'invalidSyntax'],
    [
      'too much',
      Array.from({ length: 1_001 }, () => ({ op: 'add', path: 'active', value: true })),
      'invalidSyntax',
    ],
    ['what is no operation', [{ op: 'move', path: 'active' }], 'invalidSyntax'],
    ['removing nothing', [{ op: 'remove' }], 'noTarget'],
    ['a path that is none', [{ op: 'add', path: 'emails[', value: 1 }], 'invalidPath'],
    ['a filter that is none', [{ op: 'add', path: 'emails[type is 1].value', value: 1 }], 'invalidPath'],
    [
      'a filter where there is one value',
      [{ op: 'add', path: 'active[value eq "x"]', value: 1 }],
      'invalidPath',
    ],
    ['the id', [{ op: 'replace', path: 'id', value: 'x' }], 'mutability'],
    ['groups', [{ op: 'add', path: 'groups', value: [{ value: 'x' }] }], 'mutability'],
    ['a text instead of parts', [{ op: 'add', path: 'name', value: 'x' }], 'invalidValue'],
    ['no object', [{ op: 'add', value: 'x' }], 'invalidValue'],
  ])('is refused when it says %s', (_, operations, scimType) => {
    expect(() => patched(operations)).toThrow(expect.objectContaining({ status: 400, scimType }))
  })
})

describe('a message that changes a group', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((value) => ({ value }))
  const group = { displayName: 'G', members: [a, b] }
  const membersAfter = (...operations: unknown[]) => patched(operations, group, GROUP_ATTRIBUTES)['members']

  test('adds members, each once', () => {
    expect(membersAfter({ op: 'add', path: 'members', value: [b, c] })).toEqual([a, b, c])
    expect(membersAfter({ op: 'Add', path: 'members', value: c })).toEqual([a, b, c])
  })

  test('removes one, several, or all', () => {
    expect(membersAfter({ op: 'remove', path: 'members[value eq "a"]' })).toEqual([b])
    expect(membersAfter({ op: 'Remove', path: 'members', value: [a] })).toEqual([b])
    expect(membersAfter({ op: 'remove', path: 'members' })).toEqual([])
  })

  test('replaces all of them', () => {
    expect(membersAfter({ op: 'replace', path: 'members', value: [c] })).toEqual([c])
  })

  test('may say the id along with a new name (Okta)', () => {
    const operations = [{ op: 'replace', value: { id: 'x', displayName: 'H' } }]
    expect(patched(operations, group, GROUP_ATTRIBUTES)).toEqual({ ...group, displayName: 'H' })
  })
})
