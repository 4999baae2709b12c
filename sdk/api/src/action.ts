import type { EntityDeclaration } from './entity.ts'
import type { FieldDeclaration } from './field.ts'
import type { Filter } from './filter.ts'
import type { HostFor } from './host.ts'
import type { Manifest } from './manifest.ts'
import type { RecordOf, ValuesOf } from './record.ts'
import type { Text } from './text.ts'

/**
 * One value an action is told: a field as records have them, but for what only stored values have. What has a `mask` is noted masked in
 * the audit log; a `ref` names a record the actor can see, a `member` one of the tenant.
 */
export type ActionField = Pick<
  FieldDeclaration,
  | 'type'
  | 'label'
  | 'help'
  | 'required'
  | 'default'
  | 'example'
  | 'pii'
  | 'mask'
  | 'minLength'
  | 'maxLength'
  | 'pattern'
  | 'min'
  | 'max'
  | 'scale'
  | 'currency'
  | 'schema'
  | 'values'
  | 'entity'
> & {
  /** `ref` to the entity of an action with `records`: one of those it is carried out on. */
  readonly chosen?: true
}

/** One value an action that reads answers with. Not of type `ref` or `member`. */
export type OutputField = Omit<ActionField, 'default' | 'mask' | 'entity' | 'chosen'>

/** What every action has. */
export interface ActionBase {
  /** What the button says, as a verb: "Deactivate". */
  readonly label: Text
  /** What it does, in a sentence above its form. */
  readonly description?: Text
  /** Lucide icon name. */
  readonly icon?: string
  /** What it is told, by name. */
  readonly input?: Readonly<Record<string, ActionField>>
  /**
   * `read`: it changes nothing, can change nothing, and answers with its `output`. It sees what the actor may see, is not noted in the
   * audit log, and knows neither versions nor idempotency keys. Default `write`.
   */
  readonly effect?: 'read' | 'write'
  /** Of an action that reads: what it answers with, by name. */
  readonly output?: Readonly<Record<string, OutputField>>
  /** It destroys something. */
  readonly danger?: boolean
  /** Id of the feature it is part of: where that is off, there is no such action. */
  readonly feature?: string
}

/**
 * A named command on a record, `POST <collection>/<id>/actions/<name>`, or on a collection, `POST <collection>/actions/<name>`. Its name is
 * the key it stands under.
 */
export interface ActionDeclaration extends ActionBase {
  /** What it is carried out on. Default `record`. */
  readonly on?: 'record' | 'collection'
  /**
   * Of an action on a collection: it is carried out on chosen records of it together, `min` to `max` of them; `true` for 1 to 100. They are
   * locked before it runs, and named in the body: `records: [{ id, version? }]`.
   */
  readonly records?: true | { readonly min?: number; readonly max?: number }
  /** A permission of this entity. Default: `<area>.<plugin>.<entity>.<name>`, which exists without being declared. */
  readonly permission?: string
  /** Records it is offered and accepted on; elsewhere it is refused with `action_refused`. */
  readonly when?: Filter
}

/** A named command of a plugin as a whole: `POST /api/v1/<plugin>/actions/<name>`. */
export interface PluginActionDeclaration extends ActionBase {
  /** Of this plugin, or of one it requires. */
  readonly permission: string
}

/** The actions of an entity by name. */
export type ActionsOf<E extends EntityDeclaration> = E extends {
  readonly actions: infer A extends Readonly<Record<string, ActionDeclaration>>
}
  ? A
  : {}

/** Names of the actions on records. */
export type RecordActionNames<E extends EntityDeclaration> = {
  [N in keyof ActionsOf<E> & string]: ActionsOf<E>[N] extends { readonly on: 'collection' } ? never : N
}[keyof ActionsOf<E> & string]

/** Names of the actions on the collection. */
export type CollectionActionNames<E extends EntityDeclaration> = Exclude<
  keyof ActionsOf<E> & string,
  RecordActionNames<E>
>

type Fields<A> = A extends { readonly input: infer F extends Readonly<Record<string, FieldDeclaration>> }
  ? F
  : {}

/** What a caller of the action tells it; the kernel refuses what is missing. */
export type ActionInput<A> = {
  readonly [K in keyof Fields<A>]?: ValuesOf<Fields<A>>[K] | null
}

/** What a handler is given: checked, with defaults, and null where nothing was said. */
export type ActionValues<A> = ValuesOf<Fields<A>>

type Awaitable<T> = T | Promise<T>

/** What a handler answers: the `output` of an action that reads, nothing otherwise. */
export type ActionOutput<A> = A extends {
  readonly output: infer F extends Readonly<Record<string, FieldDeclaration>>
}
  ? ValuesOf<F>
  : void

type Subject<E extends EntityDeclaration, A> = A extends { readonly on: 'collection' }
  ? A extends { readonly records: true | object }
    ? { readonly records: readonly RecordOf<E>[] }
    : unknown
  : { readonly record: RecordOf<E> }

/**
 * Carries out an action. Records it is carried out on are locked and as they are now, whatever the actor may see of them. It runs inside the
 * transaction of the request with the plugin's authority, as hooks do: the permission of the action is all the actor needs. Throw a
 * `PluginProblem` to refuse. The answer to an action on a record is that record as a read shows it to the actor.
 *
 * With `effect: 'read'` it sees what a read would show to the actor, and an attempt to change something is refused: `action_read_only`.
 */
export type ActionHandlers<M extends Manifest, E extends EntityDeclaration> = {
  readonly [N in keyof ActionsOf<E>]: (
    call: {
      readonly input: ActionValues<ActionsOf<E>[N]>
      readonly host: HostFor<M>
    } & Subject<E, ActionsOf<E>[N]>,
  ) => Awaitable<ActionOutput<ActionsOf<E>[N]>>
}

/** The actions of a plugin as a whole, by name. */
export type PluginActionsOf<M extends Manifest> = M extends {
  readonly actions: infer A extends Readonly<Record<string, PluginActionDeclaration>>
}
  ? A
  : {}

/** The same for the actions of a plugin as a whole. */
export type PluginActionHandlers<M extends Manifest> = {
  readonly [N in keyof PluginActionsOf<M>]: (call: {
    readonly input: ActionValues<PluginActionsOf<M>[N]>
    readonly host: HostFor<M>
  }) => Awaitable<ActionOutput<PluginActionsOf<M>[N]>>
}
