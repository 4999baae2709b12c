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
>

/** A named command on a record: `POST <collection>/<id>/actions/<name>`. Its name is the key it stands under. */
export interface ActionDeclaration {
  /** What the button says, as a verb: "Deactivate". */
  readonly label: Text
  /** What it does, in a sentence above its form. */
  readonly description?: Text
  /** Lucide icon name. */
  readonly icon?: string
  /** What it is told, by name. */
  readonly input?: Readonly<Record<string, ActionField>>
  /** A permission of this entity. Default: `<area>.<plugin>.<entity>.<name>`, which exists without being declared. */
  readonly permission?: string
  /** Records it is offered and accepted on; elsewhere it is refused with `action_refused`. */
  readonly when?: Filter
  /** It destroys something. */
  readonly danger?: boolean
}

/** The actions of an entity by name. */
export type ActionsOf<E extends EntityDeclaration> = E extends {
  readonly actions: infer A extends Readonly<Record<string, ActionDeclaration>>
}
  ? A
  : {}

type Fields<A> = A extends { readonly input: infer F extends Readonly<Record<string, FieldDeclaration>> }
  ? F
  : {}

/** What a caller of the action tells it; the kernel refuses what is missing. */
export type ActionInput<A> = {
  readonly [K in keyof Fields<A>]?: ValuesOf<Fields<A>>[K] | null
}

/** What a handler is given: checked, with defaults, and null where nothing was said. */
export type ActionValues<A> = ValuesOf<Fields<A>>

/**
 * Carries out an action on a record, which is locked and as it is now, whatever the actor may see of it. It runs inside the transaction
 * of the request with the plugin's authority, as hooks do: the permission of the action is all the actor needs. Throw a `PluginProblem` to
 * refuse. What it changes is the answer: the actor gets the record as a read shows it to them.
 */
export type ActionHandlers<M extends Manifest, E extends EntityDeclaration> = {
  readonly [N in keyof ActionsOf<E>]: (call: {
    readonly record: RecordOf<E>
    readonly input: ActionValues<ActionsOf<E>[N]>
    readonly host: HostFor<M>
  }) => void | Promise<void>
}
