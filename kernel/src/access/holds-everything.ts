import type { Access } from './access.ts'
import { kernelPermissions } from './kernel-permissions.ts'

/** Whether someone administers the workspace: holds all there is to hold of the platform itself, by whichever role. */
export function holdsEverything(access: Access): boolean {
  return kernelPermissions.every((permission) => access.holds(permission))
}
