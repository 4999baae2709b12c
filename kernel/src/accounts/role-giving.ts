import { covers, firstBeyond, kernelPermissions, traceLasting, type TracedGrant } from '../access/index.ts'
import { Failure, invalid } from '../errors.ts'
import { activeAt, type Identity } from '../identity/index.ts'
import { grantedTo, heldBy, type TenantPlugins } from '../plugins/index.ts'

/** Everyone has it, and nobody gives it. */
const COMMON_ROLE = 'member'

const ADMIN_ROLE = 'admin'

/** Someone who gives roles to others, and takes them. */
export interface Giver {
  /** Whose own rights must not be changed by this: the member, or the one a program acts for. */
  readonly memberId: string | null
  readonly roles: readonly string[]
  readonly plugins: TenantPlugins
  /** What has been granted to them. */
  readonly held: readonly TracedGrant[]
}

/** Who asks, as one who gives roles. */
export function giverOf(identity: Identity, plugins: TenantPlugins): Giver {
  const memberId = identity.member?.id ?? identity.behalfOf ?? null
  return { memberId, roles: identity.roles, plugins, held: heldBy(identity, plugins) }
}

/** Roles a member can have in this workspace, beyond the one everyone has. */
export function knownRoles({ view, customRoles }: TenantPlugins): string[] {
  return [ADMIN_ROLE, ...view.roles.keys(), ...customRoles.keys()].filter((role) => role !== COMMON_ROLE)
}

/** Whether a role grants nothing that the giver lacks, for every record and field, and whatever plugins are enabled later. */
export function mayGive({ roles, plugins, held }: Giver, role: string): boolean {
  // What it holds grows with every plugin.
  if (role === ADMIN_ROLE && !roles.includes(ADMIN_ROLE)) return false
  const { view, customRoles } = plugins
  return firstBeyond(held, traceLasting([role], { templates: view.roles, customRoles })) === undefined
}

/** Whether a role can be passed on for a while: it is the giver's own, or gives nothing they lack. */
export function mayPassOn(giver: Giver, role: string): boolean {
  return giver.roles.includes(role) || mayGive(giver, role)
}

/** Checks roles that are to be passed on for a while. @throws Failure `validation_failed` | `permission_missing` */
export function checkPassable(giver: Giver, roles: readonly string[]): void {
  const known = new Set(knownRoles(giver.plugins))
  for (const [index, role] of roles.entries()) {
    if (!known.has(role)) throw invalid(`/roles/${index}`, 'unknown', 'There is no such role.')
    if (!mayPassOn(giver, role)) throw beyond(giver, role, 'platform.kernel.delegation.give')
  }
}

/**
 * Checks roles that are to be given.
 *
 * @throws Failure `validation_failed` for a role that is not there | `permission_missing` for one that holds more than the giver
 */
export function checkRoles(giver: Giver, roles: readonly string[], pointer = '/roles'): void {
  const known = new Set(knownRoles(giver.plugins))
  for (const [index, role] of roles.entries()) {
    if (role === COMMON_ROLE) continue
    if (!known.has(role)) throw invalid(`${pointer}/${index}`, 'unknown', 'There is no such role.')
    if (!mayGive(giver, role)) throw beyond(giver, role)
  }
}

/** Checks that what a member has is within what the giver has: else whoever may manage members could unseat those above them. */
export function checkReach(giver: Giver, roles: readonly string[]): void {
  const known = new Set(knownRoles(giver.plugins))
  for (const role of roles) if (known.has(role) && !mayGive(giver, role)) throw beyond(giver, role)
}

/** The same for all a member has at this moment, with what others have passed on to them. @throws Failure `permission_missing` */
export function checkWholeReach(giver: Giver, { roles, passedOn = [] }: Identity): void {
  checkReach(giver, [...roles, ...activeAt(passedOn, Date.now()).flatMap((each) => each.roles)])
}

/**
 * Checks that whoever could act as a member would gain nothing by it: neither by a role everyone has, which may let each see what is
 * theirs, nor by one of a plugin that is not enabled now.
 *
 * @throws Failure `permission_missing`
 */
export function checkTakeover(giver: Giver, found: Identity): void {
  checkWholeReach(giver, found)
  if (giver.roles.includes(ADMIN_ROLE)) return
  const known = new Set([COMMON_ROLE, ...knownRoles(giver.plugins), ...giver.roles])
  for (const role of found.roles) if (!known.has(role)) throw beyond(giver, role)
  const permission = firstBeyond(giver.held, grantedTo(found, giver.plugins))
  if (permission !== undefined) throw new Failure('permission_missing', { extensions: { permission } })
}

/** With the role everyone has, each once. */
export function withCommonRole(roles: readonly string[]): string[] {
  return [...new Set([COMMON_ROLE, ...roles])]
}

/** The refusal of a role that holds more. It names what is missing, so that it can be explained; else what is needed to give roles at all. */
export function beyond(giver: Giver, role: string, otherwise = 'platform.kernel.member.manage'): Failure {
  return new Failure('permission_missing', {
    detail: `The role ${role} holds more than you do.`,
    extensions: { permission: firstMissing(giver, role) ?? otherwise, role },
  })
}

/** The first permission there is now that a role includes and the giver does not hold as such. */
function firstMissing({ plugins: { view, customRoles }, held }: Giver, role: string): string | undefined {
  const granted = traceLasting([role], { templates: view.roles, customRoles }).map(({ permission }) => ({
    permission,
  }))
  return [...kernelPermissions, ...view.permissions].find(
    (each) => covers(granted, each) && !covers(held, each),
  )
}
