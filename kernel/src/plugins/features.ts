import type { FeatureDeclaration, FeatureState, Tier } from '@plinth/sdk'
import { Failure } from '../errors.ts'
import { evaluateFeature, UNDECIDED, type Rollouts, type StoredOverride } from '../entitlements/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { InstalledPlugin } from './catalogue.ts'
import type { PluginView } from './plugin-view.ts'

/** A feature in a tenant: what it is, what was decided about it, and whether it is on. */
export interface TenantFeature {
  readonly plugin: string
  readonly declaration: FeatureDeclaration
  readonly state: FeatureState
  readonly override: StoredOverride
}

/** Names a feature among those of all plugins. */
export function featureId(plugin: string, feature: string): string {
  return `${plugin}.${feature}`
}

/** What the decisions of others depend on. */
interface Surroundings {
  readonly tenant: Tenant
  /** Lowest tier that may have the plugin. */
  readonly pluginTier: Tier
  readonly rollouts: Rollouts
}

/** A feature as it is once the tenant has decided this. */
export function decided(
  { plugin, declaration }: Pick<TenantFeature, 'plugin' | 'declaration'>,
  { tenant, pluginTier, rollouts }: Surroundings,
  override: StoredOverride,
): TenantFeature {
  const rollout = rollouts.get(featureId(plugin, declaration.id))
  const question = { tenant, plugin, pluginTier, feature: declaration, rollout, override: override.on }
  return { plugin, declaration, state: evaluateFeature(question), override }
}

/** The features of all plugins in a tenant, also of those that are off: they see their own while they are being switched on. */
export function featuresOf(
  plugins: Iterable<InstalledPlugin>,
  tenant: Tenant,
  rollouts: Rollouts,
  overrides: Readonly<Record<string, StoredOverride>>,
): ReadonlyMap<string, TenantFeature> {
  const features = new Map<string, TenantFeature>()
  for (const { id: plugin, manifest } of plugins)
    for (const declaration of manifest.features ?? []) {
      const id = featureId(plugin, declaration.id)
      const surroundings = { tenant, pluginTier: manifest.tier, rollouts }
      features.set(id, decided({ plugin, declaration }, surroundings, overrides[id] ?? UNDECIDED))
    }
  return features
}

/** Those that are off, and why: all that a view needs of them. */
export function featuresOff(features: ReadonlyMap<string, TenantFeature>): ReadonlyMap<string, FeatureState> {
  return new Map([...features].flatMap(([id, { state }]) => (state.on ? [] : [[id, state] as const])))
}

/** Whether what is part of a feature is there; what is part of none always is. */
export function hasFeature(
  { off }: Pick<PluginView, 'off'>,
  plugin: string,
  feature: string | undefined,
): boolean {
  return feature === undefined || !off.has(featureId(plugin, feature))
}

/**
 * Refuses what is part of a feature that is off.
 *
 * @param permission what it takes besides, so that it can be explained
 * @throws Failure `feature_off` | `tier_required`
 */
export function requireFeature(
  { off }: Pick<PluginView, 'off'>,
  plugin: string,
  feature: string | undefined,
  permission: string,
): void {
  if (feature === undefined) return
  const id = featureId(plugin, feature)
  const state = off.get(id)
  if (!state) return
  if (state.tier !== undefined)
    throw new Failure('tier_required', {
      detail: `The feature ${id} takes the tier ${state.tier}.`,
      extensions: { tier: state.tier, feature: id, permission },
    })
  throw new Failure('feature_off', {
    detail: `The feature ${id} is off.`,
    extensions: { feature: id, why: state.why, permission },
  })
}
