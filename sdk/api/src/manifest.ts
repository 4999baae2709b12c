import type { PluginActionDeclaration } from './action.ts'
import type { EntityDeclaration } from './entity.ts'
import type { EventDeclaration, SubscriptionDeclaration } from './event.ts'
import type { FeatureDeclaration } from './feature.ts'
import type { LimitDeclaration } from './limit.ts'
import type { PermissionDeclaration, RoleTemplate } from './permission.ts'
import type { RouteDeclaration } from './route.ts'
import type { Text } from './text.ts'
import type { Tier } from './tier.ts'
import type { UiDeclaration } from './ui.ts'

/** What a plugin is: static data, checked without running any of its code. */
export interface Manifest {
  readonly manifestVersion: 1
  /** kebab-case, unique on the platform. */
  readonly id: string
  /** Semantic version 2.0. */
  readonly version: string
  readonly publisher: string
  /** SPDX expression. */
  readonly license: string
  /** First part of every permission id. */
  readonly area: string
  readonly name: Text
  readonly description: Text
  /** Lucide icon name. */
  readonly icon: string
  /** Heading under which the plugin stands in the console. */
  readonly category: Text
  readonly engines: { readonly plinth: string }
  /** Plugins that must be enabled too, by id with a semver range. */
  readonly requires?: Readonly<Record<string, string>>
  /** Plugins this one makes use of when they are on. */
  readonly uses?: Readonly<Record<string, string>>
  /** Plugins that cannot be on at the same time, with the reason. */
  readonly conflicts?: Readonly<Record<string, Text>>
  /** Lowest tier that may enable it. */
  readonly tier: Tier
  /** Switches over parts of what it does. */
  readonly features?: readonly FeatureDeclaration[]
  readonly permissions?: readonly PermissionDeclaration[]
  readonly roles?: readonly RoleTemplate[]
  /** How many records of its entities a tenant may have, by tier. */
  readonly limits?: readonly LimitDeclaration[]
  readonly entities?: Readonly<Record<string, EntityDeclaration>>
  /** Commands on the plugin as a whole, by name. The plugin's code has a handler for each in `pluginActions`. */
  readonly actions?: Readonly<Record<string, PluginActionDeclaration>>
  readonly events?: {
    readonly publishes?: readonly EventDeclaration[]
    readonly subscribes?: readonly SubscriptionDeclaration[]
  }
  readonly routes?: readonly RouteDeclaration[]
  readonly ui?: UiDeclaration
  /** Languages of the texts in `locales/<language>.json`. */
  readonly i18n?: { readonly languages: readonly string[] }
  /** Which of these handlers the plugin's code has. */
  readonly lifecycle?: { readonly onEnable?: true; readonly onDisable?: true; readonly sampleData?: true }
}

/** Declares a manifest, keeping its literal types so that handlers are typed from it. */
export function defineManifest<const M extends Manifest>(manifest: M): M {
  return manifest
}

/** The ids of the limits of a manifest. */
export type LimitsOf<M extends Manifest> = M extends { readonly limits: readonly (infer L)[] }
  ? L extends LimitDeclaration
    ? L['id']
    : never
  : never

/** The entities of a manifest by name, with their literal types. */
export type EntitiesOf<M extends Manifest> = M extends {
  readonly entities: infer E extends Readonly<Record<string, EntityDeclaration>>
}
  ? E
  : Readonly<Record<never, EntityDeclaration>>
