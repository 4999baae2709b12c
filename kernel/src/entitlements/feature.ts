import { createHash } from 'node:crypto'
import { tierIncludes, type FeatureDeclaration, type FeatureState, type Tier } from '@plinth/sdk'

/** How far operators let a feature out. */
export interface Rollout {
  /** Off everywhere, whatever anybody has decided. */
  readonly stopped: boolean
  /** In so many of a hundred tenants; null: by tier. */
  readonly percentage: number | null
}

/** All that a feature's value depends on. */
export interface FeatureQuestion {
  readonly tenant: { readonly id: string; readonly tier: Tier }
  /** Id of the plugin. */
  readonly plugin: string
  /** Lowest tier that may have the plugin. */
  readonly pluginTier: Tier
  readonly feature: Pick<FeatureDeclaration, 'id' | 'tier' | 'default'>
  readonly rollout: Rollout | undefined
  /** What the tenant has decided. */
  readonly override: boolean | null | undefined
}

/** The one place that decides whether a feature is on, and the order in which it is asked who decides. */
export function evaluateFeature(question: FeatureQuestion): FeatureState {
  const { tenant, plugin, pluginTier, feature, rollout, override } = question
  const needed = feature.tier ?? pluginTier
  if (rollout?.stopped) return { on: false, why: 'stopped' }
  if (!tierIncludes(tenant.tier, needed)) return { on: false, why: 'tier', tier: needed }
  if (typeof override === 'boolean') return { on: override, why: 'override' }
  const percentage = rollout?.percentage ?? null
  if (percentage !== null)
    return { on: placeOf(`${plugin}.${feature.id}`, tenant.id) < percentage, why: 'rollout' }
  const byTier = feature.default
  return { on: typeof byTier === 'boolean' ? byTier : byTier[tenant.tier], why: 'default' }
}

/**
 * Where a tenant stands among all as a feature is rolled out, from 0 to below 100. It stays there, so that nobody who has a feature loses it
 * as the percentage grows; and stands elsewhere with each feature, so that it is not always the same who come first.
 */
function placeOf(feature: string, tenantId: string): number {
  const digest = createHash('sha256').update(`${feature}\n${tenantId}`).digest()
  return (digest.readUInt32BE(0) / 2 ** 32) * 100
}
