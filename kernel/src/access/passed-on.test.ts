import fc from 'fast-check'
import type { RoleGrant } from '@plinth/sdk'
import { expect, test } from 'vitest'
import { Access } from './access.ts'
import { buildAbility } from './build-ability.ts'
import { covers } from './covers.ts'
import { holdsEverything } from './holds-everything.ts'
import { grantsPassedOn } from './passed-on.ts'
import { traceRoles, type KnownRoles } from './trace-grants.ts'

const READ = 'a.b.c.read'
const OWN: RoleGrant = { permission: READ, condition: { ownerId: '$actor.id' } }

const delegation = (roles: string[], giverRoles: string[]) => ({
  id: 'd',
  giver: { id: 'g', label: 'Giver' },
  roles,
  giverRoles,
  from: 0,
  until: 1,
})
const world = (roles: Record<string, (string | RoleGrant)[]>): KnownRoles => ({
  templates: new Map(),
  customRoles: new Map(Object.entries(roles).map(([id, grants]) => [id, { grants, inherits: [] }])),
})
const passed = (roles: string[], giverRoles: string[], known: KnownRoles) =>
  grantsPassedOn(delegation(roles, giverRoles), known).map((each) => {
    const { via: _, delegation: __, ...grant } = each
    return grant
  })

test('what was passed on is what giver and role have in common', () => {
  const known = world({
    own: [OWN],
    all: ['a.b.*'],
    other: ['a.bc.*'],
    open: [{ permission: READ, condition: { status: 'open' } }],
  })
  expect(passed(['own'], ['own'], known)).toEqual([OWN])
  expect(passed(['own'], ['all'], known)).toEqual([OWN])
  // The giver has less by now than the role has.
  expect(passed(['all'], ['own'], known)).toEqual([OWN])
  expect(passed(['admin'], ['all'], known)).toEqual([{ permission: 'a.b.*' }])
  expect(passed(['own'], ['open'], known)).toEqual([])
  expect(passed(['all'], ['other'], known)).toEqual([])
  expect(passed(['all'], [], known)).toEqual([])
  expect(passed(['gone'], ['admin'], known)).toEqual([])
})

test('who stands in for an administrator is asked for as much as one, and cannot lend, write or borrow rights', () => {
  const known = world({ most: ['platform.kernel.member.*'] })
  const by = (role: string) =>
    new Access(
      buildAbility({
        ...known,
        actorId: 'r',
        roles: [],
        permissions: [],
        isMember: true,
        passedOn: [delegation([role], [role])],
        timeZone: 'UTC',
        catalogue: new Set(),
      }),
    )
  expect(holdsEverything(by('admin'))).toBe(true)
  expect(holdsEverything(by('most'))).toBe(false)
  expect(by('most').can('platform.kernel.member.manage')).toBe(true)
  for (const permission of [
    'platform.kernel.delegation.give',
    'platform.kernel.role.manage',
    'platform.kernel.member.viewAs',
  ])
    expect(by('admin').can(permission)).toBe(false)
})

const grant: fc.Arbitrary<string | RoleGrant> = fc.oneof(
  fc.constantFrom('*', 'a.*', 'a.b.*', 'a.b.c.*', READ, 'a.b.c.update', 'a.b.d.read', 'ab.c.d.read'),
  fc
    .constantFrom(READ, 'a.b.c.update')
    .chain((permission) =>
      fc.constantFrom<RoleGrant>(
        { permission, condition: { status: 'open' } },
        { permission, condition: { ownerId: '$actor.id' } },
        { permission, fields: ['iban'] },
      ),
    ),
)

test('nobody gets by it what the giver does not hold, whatever the roles are', () => {
  fc.assert(
    fc.property(fc.array(grant, { maxLength: 4 }), fc.array(grant, { maxLength: 4 }), (given, held) => {
      const known = world({ given, held })
      const own = traceRoles(['held'], known)
      for (const { permission, condition, fields } of passed(['given'], ['held'], known)) {
        const isFree = covers(own, permission)
        const isAsNarrow = own.some(
          (each) =>
            covers([{ permission: each.permission }], permission) &&
            JSON.stringify([each.condition, each.fields]) === JSON.stringify([condition, fields]),
        )
        expect(isFree || isAsNarrow).toBe(true)
      }
    }),
  )
})
