import type { RoleRights } from '../access/index.ts'

type Graph = ReadonlyMap<string, Pick<RoleRights, 'inherits'>>

/** Whether a role inherits itself, by whatever way. */
export function isCircular(roles: Graph, id: string): boolean {
  return ancestorsOf(roles, id).has(id)
}

/** All roles a role inherits, and what those inherit. */
function ancestorsOf(roles: Graph, id: string): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (role: string): void => {
    for (const inherited of roles.get(role)?.inherits ?? [])
      if (!found.has(inherited)) {
        found.add(inherited)
        visit(inherited)
      }
  }
  visit(id)
  return found
}

/** The role and all that inherit it, each with the way to it: that role first, the wanted one last. */
export function heirsOf(roles: Graph, id: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>([[id, [id]]])
  // A map goes on to what is added while it is gone through: the nearest come first.
  for (const [role, way] of found)
    for (const [heir, { inherits }] of roles)
      if (inherits.includes(role) && !found.has(heir)) found.set(heir, [heir, ...way])
  return found
}
