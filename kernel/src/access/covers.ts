import type { RoleGrant } from '@plinth/sdk'

/**
 * Whether those who hold some grants may pass a permission on, or a prefix of permissions: they hold it themselves for every record and
 * field. A prefix must be held as such, since it goes on to cover what plugins bring that are enabled later.
 *
 * @param wanted a permission, or a prefix that ends in `.*`, or `*`
 */
export function covers(held: readonly RoleGrant[], wanted: string): boolean {
  return held.some(
    ({ permission, condition, fields }) =>
      condition === undefined && fields === undefined && includes(permission, wanted),
  )
}

/** What of some grants lies within a bound: of a grant and a prefix, the narrower one. */
export function within<G extends RoleGrant>(grants: readonly G[], bound: readonly string[]): G[] {
  return grants.flatMap((grant) =>
    bound.flatMap((permission) =>
      includes(permission, grant.permission)
        ? [grant]
        : includes(grant.permission, permission)
          ? [{ ...grant, permission }]
          : [],
    ),
  )
}

/** Whether a permission or prefix includes another permission or prefix. */
function includes(outer: string, inner: string): boolean {
  return outer === '*' || outer === inner || (outer.endsWith('.*') && inner.startsWith(outer.slice(0, -1)))
}

/** The first permission of the wanted ones that may not be passed on; undefined where all may. */
export function firstBeyond(held: readonly RoleGrant[], wanted: Iterable<RoleGrant>): string | undefined {
  for (const { permission } of wanted) if (!covers(held, permission)) return permission
  return undefined
}
