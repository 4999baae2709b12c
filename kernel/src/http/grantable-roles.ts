import type { RoleGrant } from '@plinth/sdk'
import { beyond, giverOf, mayGive } from '../accounts/index.ts'
import { matchesPermission } from '../access/index.ts'
import { invalid } from '../errors.ts'
import type { TenantPlugins } from '../plugins/index.ts'
import type { HttpContext } from './environment.ts'

/** Everyone's role, which gives nothing by itself, and that of administrators. */
const SYSTEM_ROLES = ['member', 'admin']

/** Ids of the roles there are in a workspace: the platform's, those of its plugins and its own. */
export function rolesOf({ view, customRoles }: TenantPlugins): string[] {
  return [...SYSTEM_ROLES, ...view.roles.keys(), ...customRoles.keys()]
}

/**
 * Refuses roles that do not exist, and those with rights that who asks does not hold: nobody passes on what they do not have.
 *
 * @param roles with the place in the body each was found at
 * @throws Failure `validation_failed` | `permission_missing`
 */
export function requireGrantable(
  c: HttpContext,
  roles: Iterable<{ readonly role: string; readonly pointer: string }>,
): void {
  const plugins = c.get('plugins')
  const giver = giverOf(c.get('identity'), plugins)
  const known = new Set(rolesOf(plugins))
  for (const { role, pointer } of roles) {
    if (!known.has(role)) throw invalid(pointer, 'unknown', `There is no role "${role}".`)
    if (!mayGive(giver, role)) throw beyond(giver, role, 'platform.kernel.signOn.manage')
  }
}

/** Whether a role, or one it inherits from, is that of administrators or gives as much. */
export function isAdministrative(role: string, plugins: TenantPlugins): boolean {
  return grantsOf(role, plugins).some((grant) => matchesPermission(grant, 'platform.kernel.signOn.manage'))
}

function grantsOf(role: string, plugins: TenantPlugins, visited = new Set<string>()): string[] {
  if (visited.has(role)) return []
  visited.add(role)
  const custom = plugins.customRoles.get(role)
  const grants: readonly (string | RoleGrant)[] = [
    ...(role === 'admin' ? ['*'] : []),
    ...(plugins.view.roles.get(role)?.grants ?? []),
    ...(custom?.grants ?? []),
  ]
  return [
    ...grants.map((grant) => (typeof grant === 'string' ? grant : grant.permission)),
    ...(custom?.inherits ?? []).flatMap((each) => grantsOf(each, plugins, visited)),
  ]
}
