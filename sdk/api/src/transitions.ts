import type { Text } from './text.ts'

/** One way from some states to another. */
export interface MoveDeclaration {
  readonly from: readonly string[]
  readonly to: string
  /** What the button says, as a verb: "Resolve". */
  readonly label: Text
  /** Permission of this entity that the move takes besides `update`. Plugin code needs none. */
  readonly permission?: string
  /** Event emitted with the change, besides `updated`: `<plugin>.<entity>.<past tense>` out of `events.publishes`. Its data is a `Moved`. */
  readonly emits?: string
}

/** The states of a record and the ways between them. Every other change of the field is refused, whoever tries. */
export interface TransitionsDeclaration {
  /** The `enum` field that holds the state. It is required and has a default among `initial`. */
  readonly field: string
  /** States a record may start in. */
  readonly initial: readonly string[]
  /** At most one way between two states. */
  readonly moves: readonly MoveDeclaration[]
}

/** Data of an event that a move emits. */
export interface Moved {
  readonly field: string
  readonly from: string
  readonly to: string
  /** When, RFC 3339 in UTC. */
  readonly at: string
}
