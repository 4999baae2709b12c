import type { GrantDelegation, RoleGrant, RoleTemplate } from '@plinth/sdk'

/** A role as far as rights follow from it. */
export interface RoleRights {
  readonly grants: readonly (string | RoleGrant)[]
  readonly inherits: readonly string[]
  /** Grants that give nothing as the plugins are now, and would again with another version of one. */
  readonly idle?: readonly RoleGrant[]
}

/** The roles there are in a tenant. */
export interface KnownRoles {
  /** Role templates of the plugins enabled in the tenant, by full id `<plugin>.<role>`. */
  readonly templates: ReadonlyMap<string, RoleTemplate>
  /** The tenant's own roles. */
  readonly customRoles: ReadonlyMap<string, RoleRights>
}

/** A grant with the roles it comes by. */
export interface TracedGrant extends RoleGrant {
  /** Ids of roles: first the one that was given, each next one inherited by the one before, last the one with the grant. None for what was given directly. */
  readonly via: readonly string[]
  /** Where somebody has passed it on: which delegation, who, and until when. Its condition is about them. */
  readonly delegation?: GrantDelegation
}

/** The role of a tenant's administrators, with every right there is. */
export const ADMIN_ROLE = 'admin'

/** The role every member has. */
export const MEMBER_ROLE = 'member'

/** Colleagues know each other's names; records say who made them. */
export const MEMBER_GRANTS = ['platform.kernel.member.read'] as const

/** The grants of roles and of all they inherit, each once, by the shortest way. Circles end where they close. */
export function traceRoles(roles: Iterable<string>, { templates, customRoles }: KnownRoles): TracedGrant[] {
  const found: TracedGrant[] = []
  const visited = new Set<string>()
  const ahead = [...roles].map((role) => [role])
  for (const via of ahead) {
    const role = via.at(-1)!
    if (visited.has(role)) continue
    visited.add(role)
    const grants = (list: readonly (string | RoleGrant)[]) =>
      found.push(
        ...list.map((grant) => ({ ...(typeof grant === 'string' ? { permission: grant } : grant), via })),
      )
    if (role === ADMIN_ROLE) grants(['*'])
    grants(templates.get(role)?.grants ?? [])
    const custom = customRoles.get(role)
    grants(custom?.grants ?? [])
    ahead.push(...(custom?.inherits ?? []).map((inherited) => [...via, inherited]))
  }
  return found
}

/**
 * The same, with what may come by these roles later: by grants that give nothing at present, and by roles of plugins that are off, of which
 * nobody knows what they will give. What somebody passes on, they must hold of that, too.
 */
export function traceLasting(roles: Iterable<string>, known: KnownRoles): TracedGrant[] {
  const { templates, customRoles } = known
  const lasting = new Map(
    [...customRoles].map(([id, { grants, inherits, idle = [] }]) => [
      id,
      { grants: [...grants, ...idle], inherits },
    ]),
  )
  const asleep = [...lasting.values()]
    .flatMap(({ inherits }) => inherits)
    .filter((id) => id.includes('.') && !templates.has(id))
  for (const id of asleep) lasting.set(id, { grants: ['*'], inherits: [] })
  return traceRoles(roles, { templates, customRoles: lasting })
}

/** What every member has without being given it: of the platform, and of plugins. */
export function traceMembership({ templates }: Pick<KnownRoles, 'templates'>): TracedGrant[] {
  const common = [...templates].filter(([, template]) => template.everyMember)
  return [
    ...MEMBER_GRANTS.map((permission) => ({ permission, via: [MEMBER_ROLE] })),
    ...common.flatMap(([id, { grants }]) =>
      grants.map((grant) => ({
        ...(typeof grant === 'string' ? { permission: grant } : grant),
        via: [MEMBER_ROLE, id],
      })),
    ),
  ]
}
