import type { Manifest } from './manifest.ts'
import type { Text } from './text.ts'
import type { Tier } from './tier.ts'

/**
 * A switch a plugin declares. Actions, routes, screens and entries of the navigation name it as their `feature` and are there only where
 * it is on; handlers ask `host.features.isOn`.
 */
export interface FeatureDeclaration {
  /** Unique within the plugin, kebab-case. */
  readonly id: string
  /** What its value is. On and off are the only values there are so far. */
  readonly type: 'boolean'
  /** What people switch: "Merge customers". */
  readonly label: Text
  /** What it gives them, in a sentence. */
  readonly description?: Text
  /** Lowest tier that may have it. Default: the one that may have the plugin. */
  readonly tier?: Tier
  /** Whether it is on where nobody has decided: everywhere the same, or by tier. */
  readonly default: boolean | Readonly<Record<Tier, boolean>>
}

/** The names of a manifest's features. */
export type FeatureNames<M extends Manifest> = M extends {
  readonly features: readonly (infer F extends FeatureDeclaration)[]
}
  ? F['id']
  : never

/**
 * What decided whether a feature is on, in the order in which it is asked: the operator stopped it for the whole platform, the tier lacks
 * it, the tenant has switched it, it is being rolled out, or nobody has decided.
 */
export type FeatureReason = 'stopped' | 'tier' | 'override' | 'rollout' | 'default'

/** Whether a feature is on in a tenant, and why. */
export interface FeatureState {
  readonly on: boolean
  readonly why: FeatureReason
  /** The tier that is needed, where the tenant's lacks it. */
  readonly tier?: Tier
}

/** A feature of an enabled plugin as the console shows it: `GET /api/v1/features` answers `{ items: FeatureCard[] }`. */
export interface FeatureCard extends FeatureState {
  readonly plugin: string
  readonly id: string
  readonly type: 'boolean'
  readonly label: Text
  readonly description?: Text
  /** What the tenant has decided: `PATCH /api/v1/features/<plugin>/<id>` `{ on }`; null where it has not. */
  readonly override: boolean | null
  /** Whether whoever asks may switch it. */
  readonly canSwitch: boolean
  /** To be sent with a change. 0 as long as nothing was ever decided. */
  readonly version: number
}
