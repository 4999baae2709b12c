import type { ActionHandlers, PluginActionHandlers } from './action.ts'
import type { EntityDeclaration } from './entity.ts'
import type { PlinthEvent } from './event.ts'
import type { HostFor } from './host.ts'
import type { EntitiesOf, Manifest } from './manifest.ts'
import type { CreateInput, RecordOf, UpdateInput } from './record.ts'

type Awaitable<T> = T | Promise<T>
/**
 * Code that runs before a record changes, inside the same transaction. Return the input, changed or not; throw a
 * `PluginProblem` to refuse. What is returned is validated again, so a hook may set `readOnly` fields.
 */
export interface EntityHooks<M extends Manifest, E extends EntityDeclaration> {
  beforeCreate?(change: {
    readonly input: CreateInput<E>
    readonly host: HostFor<M>
  }): Awaitable<CreateInput<E>>
  beforeUpdate?(change: {
    readonly before: RecordOf<E>
    readonly changes: UpdateInput<E>
    readonly host: HostFor<M>
  }): Awaitable<UpdateInput<E>>
  /** Of an entity with `softDelete`: before the record goes to the trash. */
  beforeDelete?(change: { readonly before: RecordOf<E>; readonly host: HostFor<M> }): Awaitable<void>
  /** Of an entity with `softDelete`: before the record comes back. What went and comes with another record is not asked about. */
  beforeRestore?(change: { readonly before: RecordOf<E>; readonly host: HostFor<M> }): Awaitable<void>
}

/**
 * Brings one record from the version before to this one, where the declaration alone cannot. Gets the record as the version before showed
 * it and returns values of this version's fields; they are validated like any others. Runs once per record, in the background, in the
 * transaction that stores what it returns, so it must not reach outside of `host`.
 */
export type UpgradeHandler<M extends Manifest, E extends EntityDeclaration> = (
  record: Readonly<Record<string, unknown>> & { readonly id: string },
  host: HostFor<M>,
) => Awaitable<UpdateInput<E>>

/** A request to a declared route. `body` is the parsed JSON, unchecked. */
export interface RouteRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface PluginHandlers<M extends Manifest> {
  readonly hooks?: {
    readonly [K in keyof EntitiesOf<M>]?: EntitiesOf<M>[K] extends EntityDeclaration
      ? EntityHooks<M, EntitiesOf<M>[K]>
      : never
  }
  /** By entity and name of the action. */
  readonly actions?: {
    readonly [K in keyof EntitiesOf<M>]?: EntitiesOf<M>[K] extends EntityDeclaration
      ? ActionHandlers<M, EntitiesOf<M>[K]>
      : never
  }
  /** By name of the action. */
  readonly pluginActions?: PluginActionHandlers<M>
  /** By the handler name of the subscription. Delivered at least once: be idempotent by `event.id`. */
  readonly subscribers?: Readonly<Record<string, (event: PlinthEvent, host: HostFor<M>) => Awaitable<void>>>
  /** By the handler name of the route. What is returned becomes the JSON answer. */
  readonly routes?: Readonly<Record<string, (request: RouteRequest, host: HostFor<M>) => Awaitable<unknown>>>
  /** Runs in the transaction that enables the plugin; throwing leaves it disabled. */
  readonly onEnable?: (host: HostFor<M>) => Awaitable<void>
  /** Runs in the transaction that disables the plugin. */
  readonly onDisable?: (host: HostFor<M>) => Awaitable<void>
  /** By the version that brings the change, then by entity; all that lie between two versions run in their order. */
  readonly upgrades?: Readonly<
    Record<
      string,
      {
        readonly [K in keyof EntitiesOf<M>]?: EntitiesOf<M>[K] extends EntityDeclaration
          ? UpgradeHandler<M, EntitiesOf<M>[K]>
          : never
      }
    >
  >
  /** Fills a tenant with believable records, for demonstration and first steps. */
  readonly sampleData?: (host: HostFor<M>) => Awaitable<void>
}

export interface PluginDefinition<M extends Manifest = Manifest> {
  readonly manifest: M
  readonly handlers: PluginHandlers<M>
}

/** Joins a manifest with the code that is truly the plugin's own. Has no side effects. */
export function definePlugin<const M extends Manifest>(
  manifest: M,
  handlers: PluginHandlers<M> = {},
): PluginDefinition<M> {
  return { manifest, handlers }
}
