import type { Manifest } from '@plinth/sdk'
import { RESERVED_ACTIONS } from '../contributions/index.ts'
import type { InstalledPlugin } from './catalogue.ts'
import { featureId, type TenantFeature } from './features.ts'
import type { TenantPlugins } from './tenant-plugins.ts'

/**
 * The feature that everything a permission gives is part of: one that is on, where there is one. None, where it gives something beside
 * them, as the generated permissions on records do.
 */
export function featureBehind(
  { id, manifest }: InstalledPlugin,
  permission: string,
  { features }: Pick<TenantPlugins, 'features'>,
): TenantFeature | undefined {
  const uses = usesOf(manifest, permission)
  if (uses.includes(undefined)) return undefined
  const found = uses.flatMap((feature) => features.get(featureId(id, feature!)) ?? [])
  return found.find(({ state }) => state.on) ?? found[0]
}

/** The features of what takes the permission; undefined for what is part of none. */
function usesOf(manifest: Manifest, permission: string): (string | undefined)[] {
  const { area, id, entities = {}, actions = {}, routes = [], ui } = manifest
  const [, , entity = '', action = ''] = permission.split('.')
  const named = Object.entries(entities).flatMap(([owner, declaration]) =>
    Object.entries(declaration.actions ?? {}).map(([name, { permission: own, feature }]) => ({
      permission: own ?? `${area}.${id}.${owner}.${name}`,
      feature,
    })),
  )
  const users = [...named, ...Object.values(actions), ...routes, ...(ui?.screens ?? [])]
  const found = users.filter((each) => each.permission === permission).map(({ feature }) => feature)
  return Object.hasOwn(entities, entity) && RESERVED_ACTIONS.has(action) ? [undefined, ...found] : found
}
