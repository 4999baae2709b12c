import { isDeepStrictEqual } from 'node:util'
import type { ProblemError } from '@plinth/sdk'
import {
  ADMIN_ROLE,
  firstBeyond,
  MEMBER_ROLE,
  traceLasting,
  type KnownRoles,
  type RoleRights,
  type TracedGrant,
} from '../access/index.ts'
import { Failure } from '../errors.ts'
import { grantFaults, type PluginView } from '../plugins/index.ts'
import type { WantedRole } from './read-role.ts'
import { isCircular } from './role-graph.ts'
import type { StoredRole } from './stored-role.ts'

/** Roles of the platform itself: nobody makes another of that name, or inherits one. */
export const SYSTEM_ROLES: readonly string[] = [ADMIN_ROLE, MEMBER_ROLE]

/**
 * Checks what a role grants and inherits against what there is. What stood there before may stay, though its plugin is off by now.
 *
 * @throws Failure `validation_failed`
 */
export function checkRole(
  view: PluginView,
  roles: ReadonlyMap<string, StoredRole>,
  wanted: WantedRole & { readonly id: string },
): void {
  const before = roles.get(wanted.id)
  const errors: ProblemError[] = []
  for (const [index, grant] of wanted.grants.entries()) {
    if (before?.grants.some((each) => isDeepStrictEqual(each, grant))) continue
    const found = grantFaults(
      view,
      typeof grant === 'string' ? { permission: grant } : grant,
      `/grants/${index}`,
    )
    // A plain text is the permission itself.
    errors.push(
      ...found.map((error) =>
        typeof grant === 'string'
          ? { ...error, pointer: error.pointer.replace(/\/permission$/u, '') }
          : error,
      ),
    )
  }
  for (const [index, id] of wanted.inherits.entries()) {
    const fault = inheritanceFault(view, roles, wanted, id)
    if (fault && !(before?.inherits.includes(id) && fault[0] === 'unknown'))
      errors.push({ pointer: `/inherits/${index}`, code: fault[0], detail: fault[1] })
  }
  if (errors.length > 0) throw new Failure('validation_failed', { errors })
}

function inheritanceFault(
  view: PluginView,
  roles: ReadonlyMap<string, StoredRole>,
  wanted: { readonly id: string },
  id: string,
): readonly [code: string, detail: string] | undefined {
  if (SYSTEM_ROLES.includes(id)) return ['system', 'Roles of the platform are given, not inherited.']
  if (id === wanted.id) return ['cycle', 'A role cannot inherit itself.']
  if (!roles.has(id) && !view.roles.has(id)) return ['unknown', 'There is no such role.']
  const alone = new Map<string, { readonly inherits: readonly string[] }>(roles)
  alone.set(wanted.id, { inherits: [id] })
  return isCircular(alone, wanted.id) ? ['cycle', 'That role inherits this one already.'] : undefined
}

/** What the roles with these ids give or may give later, as the workspace's roles are or would be. */
export function rightsOf(
  ids: readonly string[],
  view: PluginView,
  customRoles: ReadonlyMap<string, RoleRights>,
): TracedGrant[] {
  const known: KnownRoles = { templates: view.roles, customRoles }
  return traceLasting(ids, known)
}

/** Nobody grants what they do not hold. @throws Failure `permission_missing`, naming what is missing */
export function requireHeld(held: readonly TracedGrant[], wanted: readonly TracedGrant[]): void {
  const permission = firstBeyond(held, wanted)
  if (permission !== undefined) throw new Failure('permission_missing', { extensions: { permission } })
}
