import type { RoleDocument, RoleGrant, Text } from '@plinth/sdk'
import { ADMIN_ROLE, firstBeyond, MEMBER_GRANTS, MEMBER_ROLE } from '../access/index.ts'
import { isKnown, restrictionFaults } from '../plugins/index.ts'
import { rightsOf } from './check-role.ts'
import type { RoleOrder } from './roles.ts'
import type { StoredRole } from './stored-role.ts'

interface World extends RoleOrder {
  readonly roles: ReadonlyMap<string, StoredRole>
  /** Active members by role. */
  readonly counts: Readonly<Record<string, number>>
}

/** What the roles of the platform are called. */
export const SYSTEM_LABELS: Readonly<Record<string, Text>> = {
  [ADMIN_ROLE]: { en: 'Administrator', de: 'Administrator' },
  [MEMBER_ROLE]: { en: 'Member', de: 'Mitglied' },
}

/** Roles of the platform. */
export function systemRoles(world: World): RoleDocument[] {
  const common = [...world.view.roles].filter(([, role]) => role.everyMember).map(([id]) => id)
  return [
    fixed(world, ADMIN_ROLE, { kind: 'system', grants: ['*'] }),
    fixed(world, MEMBER_ROLE, {
      kind: 'system',
      grants: [...MEMBER_GRANTS],
      inherits: common,
      everyMember: true,
    }),
  ]
}

/** Roles that plugins which are on bring along. */
export function templateRoles(world: World): RoleDocument[] {
  return [...world.view.roles].map(([id, { label, grants, everyMember = false }]) =>
    fixed(world, id, { kind: 'plugin', plugin: id.slice(0, id.indexOf('.')), label, grants, everyMember }),
  )
}

/** A role the workspace has made. */
export function describeOwn(world: World, { id, ...role }: StoredRole): RoleDocument {
  return {
    id,
    kind: 'own',
    plugin: null,
    everyMember: false,
    members: world.counts[id] ?? 0,
    givable: isGivable(world, id),
    idle: role.grants.flatMap((grant, index) => (isIdle(world, grant) ? [index] : [])),
    ...role,
  }
}

function fixed(world: World, id: string, facts: Partial<RoleDocument>): RoleDocument {
  return {
    id,
    kind: 'system',
    plugin: null,
    label: SYSTEM_LABELS[id] ?? { en: id },
    description: '',
    grants: [],
    inherits: [],
    everyMember: false,
    members: world.counts[id] ?? 0,
    givable: isGivable(world, id),
    idle: [],
    version: null,
    ...facts,
  }
}

function isGivable({ held, view, roles }: World, id: string): boolean {
  return firstBeyond(held, rightsOf([id], view, roles)) === undefined
}

function isIdle({ view }: World, grant: string | RoleGrant): boolean {
  const { permission, ...rest } = typeof grant === 'string' ? { permission: grant } : grant
  return !isKnown(view, permission) || restrictionFaults(view, { permission, ...rest }, '').length > 0
}
