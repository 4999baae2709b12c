/**
 * Whether a granted permission covers a wanted one. `*` covers all, a trailing `.*` everything below the prefix; a wildcard anywhere
 * else means nothing.
 */
export function matchesPermission(granted: string, wanted: string): boolean {
  if (granted === '*' || granted === wanted) return true
  return granted.endsWith('.*') && wanted.startsWith(granted.slice(0, -1))
}
