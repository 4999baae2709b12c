import type { Manifest } from '@plinth/sdk'
import type { HandlerNames } from './handler-names.ts'
import type { LocalisedText } from './localised-texts.ts'
import type { Outline } from './outline.ts'
import type { Dict } from './reading.ts'

/** A piece of JSON Schema, dialect 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** Where in the manifest: keys and positions from its root. */
export type Path = readonly (string | number)[]

/** Notes a problem. Checks go on afterwards, so that all problems are known at once. */
export type Report = (path: Path, code: string, message: string) => void

/** What is known around a manifest. Whatever is not given is not checked. */
export interface CheckContext {
  /** Whether the plugin's folder has a file, by its path relative to the folder. */
  readonly files?: (relativePath: string) => boolean
  /** Names of the handlers the plugin's code has. */
  readonly handlers?: HandlerNames
  /** The other manifests of the platform by plugin id; references into them are followed. */
  readonly known?: ReadonlyMap<string, Manifest>
}

/** What the checks of a point see besides the manifest. */
export interface PointContext extends CheckContext {
  /** What this manifest declares. */
  readonly own: Outline
  /** What another manifest declares, or undefined where it is not known. */
  readonly other: (plugin: string) => Outline | undefined
  /** Every text a person reads, wherever it stands in the manifest. */
  readonly localised: readonly LocalisedText[]
}

/**
 * One kind of thing a plugin contributes: the part of the manifest it is declared in, and the rules for it.
 * The manifest schema is the sum of all points.
 */
export interface ContributionPoint {
  readonly name: string
  /** Top-level keys of the manifest with the schema of their values. */
  readonly properties: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  /** Schemas that others refer to as `#/$defs/<name>`. */
  readonly definitions?: Readonly<Record<string, JsonSchema>>
  /**
   * Rules beyond the schema. It runs even when the schema was not met, so nothing about the manifest may be taken
   * for granted: read it with the functions of `reading.ts`, and leave values of a wrong type to the schema.
   */
  readonly check?: (manifest: Dict, context: PointContext, report: Report) => void
}
