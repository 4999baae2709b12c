import { Access, buildAbility, grantsOf, type AccessSource, type TracedGrant } from '../access/index.ts'
import { activeAt, nextTurn, type Identity } from '../identity/index.ts'
import type { TenantPlugins } from './tenant-plugins.ts'

/** Rights last as long as both who has them and what they follow from; a notice replaces either object. */
const accessCache = new WeakMap<Identity, KnownAccess>()

interface KnownAccess {
  readonly plugins: TenantPlugins
  readonly access: Access
  /** When something that was passed on begins or ends, in milliseconds. */
  readonly until: number | undefined
}

/** What someone may do with the plugins that are on. */
export function accessOf(identity: Identity, plugins: TenantPlugins): Access {
  const known = accessCache.get(identity)
  if (known?.plugins === plugins && (known.until === undefined || Date.now() < known.until))
    return known.access
  const now = Date.now()
  const access = new Access(buildAbility({ ...sourceOf(identity, plugins), ...passedOnAt(identity, now) }))
  accessCache.set(identity, { plugins, access, until: nextTurn(identity.passedOn ?? [], now) })
  return access
}

/** What has been granted to someone themselves, and by which roles: all they could give to others. */
export function heldBy(identity: Identity, plugins: TenantPlugins): TracedGrant[] {
  return grantsOf(sourceOf(identity, plugins))
}

/** All someone has at this moment, what was passed on to them too. */
export function grantedTo(identity: Identity, plugins: TenantPlugins): TracedGrant[] {
  return grantsOf({ ...sourceOf(identity, plugins), ...passedOnAt(identity, Date.now()) })
}

function passedOnAt({ passedOn }: Identity, now: number): Pick<AccessSource, 'passedOn'> {
  return passedOn ? { passedOn: activeAt(passedOn, now) } : {}
}

function sourceOf(identity: Identity, plugins: TenantPlugins): AccessSource {
  return {
    actorId: identity.behalfOf ?? identity.actor.id,
    roles: identity.roles,
    permissions: identity.permissions,
    isMember: identity.member !== undefined || identity.behalfOf !== undefined,
    bounds: identity.bounds,
    operator: identity.operator,
    timeZone: plugins.timeZone,
    catalogue: plugins.view.permissions,
    templates: plugins.view.roles,
    customRoles: plugins.customRoles,
  }
}
