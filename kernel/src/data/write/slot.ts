import type { FieldModel } from '../model/entity-model.ts'
import type { RecordJson } from './render-record.ts'
import type { Row } from './row-statements.ts'

/** A child on its way. */
export interface Slot {
  readonly pointer: string
  readonly isNew: boolean
  /** Whether the actor sees it. */
  readonly seen: boolean
  /** A new child as it will be stored, until it is; then, and of one there was, as the API shows it. */
  item: RecordJson
  derived: boolean
  /** What is still to be written of a child there was. */
  columns: Row
  stored: boolean
  readonly changed: boolean
  /** The tenant's fields whose values are still to be stored where they are looked up. */
  custom: readonly FieldModel[]
}

/** A child that is not there yet. */
export function slotNew(pointer: string, item: RecordJson, custom: readonly FieldModel[]): Slot {
  return {
    pointer,
    isNew: true,
    seen: true,
    item,
    derived: false,
    columns: {},
    stored: false,
    changed: true,
    custom,
  }
}

/** A child the actor does not see: it only keeps its place. */
export function slotUnseen(item: RecordJson): Slot {
  return {
    pointer: '',
    isNew: false,
    seen: false,
    item,
    derived: true,
    columns: {},
    stored: false,
    changed: false,
    custom: [],
  }
}
