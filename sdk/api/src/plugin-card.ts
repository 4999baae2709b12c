import type { LimitDocument } from './limit.ts'
import type { Text } from './text.ts'
import type { Tier } from './tier.ts'

/** `upgrading`: enabled, and out of service until its records have the shape of its present version. */
export type PluginState = 'enabled' | 'disabled' | 'quarantined' | 'upgrading'

/** How far the records of one tenant are on their way from one version of a plugin to the next. */
export interface PluginUpgrade {
  readonly from: string
  readonly to: string
  readonly state: 'pending' | 'running' | 'failed' | 'done'
  /** Records that have the new shape, of those there were at the start. */
  readonly records: { readonly done: number; readonly total: number }
  /** Values that the new version does not accept, at most 100. Never the values themselves. */
  readonly errors: readonly UpgradeError[]
}

export interface UpgradeError {
  /** Entity by name, `room`. Missing when the cause lies in no record. */
  readonly entity?: string
  /** Id of the record. */
  readonly record?: string
  /** The record lies in the trash: lists do not show it. */
  readonly trash?: true
  /** JSON Pointer to the field. */
  readonly pointer: string
  readonly code: string
  readonly detail: string
}

/** One plugin in the console: `GET /api/v1/plugins` answers `{ items: PluginCard[] }`. */
export interface PluginCard {
  readonly id: string
  readonly version: string
  readonly publisher: string
  readonly name: Text
  readonly description: Text
  readonly icon: string
  readonly category: Text
  readonly tier: Tier
  readonly state: PluginState
  /** Why it is quarantined. */
  readonly reason?: string
  /** Set while the tenant's records are being brought to this version, and after that has failed. */
  readonly upgrade?: PluginUpgrade
  /** Set when the tenant's tier is too low. */
  readonly locked?: { readonly tier: Tier }
  readonly requires: readonly string[]
  /** Enabled plugins that require this one. */
  readonly requiredBy: readonly string[]
}

export interface PlanStep {
  readonly plugin: string
  readonly name: Text
  readonly action: 'enable' | 'disable'
  /** Why it is part of the plan: asked for, or pulled in by dependency. */
  readonly because: 'requested' | 'dependency'
  /** Entities that appear or disappear, with the tenant's rows in them. */
  readonly entities: readonly { readonly label: Text; readonly rows: number }[]
  /** How many records there may be, as the tier of the tenant has it. */
  readonly limits: readonly LimitDocument[]
}

/** `POST /api/v1/plugins/<id>/plan` with `{ action }`. Apply it with `POST /api/v1/plugins/<id>/apply` `{ action, hash }`. */
export interface PluginPlan {
  readonly plugin: string
  readonly action: 'enable' | 'disable'
  readonly hash: string
  /** In the order of execution. */
  readonly steps: readonly PlanStep[]
  /** Why it cannot be applied; empty when it can. */
  readonly blockers: readonly { readonly code: string; readonly detail: Text; readonly tier?: Tier }[]
}
