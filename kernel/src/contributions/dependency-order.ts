import type { Manifest } from '@plinth/sdk'
import semver from 'semver'
import { pointerTo, type ManifestProblem } from './check-manifest.ts'

type Plugins = ReadonlyMap<string, Manifest>

const dependenciesOf = (plugins: Plugins, id: string): string[] =>
  Object.keys(plugins.get(id)?.requires ?? {}).toSorted()

/** The shortest way along `requires` from a plugin to one that is wanted, both included. */
function wayTo(wanted: (id: string) => boolean, from: string, plugins: Plugins): string[] | undefined {
  const ways = [[from]]
  const seen = new Set<string>()
  for (const way of ways) {
    for (const next of dependenciesOf(plugins, way.at(-1)!)) {
      if (wanted(next)) return [...way, next]
      if (seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return undefined
}

/** What is wrong with one dependency by itself. */
function faultOf(
  range: string,
  dependency: string,
  plugins: Plugins,
): readonly [code: string, message: string] | undefined {
  const found = plugins.get(dependency)
  if (!found) return ['dependency_missing', `Requires "${dependency}", which is not installed.`]
  if (semver.satisfies(found.version, range)) return undefined
  return ['dependency_version', `Requires "${dependency}" ${range}, but ${found.version} is installed.`]
}

/** Those without a fault, every plugin after all that it requires; otherwise by id, so that the order never varies. */
function sorted(plugins: Plugins, refused: ReadonlySet<string>): string[] {
  const order = new Set<string>()
  const visit = (id: string): void => {
    if (order.has(id) || refused.has(id)) return
    for (const dependency of dependenciesOf(plugins, id)) visit(dependency)
    order.add(id)
  }
  for (const id of [...plugins.keys()].toSorted()) visit(id)
  return [...order]
}

/**
 * Puts plugins into an order in which each stands after all it requires. A plugin whose dependencies cannot be met is
 * left out with a problem that says why, and so is whatever requires it; the others stay usable.
 *
 * @param manifests Valid manifests.
 */
export function orderPlugins(manifests: Iterable<Manifest>): {
  order: string[]
  problems: ManifestProblem[]
} {
  const plugins = new Map<string, Manifest>()
  const problems = new Map<string, ManifestProblem>()
  const refused = new Set<string>()
  const refuse = (plugin: string, path: readonly string[], code: string, message: string): void => {
    const key = `${plugin} ${pointerTo(path)}`
    if (!problems.has(key)) problems.set(key, { plugin, path: pointerTo(path), code, message })
    refused.add(plugin)
  }

  const twice = new Set<string>()
  for (const manifest of manifests) {
    if (plugins.has(manifest.id)) twice.add(manifest.id)
    plugins.set(manifest.id, manifest)
  }
  // Which of the two is meant cannot be known, so neither runs.
  for (const id of twice) refuse(id, ['id'], 'id_taken', `Two plugins have the id "${id}".`)

  for (const [id, { requires = {} }] of plugins) {
    for (const [dependency, range] of Object.entries(requires)) {
      const fault = faultOf(range, dependency, plugins)
      if (fault) refuse(id, ['requires', dependency], ...fault)
    }
    const cycle = wayTo((next) => next === id, id, plugins)
    if (cycle)
      refuse(id, ['requires', cycle[1]!], 'dependency_cycle', `Requires itself: ${cycle.join(' → ')}.`)
  }

  const causes = new Set(refused)
  for (const id of plugins.keys()) {
    for (const dependency of dependenciesOf(plugins, id)) {
      const rest = causes.has(dependency)
        ? [dependency]
        : wayTo((next) => causes.has(next), dependency, plugins)
      if (!rest) continue
      const message = `Requires a plugin that cannot be used: ${[id, ...rest].join(' → ')}.`
      refuse(id, ['requires', dependency], 'dependency_refused', message)
    }
  }
  return { order: sorted(plugins, refused), problems: [...problems.values()] }
}
