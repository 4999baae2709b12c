import type { Access } from './access.ts'
import { kernelPermissions } from './kernel-permissions.ts'
import { NEVER_LENT } from './match-permission.ts'

/** Whether someone administers the workspace, or stands in for who does: holds all that can be lent of the platform itself, by whichever role. */
export function holdsEverything(access: Access): boolean {
  return kernelPermissions.every((permission) => NEVER_LENT.has(permission) || access.holds(permission))
}
