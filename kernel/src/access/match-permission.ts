import type { KernelPermission } from './kernel-permissions.ts'

/** What goes no further than to whom it was given: the rights to lend rights, to write roles, and to look through the eyes of others. */
export const NEVER_LENT: ReadonlySet<string> = new Set<KernelPermission>([
  'platform.kernel.delegation.give',
  'platform.kernel.role.manage',
  'platform.kernel.member.viewAs',
])

/** Whether something granted covers a wanted permission. */
export function grantCovers(
  { permission, delegation }: { readonly permission: string; readonly delegation?: unknown },
  wanted: string,
): boolean {
  return matchesPermission(permission, wanted) && !(delegation !== undefined && NEVER_LENT.has(wanted))
}

/**
 * Whether a granted permission covers a wanted one. `*` covers all, a trailing `.*` everything below the prefix; a wildcard anywhere
 * else means nothing.
 */
export function matchesPermission(granted: string, wanted: string): boolean {
  if (granted === '*' || granted === wanted) return true
  return granted.endsWith('.*') && wanted.startsWith(granted.slice(0, -1))
}
