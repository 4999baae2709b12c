import { Ability, type RawRuleOf } from '@casl/ability'
import type { Filter, RoleGrant, RoleTemplate } from '@plinth/sdk'
import { kernelPermissions } from './kernel-permissions.ts'
import { operatorGrants } from './operator-grants.ts'
import { matchesPermission } from './match-permission.ts'

export type AccessAbility = Ability<[string, string], Filter>

/** What the rights of one actor follow from. */
export interface AccessSource {
  readonly actorId: string | null
  /** Role ids given to the actor. */
  readonly roles: readonly string[]
  /** Permissions given directly, to keys. */
  readonly permissions: readonly string[]
  readonly isMember: boolean
  /** What a program was given, wildcards allowed: it may do what each of the lists covers, of what the rest permits. */
  readonly bounds?: readonly (readonly string[])[] | undefined
  /** Set for operators who have been let in. */
  readonly operator?: { readonly write: boolean } | undefined
  /** Permissions of the plugins enabled in the tenant. */
  readonly catalogue: ReadonlySet<string>
  /** Role templates of the plugins enabled in the tenant, by full id `<plugin>.<role>`. */
  readonly templates: ReadonlyMap<string, RoleTemplate>
  /** The tenant's own roles. */
  readonly customRoles: ReadonlyMap<
    string,
    { readonly grants: readonly (string | RoleGrant)[]; readonly inherits: readonly string[] }
  >
}

/** Rights of a tenant's administrator. */
const ADMIN_ROLE = 'admin'

/**
 * Builds the CASL ability: every permission of the catalogue that a grant covers becomes a rule on `<plugin>.<entity>`, with the
 * grant's condition. A permission that no enabled plugin declares gives nothing.
 */
export function buildAbility(source: AccessSource): AccessAbility {
  const rules: RawRuleOf<AccessAbility>[] = []
  const { bounds = [] } = source
  const permissions = [...kernelPermissions, ...source.catalogue].filter((id) =>
    bounds.every((bound) => bound.some((granted) => matchesPermission(granted, id))),
  )
  const grants = source.operator ? operatorGrants(permissions, source.operator.write) : grantsOf(source)
  for (const grant of grants) {
    const { permission, condition, fields }: RoleGrant =
      typeof grant === 'string' ? { permission: grant } : grant
    for (const id of permissions) {
      if (!matchesPermission(permission, id)) continue
      const { subject, action } = splitPermission(id)
      rules.push({
        action,
        subject,
        ...(condition ? { conditions: bindActor(condition, source.actorId) } : {}),
        ...(fields ? { fields: [...fields] } : {}),
      })
    }
  }
  return new Ability<[string, string], Filter>(rules, {
    anyAction: '*',
    anySubjectType: '*',
    // Rows are judged by the database alone, through the filter compiler, so that lists and single reads cannot differ.
    conditionsMatcher: () => () => {
      throw new Error('Conditions are compiled to SQL, never matched in memory')
    },
    fieldMatcher: (fields) => (field) => fields.includes(field),
  })
}

/** `backoffice.crm.customer.read` → subject `crm.customer`, action `read` */
export function splitPermission(id: string): { subject: string; action: string } {
  const [, plugin, entity, ...action] = id.split('.')
  return { subject: `${plugin}.${entity}`, action: action.join('.') }
}

function grantsOf(source: AccessSource): (string | RoleGrant)[] {
  const grants: (string | RoleGrant)[] = [...source.permissions]
  // Colleagues know each other's names; records say who made them.
  if (source.isMember) grants.push('platform.kernel.member.read')
  if (source.isMember)
    for (const template of source.templates.values())
      if (template.everyMember) grants.push(...template.grants)
  const visited = new Set<string>()
  const visit = (role: string): void => {
    if (visited.has(role)) return
    visited.add(role)
    if (role === ADMIN_ROLE) grants.push('*')
    grants.push(...(source.templates.get(role)?.grants ?? []))
    const custom = source.customRoles.get(role)
    grants.push(...(custom?.grants ?? []))
    for (const inherited of custom?.inherits ?? []) visit(inherited)
  }
  for (const role of source.roles) visit(role)
  return grants
}

/** Puts the acting member in place of `$actor.id`. Without one, nothing may match: an id that cannot exist. */
export function bindActor(condition: Filter, actorId: string | null): Filter {
  const text = JSON.stringify(condition).replaceAll(
    '"$actor.id"',
    JSON.stringify(actorId ?? '00000000-0000-0000-0000-000000000000'),
  )
  return JSON.parse(text) as Filter
}
