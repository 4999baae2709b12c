import type { FieldMeta, ProblemError } from '@plinth/sdk'
import type { RefItem } from './ref-source.ts'

/** What an editor needs to draw one field. Texts are ready to read. */
export interface Editor<T = unknown> {
  readonly field: FieldMeta
  readonly value: T
  readonly label: string
  readonly help: string
  readonly required: boolean
  readonly disabled: boolean
  /** In a cell of a table: no room for a visible label or help. */
  readonly compact: boolean
  /** What is wrong, or empty. */
  readonly error: string
  /** All refusals, for editors with parts of their own. */
  readonly problems: readonly ProblemError[]
  /** The referenced record with its name, where it has come along. */
  readonly known: RefItem | null | undefined
  /** Takes a new value; `problem` is the code of what keeps the typed text from being one. */
  change(value: T, problem?: string): void
}
