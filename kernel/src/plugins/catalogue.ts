import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import semver from 'semver'
import type { Manifest, PluginDefinition } from '@plinth/sdk'
import { checkManifest, orderPlugins, type ManifestProblem } from '../contributions/index.ts'
import { buildModels, withLateFields, type Models, type OpenUpgrade, type Reach } from '../data/index.ts'
import { discoverPlugins, type PluginSource } from './discover.ts'
import { importPlugin } from './plugin-code.ts'

/** A plugin on this platform. */
export interface InstalledPlugin {
  readonly id: string
  readonly folder: string
  readonly manifest: Manifest
  /** Its code, once imported without fault. */
  definition: PluginDefinition | undefined
  /** Why its code cannot run; the plugin is quarantined in all tenants meanwhile. */
  failure: string | undefined
  /** Its browser module, when it has one and it is built. */
  readonly browser: { readonly entry: string; readonly integrity: string } | undefined
}

/** All plugins of this platform, in the order of their dependencies, and the entities they bring. */
export class PluginCatalogue {
  readonly plugins: ReadonlyMap<string, InstalledPlugin>
  /** Manifests that were refused, with every reason. */
  readonly refused: readonly ManifestProblem[]
  readonly #log: Logger
  #declared: Models
  #models: Models
  #held: ReadonlyMap<string, string> = new Map()
  #upgrades: readonly OpenUpgrade[] = []
  #generation = 0

  private constructor(plugins: readonly InstalledPlugin[], refused: readonly ManifestProblem[], log: Logger) {
    this.plugins = new Map(plugins.map((plugin) => [plugin.id, plugin]))
    this.#declared = buildModels(plugins.map((plugin) => plugin.manifest))
    this.#models = this.#declared
    this.refused = refused
    this.#log = log
  }

  /** Finds, checks and imports the plugins of a folder. A faulty one is left out or quarantined; the others are not affected. */
  static async load(folder: string, log: Logger): Promise<PluginCatalogue> {
    const { accepted, refused } = checkAll(await discoverPlugins(folder))
    for (const problem of refused)
      log.error({ plugin: problem.plugin, path: problem.path, code: problem.code }, problem.message)
    const installed = await Promise.all(
      accepted.map(async ({ folder: place, manifest }) => ({
        id: manifest.id,
        folder: place,
        manifest,
        definition: undefined,
        failure: undefined,
        browser: await readBrowserModule(place),
      })),
    )
    const catalogue = new PluginCatalogue(installed, refused, log)
    await Promise.all(installed.map((plugin) => catalogue.activate(plugin.id, false)))
    return catalogue
  }

  /** Whether any of them has encrypted fields. */
  get hasSecrets(): boolean {
    return [...this.#models.values()].some((model) => model.secret.length > 0)
  }

  get models(): Models {
    return this.#models
  }

  /**
   * Takes over with which tables and columns the plugins work.
   *
   * @param refused why a plugin cannot run in the version at hand; its records stay as its other version left them
   */
  settle(models: Models, refused: ReadonlyMap<string, string>): void {
    this.#declared = models
    this.#models = models
    this.#held = refused
    for (const [id, reason] of refused) {
      this.plugins.get(id)!.failure ??= reason
      this.#log.error({ plugin: id }, reason)
    }
  }

  get upgrades(): readonly OpenUpgrade[] {
    return this.#upgrades
  }

  set upgrades(upgrades: readonly OpenUpgrade[]) {
    this.#upgrades = upgrades
    this.#models = withLateFields(this.#declared, upgrades)
    this.#generation += 1
  }

  /** Entities for which the code of a plugin has upgrades between two versions; undefined when it cannot be loaded. */
  upgradesByCode(id: string, from: string, to: string): ReadonlySet<string> | undefined {
    const plugin = this.plugins.get(id)
    if (plugin?.failure !== undefined) return undefined
    return new Set(
      Object.entries(plugin?.definition?.handlers.upgrades ?? {})
        .filter(([version]) => semver.gt(version, from) && semver.lte(version, to))
        .flatMap(([, entities]) => Object.keys(entities)),
    )
  }

  /** Imports a plugin's code, anew when `fresh`. Answers whether it can run now. */
  async activate(id: string, fresh: boolean): Promise<boolean> {
    const plugin = this.plugins.get(id)!
    try {
      plugin.definition = await importPlugin(plugin.folder, plugin.manifest, fresh)
      plugin.failure = this.#held.get(id)
    } catch (error) {
      plugin.failure = `The code cannot be loaded: ${(error as Error).message}`
      this.#log.error({ plugin: id, err: error }, 'plugin cannot be loaded')
    }
    this.#generation += 1
    return plugin.failure === undefined
  }

  /** Grows whenever it has changed which plugins can run. */
  get generation(): number {
    return this.#generation
  }

  /** Ids of plugins whose code cannot run. */
  get failed(): readonly string[] {
    return [...this.plugins.values()].filter(({ failure }) => failure !== undefined).map(({ id }) => id)
  }

  /** Whose tables each plugin may read. */
  get reach(): Reach {
    return new Map(
      [...this.plugins.values()].map(({ id, manifest }) => [
        id,
        new Set([...Object.keys(manifest.requires ?? {}), ...Object.keys(manifest.uses ?? {})]),
      ]),
    )
  }
}

interface Accepted {
  readonly folder: string
  readonly manifest: Manifest
}

function checkAll(sources: readonly PluginSource[]): { accepted: Accepted[]; refused: ManifestProblem[] } {
  const refused = sources.flatMap((source) => (source.problem ? [source.problem] : []))
  const readable = sources.filter((source) => source.problem === undefined)
  const ids = new Map(readable.map((source) => [idOf(source), source]))
  const known = new Map([...ids].map(([id, source]) => [id, source.manifest as Manifest]))
  const sound: Accepted[] = []
  for (const source of readable) {
    const problems = checkManifest(source.manifest, {
      known,
      files: (path) => existsSync(join(source.folder, path)),
    })
    if (ids.get(idOf(source)) !== source)
      problems.push({
        plugin: idOf(source),
        path: '/id',
        code: 'duplicate',
        message: `Another folder holds a plugin with this id; ${source.name} is left out.`,
      })
    if (problems.length > 0) refused.push(...problems)
    else sound.push({ folder: source.folder, manifest: source.manifest as Manifest })
  }
  const { order, problems } = orderPlugins(sound.map(({ manifest }) => manifest))
  const byId = new Map(sound.map((each) => [each.manifest.id, each]))
  return { accepted: order.map((id) => byId.get(id)!), refused: [...refused, ...problems] }
}

function idOf(source: PluginSource): string {
  const id = (source.manifest as { id?: unknown } | undefined)?.id
  return typeof id === 'string' ? id : source.name
}

async function readBrowserModule(folder: string): Promise<InstalledPlugin['browser']> {
  const file = join(folder, 'dist', 'ui', 'module.json')
  return existsSync(file)
    ? (JSON.parse(await readFile(file, 'utf8')) as { entry: string; integrity: string })
    : undefined
}
