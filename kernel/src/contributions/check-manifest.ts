import { Ajv2020 } from 'ajv/dist/2020.js'
import { localisedTexts } from './localised-texts.ts'
import { contributionPoints, manifestSchema } from './manifest-schema.ts'
import { outlineOf, type Outline } from './outline.ts'
import type { CheckContext, Path, PointContext, Report } from './point.ts'
import { dict } from './reading.ts'
import { schemaProblems } from './schema-problems.ts'

/** One thing that is wrong with a manifest. */
export interface ManifestProblem {
  /** Id of the plugin, or `unknown` where the manifest does not even say that. */
  readonly plugin: string
  /** JSON Pointer (RFC 6901) into the manifest; what is missing is pointed to where it should stand. */
  readonly path: string
  /** Stable. */
  readonly code: string
  /** For the author of the plugin. */
  readonly message: string
}

/** Messages quote the manifest, and a value can be of any length. */
const MAX_MESSAGE = 500

/** No honest manifest nests deeper, and the checks are recursive. */
const MAX_DEPTH = 64

const validate = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(
  manifestSchema,
)

/** A JSON Pointer from keys and positions. */
export function pointerTo(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function shortened(message: string): string {
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE - 1)}…` : message
}

function isTooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}

function contextFor(value: unknown, context: CheckContext): PointContext {
  const others = new Map<string, Outline>()
  return {
    ...context,
    own: outlineOf(value),
    localised: localisedTexts(manifestSchema, value),
    other(plugin) {
      const manifest = context.known?.get(plugin)
      if (manifest && !others.has(plugin)) others.set(plugin, outlineOf(manifest))
      return others.get(plugin)
    },
  }
}

/**
 * Finds everything that is wrong with a manifest, all at once: what its schema refuses and what contradicts itself,
 * its files, its code or other plugins. Never throws, whatever the value.
 *
 * @param value A manifest as read from anywhere.
 * @param context What else is known; what is not given is not checked.
 * @returns No problems for a manifest the platform can run.
 */
export function checkManifest(value: unknown, context: CheckContext = {}): ManifestProblem[] {
  const id = dict(value)['id']
  const plugin = typeof id === 'string' && id !== '' ? id : 'unknown'
  if (isTooDeep(value)) {
    return [{ plugin, path: '', code: 'too_deep', message: `Must not nest deeper than ${MAX_DEPTH} levels.` }]
  }
  const problems = new Map<string, ManifestProblem>()
  const report: Report = (path, code, message) => {
    const pointer = pointerTo(path)
    const key = `${pointer} ${code}`
    if (!problems.has(key)) problems.set(key, { plugin, path: pointer, code, message: shortened(message) })
  }
  if (!validate(value)) {
    for (const { path, code, message } of schemaProblems(validate.errors ?? [])) report(path, code, message)
  }
  const pointContext = contextFor(value, context)
  for (const point of contributionPoints) point.check?.(dict(value), pointContext, report)
  return [...problems.values()]
}
