import { Ability, type RawRuleOf } from '@casl/ability'
import type { Filter } from '@plinth/sdk'
import { inTimeZone, isRelativeTime } from '../data/index.ts'
import type { PassedOn } from '../identity/index.ts'
import { within } from './covers.ts'
import { kernelPermissions } from './kernel-permissions.ts'
import { grantsPassedOn } from './passed-on.ts'
import { operatorGrants } from './operator-grants.ts'
import { grantCovers } from './match-permission.ts'
import { traceMembership, traceRoles, type KnownRoles, type TracedGrant } from './trace-grants.ts'

export type AccessAbility = Ability<[string, string], Filter>

/** What the rights of one actor follow from. */
export interface AccessSource extends KnownRoles {
  readonly actorId: string | null
  /** Role ids given to the actor. */
  readonly roles: readonly string[]
  /** Permissions given directly, to keys. */
  readonly permissions: readonly string[]
  readonly isMember: boolean
  /** What a program was given, wildcards allowed: it may do what each of the lists covers, of what the rest permits. */
  readonly bounds?: readonly (readonly string[])[] | undefined
  /** What others have passed on to the actor and is good at this moment. */
  readonly passedOn?: readonly PassedOn[]
  /** Set for operators who have been let in. */
  readonly operator?: { readonly write: boolean } | undefined
  /** IANA name of the tenant's time zone. */
  readonly timeZone: string
  /** Permissions of the plugins enabled in the tenant. */
  readonly catalogue: ReadonlySet<string>
}

/**
 * Builds the CASL ability: every permission of the catalogue that a grant covers becomes a rule on `<plugin>.<entity>`, with the
 * grant's condition. A permission that no enabled plugin declares gives nothing.
 */
export function buildAbility(source: AccessSource): AccessAbility {
  const rules: RawRuleOf<AccessAbility>[] = []
  const permissions = [...kernelPermissions, ...source.catalogue]
  for (const grant of grantsOf(source)) {
    const { condition, fields } = grant
    for (const id of permissions) {
      if (!grantCovers(grant, id)) continue
      const { subject, action } = splitPermission(id)
      rules.push({
        action,
        subject,
        ...(condition
          ? { conditions: bindCondition(condition, boundTo(grant, source.actorId), source.timeZone) }
          : {}),
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

/** Everything granted to the actor, within the bounds of a program, and by which roles. */
export function grantsOf(source: AccessSource): TracedGrant[] {
  if (source.operator)
    return operatorGrants([...kernelPermissions, ...source.catalogue], source.operator.write).map(
      (permission) => ({ permission, via: [] }),
    )
  const grants = [
    ...source.permissions.map((permission) => ({ permission, via: [] })),
    ...(source.isMember ? traceMembership(source) : []),
    ...traceRoles(source.roles, source),
  ]
  return [
    ...(source.bounds ?? []).reduce<TracedGrant[]>(within, grants),
    ...(source.passedOn ?? []).flatMap((each) => grantsPassedOn(each, source)),
  ]
}

/** Whom `$actor.id` stands for in the condition of a grant: who has it, or who has passed it on. */
export function boundTo(
  { delegation }: Pick<TracedGrant, 'delegation'>,
  actorId: string | null,
): string | null {
  return delegation?.giver.id ?? actorId
}

/**
 * Puts the acting member in place of `$actor.id`, and says where days begin that times relative to now count from. Without a member nothing
 * may match: an id that cannot exist.
 *
 * @param timeZone IANA name
 */
export function bindCondition(condition: Filter, actorId: string | null, timeZone: string): Filter {
  const actor = actorId ?? '00000000-0000-0000-0000-000000000000'
  const bind = (value: unknown): unknown => {
    if (value === '$actor.id') return actor
    if (typeof value === 'string' && isRelativeTime(value)) return inTimeZone(value, timeZone)
    if (Array.isArray(value)) return value.map(bind)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bind(inner)]))
  }
  return bind(condition) as Filter
}
