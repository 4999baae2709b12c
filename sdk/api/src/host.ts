import type { AggregateGroup, AggregateOptions } from './aggregate.ts'
import type { CreateChildren, UpdateChildren, WithChildren } from './children.ts'
import type { EntityDeclaration } from './entity.ts'
import type { FeatureNames } from './feature.ts'
import type { Filter } from './filter.ts'
import type { EntitiesOf, LimitsOf, Manifest } from './manifest.ts'
import type { CreateInput, RecordBase, RecordOf, UpdateInput } from './record.ts'
import type { Tier } from './tier.ts'

/** Who acts. `system` is the kernel itself, on behalf of no one: subscribers, lifecycle and sample data run so. */
export interface Actor {
  /** `key` and `client` are programs: with an API key, or with a token they got in their own name. `operator` runs the platform and has been let in. */
  readonly kind: 'member' | 'key' | 'client' | 'system' | 'operator'
  /** Id of the member, key, client or operator; null for the system. */
  readonly id: string | null
  readonly name: string
  /** A colleague who sees the workspace as this member does, and changes nothing. */
  readonly viewer?: { readonly id: string; readonly name: string }
}

export interface FindOptions {
  readonly filter?: Filter
  /** Field name, `-` before it for descending. */
  readonly sort?: string
  /** At most this many records, 1 to 200. Default 50. */
  readonly limit?: number
}

/** Records of one entity with `Lists` of children where a change names them, within the tenant and the rights the handler runs with. */
export interface EntityStore<R extends RecordBase, C, U, Lists = unknown> {
  find(options?: FindOptions): Promise<R[]>
  /**
   * @param options with `lock` the record stays as it is until the transaction ends: whoever else wants to lock or change it waits, and then
   * sees what this one has done. So a hook can ask other records whether there is room, and nobody comes between the answer and the
   * change. Lock several in the order of their ids.
   * @throws PluginProblem `not_found` | `action_read_only`
   */
  get(id: string, options?: { readonly lock?: boolean }): Promise<R>
  count(filter?: Filter): Promise<number>
  /**
   * Counts, sums and the like, by group.
   *
   * @throws PluginProblem `query_invalid`
   */
  aggregate(options: AggregateOptions<keyof R & string>): Promise<readonly AggregateGroup[]>
  /** @throws PluginProblem `validation_failed` | `unique_violated` | `reference_unknown` | `limit_exceeded` */
  create(input: C): Promise<R & Lists>
  /** @throws PluginProblem `not_found` | `version_conflict` | `validation_failed` */
  update(id: string, version: number, changes: U): Promise<R & Lists>
  /** @throws PluginProblem `not_found` | `still_referenced` */
  delete(id: string): Promise<void>
  /**
   * Has everything that refers to some records refer to another one instead, e.g. because two of them are the same customer: in all
   * plugins, in the trash, and in records that never change otherwise. Only their children stay with them. Each record that is moved gets
   * its next version, an audit entry, and its event `updated` with `repointed: true`; no hooks run. Records of other plugins are moved as
   * far as the actor may change them: all of them, or none. What these plugins keep beside references they learn from an event of yours.
   *
   * @param from ids of records, which are locked until the transaction ends
   * @returns how many records of each entity were moved, by `plugin.entity`
   * @throws PluginProblem `not_found` | `permission_missing` | `unique_violated`
   */
  repoint(from: readonly string[], to: string): Promise<Readonly<Record<string, number>>>
}

export interface ForeignStore extends Pick<
  EntityStore<RecordBase & Readonly<Record<string, unknown>>, never, never>,
  'find' | 'count'
> {
  /** @throws PluginProblem `not_found` */
  get(id: string): Promise<RecordBase & Readonly<Record<string, unknown>>>
}

/** Structured log of the plugin. Never pass personal data. */
export interface Log {
  info(message: string, data?: Readonly<Record<string, unknown>>): void
  warn(message: string, data?: Readonly<Record<string, unknown>>): void
  error(message: string, data?: Readonly<Record<string, unknown>>): void
}

/** Everything a plugin can reach. It is bound to one tenant and one actor before the plugin sees it. */
export interface Host<
  Stores = Readonly<
    Record<
      string,
      EntityStore<RecordBase & Record<string, unknown>, Record<string, unknown>, Record<string, unknown>>
    >
  >,
  Features extends string = string,
  Limits extends string = string,
> {
  readonly tenant: {
    readonly id: string
    readonly slug: string
    readonly name: string
    readonly tier: Tier
    readonly locale: string
    /** IANA name of the time zone whose days and years count here, e.g. `Europe/Berlin`. */
    readonly timeZone: string
  }
  readonly actor: Actor
  /** Own entities by name. */
  readonly entities: Stores
  /** Records of an entity of a plugin in `requires` or `uses`, by `plugin.entity`; reading only. Finds nothing where that plugin is off. */
  foreign(entity: string): ForeignStore
  readonly members: {
    /** The tenant's active members, by name. For linking records to people who sign in. */
    list(): Promise<readonly { readonly id: string; readonly name: string; readonly email: string }[]>
  }
  readonly events: {
    /** Stores a declared event with the running change. */
    emit(type: string, subject: string, data: Readonly<Record<string, unknown>>): Promise<void>
  }
  readonly features: {
    /** Whether a feature of this plugin is on for the tenant. It stays so while the handler runs. */
    isOn(feature: Features): boolean
  }
  readonly limits: {
    /**
     * How a limit of this plugin stands. Only for people to read: whether there is room is asked with each creation, which nobody else
     * comes between.
     *
     * @returns `value` and `left` null: unlimited
     * @throws PluginProblem `undeclared`
     */
    of(
      id: Limits,
    ): Promise<{ readonly value: number | null; readonly used: number; readonly left: number | null }>
  }
  readonly log: Log
  readonly clock: {
    /** The moment everything in the running change happens at. */
    now(): Date
    /** The calendar date of that moment in the tenant's time zone: `2026-11-21`. */
    today(): string
  }
}

type AnyEntities = Readonly<Record<string, EntityDeclaration>>

type StoresOf<E extends AnyEntities> = {
  readonly [K in keyof E]: EntityStore<
    RecordOf<E[K]>,
    CreateInput<E[K]> & CreateChildren<E[K], E>,
    UpdateInput<E[K]> & UpdateChildren<E[K], E>,
    WithChildren<E[K], E>
  >
}

/** The host of a particular plugin: its own entities, features and limits are typed from its manifest. */
export type HostFor<M extends Manifest> = Host<StoresOf<EntitiesOf<M>>, FeatureNames<M>, LimitsOf<M>>
