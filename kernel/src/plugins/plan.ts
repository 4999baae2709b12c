import { createHash } from 'node:crypto'
import type { PlanStep, PluginPlan, Text, Tier } from '@plinth/sdk'
import { entitlementOf } from '../entitlements/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { InstalledPlugin, PluginCatalogue } from './catalogue.ts'
import type { StoredState } from './tenant-plugins.ts'

type Action = 'enable' | 'disable'
type Blocker = PluginPlan['blockers'][number]

/** A plan without the row counts, which are only for people: they change all the time and do not make it stale. */
export interface DraftPlan {
  readonly action: Action
  readonly hash: string
  readonly steps: readonly { readonly plugin: InstalledPlugin; readonly because: PlanStep['because'] }[]
  readonly blockers: readonly Blocker[]
}

/**
 * Works out what switching a plugin on or off means: on, everything it requires comes first; off, everything that requires it goes
 * first. The hash covers all that the outcome depends on.
 */
export function draftPlan(
  catalogue: PluginCatalogue,
  tenant: Tenant,
  stored: ReadonlyMap<string, StoredState>,
  id: string,
  action: Action,
): DraftPlan {
  const isOn = (plugin: string): boolean => stored.get(plugin)?.state === 'enabled'
  const order = [...catalogue.plugins.values()]
  const ids = action === 'enable' ? needed(catalogue, id) : dependants(order, id, isOn)
  const touched = order.filter((plugin) => ids.has(plugin.id) && isOn(plugin.id) === (action === 'disable'))
  if (action === 'disable') touched.reverse()
  const steps = touched.map((plugin) => ({
    plugin,
    because: plugin.id === id ? ('requested' as const) : ('dependency' as const),
  }))
  const blockers = action === 'enable' ? findBlockers(catalogue, tenant, touched, isOn) : []
  const basis = {
    action,
    id,
    tier: tenant.tier,
    steps: steps.map(({ plugin }) => [plugin.id, plugin.manifest.version]),
    states: order.map((plugin) => [
      plugin.id,
      stored.get(plugin.id)?.state ?? 'disabled',
      plugin.failure ?? '',
    ]),
  }
  return {
    action,
    steps,
    blockers,
    hash: createHash('sha256').update(JSON.stringify(basis)).digest('base64url'),
  }
}

/** The plugin and, through all levels, what it requires. */
function needed(catalogue: PluginCatalogue, id: string, found = new Set<string>()): Set<string> {
  if (found.has(id)) return found
  found.add(id)
  for (const required of Object.keys(catalogue.plugins.get(id)?.manifest.requires ?? {}))
    needed(catalogue, required, found)
  return found
}

/** The plugin and, through all levels, the enabled ones that require it. */
function dependants(
  order: readonly InstalledPlugin[],
  id: string,
  isOn: (id: string) => boolean,
): Set<string> {
  const found = new Set([id])
  // In dependency order, so one pass sees each plugin after everything it requires.
  for (const plugin of order) {
    if (
      isOn(plugin.id) &&
      Object.keys(plugin.manifest.requires ?? {}).some((required) => found.has(required))
    )
      found.add(plugin.id)
  }
  return found
}

function findBlockers(
  catalogue: PluginCatalogue,
  tenant: Tenant,
  steps: readonly InstalledPlugin[],
  isOn: (id: string) => boolean,
): Blocker[] {
  const blockers: Blocker[] = []
  for (const plugin of steps) {
    const { manifest } = plugin
    const { allowed, tier } = entitlementOf(tenant, manifest)
    if (!allowed) blockers.push(tierBlocker(manifest.name, tier))
    if (plugin.failure !== undefined)
      blockers.push({
        code: 'plugin_quarantined',
        detail: sentence(manifest.name, 'cannot run at the moment.', 'kann zurzeit nicht laufen.'),
      })
    for (const other of catalogue.plugins.values()) {
      const on = isOn(other.id) || steps.includes(other)
      const reason = manifest.conflicts?.[other.id] ?? other.manifest.conflicts?.[plugin.id]
      if (on && other !== plugin && reason) blockers.push({ code: 'plugin_conflict', detail: reason })
    }
  }
  return blockers
}

const TIER_NAMES: Record<Tier, string> = {
  free: 'Free',
  professional: 'Professional',
  enterprise: 'Enterprise',
  custom: 'Custom',
}

function tierBlocker(name: Text, tier: Tier): Blocker {
  return {
    code: 'tier_required',
    tier,
    detail: sentence(name, `needs the tier ${TIER_NAMES[tier]}.`, `braucht den Tarif ${TIER_NAMES[tier]}.`),
  }
}

function sentence(name: Text, en: string, de: string): Text {
  return { en: `${name.en} ${en}`, de: `${name['de'] ?? name.en} ${de}` }
}
