import { isDeepStrictEqual } from 'node:util'
import type { AccessExplanation, ExplainedGrant, PluginState, Tier } from '@plinth/sdk'
import { grantCovers, type TracedGrant } from '../access/index.ts'
import { permissionsOf } from '../contributions/index.ts'
import type { InstalledPlugin, PluginView, TenantFeature } from '../plugins/index.ts'

/** What decides whether somebody may do something. */
export interface Question {
  readonly permission: string
  /** What they have been granted. */
  readonly held: readonly TracedGrant[]
  readonly view: PluginView
  /** The plugin the permission is of, though it may be off; undefined: the platform's. */
  readonly plugin: InstalledPlugin | undefined
  readonly state: PluginState
  readonly tier: { readonly allowed: boolean; readonly tier: Tier } | undefined
  /** The feature it is part of. */
  readonly feature: TenantFeature | undefined
}

/** The grants that cover a permission, and the line of the manifest each stands in when it is of a plugin's role. */
export function grantsCovering({
  permission,
  held,
  view,
}: Pick<Question, 'permission' | 'held' | 'view'>): ExplainedGrant[] {
  return held
    .filter((grant) => grantCovers(grant, permission))
    .map((grant) => ({ ...grant, ...sourceOf(view, grant) }))
}

/**
 * Why somebody may do something, or not: tier, state of the plugin, roles, feature, and what the roles say of the record.
 *
 * @param met whether the record meets the condition of each covering grant; undefined where no record was asked for
 */
export function explain(
  question: Question,
  met: readonly boolean[] | undefined,
): Pick<AccessExplanation, 'allowed' | 'reason' | 'grants' | 'plugin' | 'feature' | 'source'> {
  const { plugin, state, tier, feature } = question
  const about = plugin
    ? { plugin: { id: plugin.id, label: plugin.manifest.name, state, tier: plugin.manifest.tier } }
    : {}
  if (plugin && tier && !tier.allowed)
    return {
      allowed: false,
      reason: 'tier_required',
      grants: [],
      ...about,
      source: { plugin: plugin.id, pointer: '/tier' },
    }
  if (plugin && state !== 'enabled')
    return { allowed: false, reason: `plugin_${state}`, grants: [], ...about }
  const part = feature ? { ...about, feature: featureIn(feature) } : about
  const grants = grantsCovering(question).map((grant, index) => ({
    ...grant,
    ...(met ? { met: met[index] === true } : {}),
  }))
  if (grants.length === 0) return { allowed: false, reason: 'not_granted', grants, ...part }
  if (feature && !feature.state.on)
    return {
      allowed: false,
      reason: feature.state.why === 'tier' ? 'tier_required' : 'feature_off',
      grants,
      ...part,
      ...lineOf(plugin, feature),
    }
  const allowed = met === undefined || met.includes(true)
  return { allowed, reason: allowed ? 'granted' : 'condition_unmet', grants, ...part }
}

function featureIn({
  declaration: { id, label },
  state,
}: TenantFeature): NonNullable<AccessExplanation['feature']> {
  return { id, label, ...state }
}

/** The line of the manifest that switched a feature off, if one did. */
function lineOf(
  plugin: InstalledPlugin | undefined,
  { declaration, state }: TenantFeature,
): Pick<AccessExplanation, 'source'> {
  const index = plugin?.manifest.features?.findIndex(({ id }) => id === declaration.id) ?? -1
  const isDeclared = state.why === 'default' || (state.why === 'tier' && declaration.tier !== undefined)
  if (!plugin || index < 0 || !isDeclared) return {}
  return { source: { plugin: plugin.id, pointer: `/features/${index}/${state.why}` } }
}

/** Whether the plugin declares the permission, or generates it. */
export function declares(plugin: InstalledPlugin, permission: string): boolean {
  return permissionsOf(plugin.manifest).includes(permission)
}

function sourceOf({ active }: PluginView, traced: TracedGrant): Pick<ExplainedGrant, 'source'> {
  const { via, delegation: _, ...grant } = traced
  const [id = '', name] = (via.at(-1) ?? '').split('.')
  const roles = name === undefined ? undefined : active.find((plugin) => plugin.id === id)?.manifest.roles
  const role = roles?.findIndex((each) => each.id === name) ?? -1
  const line = roles?.[role]?.grants.findIndex((each) =>
    isDeepStrictEqual(typeof each === 'string' ? { permission: each } : each, grant),
  )
  return line === undefined || line < 0
    ? {}
    : { source: { plugin: id, pointer: `/roles/${role}/grants/${line}` } }
}
