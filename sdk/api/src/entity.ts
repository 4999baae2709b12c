import type { ActionDeclaration } from './action.ts'
import type { CheckDeclaration } from './check.ts'
import type { ChildrenDeclaration } from './children.ts'
import type { FieldDeclaration } from './field.ts'
import type { Text } from './text.ts'
import type { TransitionsDeclaration } from './transitions.ts'

/** The meaning of a value, shown as the colour of its dot. */
export type Tone = 'neutral' | 'info' | 'positive' | 'warning' | 'danger'

export interface EnumValue {
  readonly value: string
  readonly label: Text
  readonly tone?: Tone
  /** Values of the version before that become this one. */
  readonly was?: readonly string[]
}

export type EntityOperation = 'create' | 'update' | 'delete'

/** One kind of record. Tables, REST routes, permissions, screens, audit and events follow from it. */
export interface EntityDeclaration {
  readonly label: Text
  readonly labelPlural: Text
  /** What the entity was called in the version before. Its records stay; without it an entity of another name is a new one. */
  readonly was?: string
  /** Lucide icon name. */
  readonly icon?: string
  /** URL segment, kebab-case plural: `customers`. */
  readonly collection: string
  /** The field or fields whose values name a record to a person. */
  readonly display: string | readonly string[]
  readonly fields: Readonly<Record<string, FieldDeclaration>>
  /** Field combinations that are unique within the tenant. */
  readonly unique?: readonly (readonly string[])[]
  /** Rules over several fields of a record. */
  readonly checks?: readonly CheckDeclaration[]
  /** Records that are saved with theirs, by the name they have in requests and answers: `lines`. */
  readonly children?: Readonly<Record<string, ChildrenDeclaration>>
  /** Each tenant may add fields of its own. Their values stand in the member `custom` of a record. */
  readonly extensible?: boolean
  /** What may be done through the API besides reading. Default: all three. */
  readonly operations?: readonly EntityOperation[]
  /**
   * Deleting moves records to the trash, from where they can be restored for so many days: 30, or those given. Records that refer to
   * one with `onDelete: 'cascade'` go and come back with it.
   */
  readonly softDelete?: true | { readonly keepDays: number }
  /** The states of a record and the ways between them. */
  readonly transitions?: TransitionsDeclaration
  /** What else can be done with records, by name. The plugin's code has a handler for each. */
  readonly actions?: Readonly<Record<string, ActionDeclaration>>
  readonly list?: {
    readonly columns: readonly string[]
    /** Field name, `-` before it for descending. */
    readonly sort?: string
    /** Enum and bool fields offered as quick filters above the list. */
    readonly filters?: readonly string[]
  }
  readonly form?: { readonly groups: readonly { readonly label: Text; readonly fields: readonly string[] }[] }
}
