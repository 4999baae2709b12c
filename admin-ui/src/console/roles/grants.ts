import type { Filter, PermissionGroup, PermissionSubject, RoleGrant } from '@plinth/sdk'

/*
 * Grants of a role while it is edited. Each permission is granted for all records, for those where a field names the member, or for those
 * that meet another condition.
 */

export type Grant = string | RoleGrant

/** For which records a permission is granted: none, all, those whose field names the member (`own:<field>`), or those that meet conditions. */
export type Reach = 'none' | 'all' | `own:${string}` | 'condition'

const SELF = '$actor.id'

export const permissionOf = (grant: Grant): string => (typeof grant === 'string' ? grant : grant.permission)

/** Whether a prefix grants the permission or prefix for all records. */
export function isIncluded(grants: readonly Grant[], id: string): boolean {
  return grants.some(
    (grant) =>
      typeof grant === 'string' &&
      grant !== id &&
      (grant === '*' || (grant.endsWith('.*') && id.startsWith(grant.slice(0, -1)))),
  )
}

export function reachOf(grants: readonly Grant[], id: string): Reach {
  const own = grants.filter((grant) => permissionOf(grant) === id)
  if (own.includes(id)) return 'all'
  const [first, ...rest] = own
  if (first === undefined || typeof first === 'string') return 'none'
  const [entry, ...further] = Object.entries(first.condition ?? {})
  const isOwn = rest.length === 0 && further.length === 0 && first.fields === undefined && entry?.[1] === SELF
  return isOwn ? `own:${entry[0]}` : 'condition'
}

/** Grants a permission or prefix as far as said, instead of what was granted of it; what a prefix includes need not stand beside it. */
export function withReach(grants: readonly Grant[], id: string, reach: Exclude<Reach, 'condition'>): Grant[] {
  const includes = (each: string): boolean =>
    id === '*' || (id.endsWith('.*') && each.startsWith(id.slice(0, -1)))
  const kept = grants.filter(
    (grant) => permissionOf(grant) !== id && !(reach === 'all' && includes(permissionOf(grant))),
  )
  if (reach === 'none') return kept
  if (reach === 'all') return [...kept, id]
  return [...kept, { permission: id, condition: { [reach.slice('own:'.length)]: SELF } }]
}

/** The conditions of which one must be met for a permission; undefined where it is limited by something else as well. */
export function conditionsOf(grants: readonly Grant[], id: string): readonly Filter[] | undefined {
  const found = grants
    .filter((grant) => permissionOf(grant) === id)
    .map((grant) => (typeof grant === 'string' || grant.fields ? undefined : grant.condition))
  return found.every((each) => each !== undefined) ? found : undefined
}

/** Grants a permission under a condition, instead of what was granted of it. An empty one is refused by the server: it is yet to be written. */
export function withCondition(grants: readonly Grant[], id: string, condition: Filter): Grant[] {
  return [...withReach(grants, id, 'none'), { permission: id, condition }]
}

/** Whether the condition of a grant is yet to be written. */
export function isUnwritten(grant: Grant): boolean {
  return (
    typeof grant !== 'string' && grant.condition !== undefined && Object.keys(grant.condition).length === 0
  )
}

/** What one list of grants or roles has beyond another. */
export function difference<T>(before: readonly T[], after: readonly T[]): { added: T[]; removed: T[] } {
  const beyond = (some: readonly T[], others: readonly T[]): T[] => {
    const known = new Set(others.map((each) => JSON.stringify(each)))
    return some.filter((each) => !known.has(JSON.stringify(each)))
  }
  return { added: beyond(after, before), removed: beyond(before, after) }
}

/** Where a grant belongs: the group and the subject it is about, as far as they are known. */
export function placeOf(
  groups: readonly PermissionGroup[],
  grant: Grant,
): { readonly group?: PermissionGroup; readonly subject?: PermissionSubject } {
  const id = permissionOf(grant)
  for (const group of groups) {
    if (group.prefix === id) return { group }
    for (const subject of group.subjects)
      if (subject.prefix === id || subject.permissions.some((permission) => permission.id === id))
        return { group, subject }
  }
  return {}
}
