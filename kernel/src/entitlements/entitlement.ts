import { tierIncludes, type Tier } from '@plinth/sdk'
import { Failure } from '../errors.ts'

/** What a tenant's tier says about something, and why. */
export interface Entitlement {
  readonly allowed: boolean
  /** Lowest tier that allows it. */
  readonly tier: Tier
}

/** The one place that decides whether a tenant's tier permits a plugin. */
export function entitlementOf(tenant: { readonly tier: Tier }, plugin: { readonly tier: Tier }): Entitlement {
  return { allowed: tierIncludes(tenant.tier, plugin.tier), tier: plugin.tier }
}

/** @throws Failure `tier_required` with the tier that is needed */
export function requireEntitlement(tenant: { readonly tier: Tier }, plugin: { readonly tier: Tier }): void {
  const { allowed, tier } = entitlementOf(tenant, plugin)
  if (!allowed)
    throw new Failure('tier_required', {
      detail: `The tier ${tier} is needed; this workspace has ${tenant.tier}.`,
      extensions: { tier },
    })
}
