import { covers, kernelPermissions, matchesPermission } from '../access/index.ts'
import { Failure, invalid } from '../errors.ts'
import { heldBy } from '../plugins/index.ts'
import type { HttpContext } from './environment.ts'

/** Permissions of the kernel and of the plugins that are on. */
export function knownPermissions(c: HttpContext): readonly string[] {
  return [...kernelPermissions, ...c.get('plugins').view.permissions]
}

/**
 * What a program is to be given: permissions that exist, wildcards at the end, and only such as whoever gives them holds for every record.
 *
 * @param name member of the body they come from
 * @throws Failure `validation_failed` | `permission_missing`
 */
export function readScopes(c: HttpContext, value: unknown, name: string): string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > 200)
    throw invalid(`/${name}`, 'type', 'A list of permissions is needed.')
  const known = knownPermissions(c)
  value.forEach((permission, index) => {
    const covered =
      typeof permission === 'string' ? known.filter((each) => matchesPermission(permission, each)) : []
    if (covered.length === 0) throw invalid(`/${name}/${index}`, 'unknown', 'There is no such permission.')
  })
  requireHeld(c, value as string[])
  return [...new Set(value as string[])]
}

/**
 * Nobody gets hold of what somebody else was given beyond their own rights. What was passed on to them for a while is not theirs to give,
 * and who holds all that a prefix covers today need not hold what it covers when a plugin is added: the prefix itself must be theirs.
 *
 * @throws Failure `permission_missing`
 */
export function requireHeld(c: HttpContext, permissions: readonly string[]): void {
  const held = heldBy(c.get('identity'), c.get('plugins'))
  for (const permission of permissions)
    if (!covers(held, permission)) throw new Failure('permission_missing', { extensions: { permission } })
}
