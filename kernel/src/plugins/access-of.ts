import { Access, buildAbility, grantsOf, type AccessSource, type TracedGrant } from '../access/index.ts'
import type { Identity } from '../identity/index.ts'
import type { TenantPlugins } from './tenant-plugins.ts'

/** Rights last as long as both who has them and what they follow from; a notice replaces either object. */
const accessCache = new WeakMap<Identity, { readonly plugins: TenantPlugins; readonly access: Access }>()

/** What someone may do with the plugins that are on. */
export function accessOf(identity: Identity, plugins: TenantPlugins): Access {
  const known = accessCache.get(identity)
  if (known?.plugins === plugins) return known.access
  const access = new Access(buildAbility(sourceOf(identity, plugins)))
  accessCache.set(identity, { plugins, access })
  return access
}

/** What has been granted to someone, and by which roles. */
export function heldBy(identity: Identity, plugins: TenantPlugins): TracedGrant[] {
  return grantsOf(sourceOf(identity, plugins))
}

function sourceOf(identity: Identity, plugins: TenantPlugins): AccessSource {
  return {
    actorId: identity.behalfOf ?? identity.actor.id,
    roles: identity.roles,
    permissions: identity.permissions,
    isMember: identity.member !== undefined || identity.behalfOf !== undefined,
    bounds: identity.bounds,
    operator: identity.operator,
    catalogue: plugins.view.permissions,
    templates: plugins.view.roles,
    customRoles: plugins.customRoles,
  }
}
