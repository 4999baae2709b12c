import semver from 'semver'
import type { Manifest } from '@plinth/sdk'
import { asAdmin } from '../as-admin.ts'
import { buildModels, withTrashes, type EntityModel, type Models } from '../model/entity-model.ts'
import { nextNames } from './physical-names.ts'
import { planUpgrade } from './plan-upgrade.ts'
import { digestOf, modelsOfShape, namesOfShape } from './plugin-shape.ts'
import { readShapes, type StoredShape } from './shape-store.ts'

/** Entities for which a plugin's code has upgrades between two versions, the first exclusive; undefined when it cannot be loaded. */
export type UpgradesByCode = (plugin: string, from: string, to: string) => ReadonlySet<string> | undefined

export interface SettledVersions {
  /** The entities this node works with: of a refused version, those that are installed. */
  readonly models: Models
  /** Why a plugin cannot run in the version at hand, by plugin. */
  readonly refused: ReadonlyMap<string, string>
}

/**
 * Compares the plugins at hand with what is installed and decides, before anything is changed, with which tables and columns each works
 * and which cannot run.
 */
export async function settleVersions(
  adminUrl: string,
  manifests: readonly Manifest[],
  upgrades: UpgradesByCode,
  schema = 'shared',
): Promise<SettledVersions> {
  return asAdmin(adminUrl, async (client) => {
    const shapes = await readShapes(client, schema)
    const refused = new Map<string, string>()
    const models = manifests.flatMap((manifest) => {
      const settled = settle(manifest, shapes.get(manifest.id) ?? [], upgrades)
      if (settled.refusal !== undefined) refused.set(manifest.id, settled.refusal)
      return [...settled.models]
    })
    return { models: withTrashes(new Map(models)), refused }
  })
}

interface Settled {
  readonly models: Models
  readonly refusal?: string
}

function settle(manifest: Manifest, stored: readonly StoredShape[], upgrades: UpgradesByCode): Settled {
  const [current] = stored
  if (!current) return { models: buildModels([manifest]) }
  const served = findServed(manifest, stored)
  if (served) return { models: served }
  const kept = modelsOfShape(manifest, current.shape)
  if (semver.lt(manifest.version, current.version)) {
    return {
      models: kept,
      refusal: `Version ${manifest.version} cannot run: the records have the shape of version ${current.version}, and what was before is no more.`,
    }
  }
  if (current.open) {
    return {
      models: kept,
      refusal: `Version ${manifest.version} has to wait: the upgrade to version ${current.version} is not completed.`,
    }
  }
  const byCode = upgrades(manifest.id, current.version, manifest.version)
  if (!byCode)
    return {
      models: kept,
      refusal: `Version ${current.version} cannot become version ${manifest.version} while its code cannot be loaded.`,
    }
  const models = buildModels([manifest], nextNames(manifest, current.shape))
  const { refusals } = planUpgrade(manifest.id, current.shape, [...models.values()], byCode)
  if (refusals.length === 0) return { models }
  const reasons = refusals.map(({ pointer, message }) => `${pointer}: ${message}`).join(' ')
  return {
    models: kept,
    refusal: `Version ${current.version} cannot become version ${manifest.version}. ${reasons}`,
  }
}

/** The entities of a version whose tables are there. An older one is only looked for when an older one runs: a newer one may look alike by chance. */
function findServed(manifest: Manifest, stored: readonly StoredShape[]): Models | undefined {
  const [current] = stored
  const older = current !== undefined && semver.lt(manifest.version, current.version)
  for (const shape of older ? stored : stored.slice(0, 1)) {
    if (!sameNames(manifest, shape)) continue
    const models = buildModels([manifest], namesOfShape(manifest.id, shape.shape))
    if (digestOf(models.values()) === shape.digest) return models
  }
  return undefined
}

/** Which stored version the entities at hand are, or undefined when their tables have yet to be made. */
export function findStored(
  models: readonly EntityModel[],
  stored: readonly StoredShape[],
): StoredShape | undefined {
  const [current] = stored
  const digest = digestOf(models)
  const older = current !== undefined && semver.lt(models[0]!.version, current.version)
  return (older ? stored : stored.slice(0, 1)).find((shape) => shape.digest === digest)
}

function sameNames(manifest: Manifest, { shape }: StoredShape): boolean {
  const names = Object.keys(manifest.entities ?? {})
  return (
    names.length === Object.keys(shape.entities).length &&
    names.every((name) => Object.hasOwn(shape.entities, name))
  )
}
