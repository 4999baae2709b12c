import type { EntityModel, Models } from '../model/entity-model.ts'
import type { RowScope } from '../query/row-scope.ts'
import { mapDatabaseError } from './map-database-error.ts'
import { maskRecord } from './masked-record.ts'
import type { RecordJson } from './render-record.ts'
import { withUnreadable } from './unreadable-values.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import type { EntityValidator } from './validate-input.ts'

/** Behaviour of the plugin before a change. What it returns is checked again. */
export interface WriteHooks {
  beforeCreate?(input: RecordJson): Promise<RecordJson>
  beforeUpdate?(before: RecordJson, changes: RecordJson): Promise<RecordJson>
  beforeDelete?(before: RecordJson): Promise<void>
  beforeRestore?(before: RecordJson): Promise<void>
}

/** Everything a change needs to know. */
export interface Write {
  readonly work: UnitOfWork
  readonly model: EntityModel
  readonly models: Models
  readonly schema: string
  readonly validator: EntityValidator
  readonly hooks: WriteHooks
  /** Rows the actor may see; a row outside is unknown. */
  readonly readable: RowScope
  /** Rows the actor may change in this way; must hold after a creation or change as well. */
  readonly writable: RowScope
  /** The permission that says so, to be named where it is refused; none for plugin code. */
  readonly permission?: string
  /** Rows on which the actor may do something else with its own permission, such as a move to another state. */
  readonly rows: (action: string, field?: string) => RowScope
  /** Plugin code may set read-only fields and do what `operations` leaves out. */
  readonly asPlugin: boolean
  /** The same for records of another entity that change along. */
  readonly of: (model: EntityModel, action: string) => Write
  /** Demands a permission on the entity. @throws Failure `permission_missing` */
  readonly require: (action: string) => void
  /** Nothing follows that needs to know whether the database agrees: a refusal comes with the commit. Default: no. */
  readonly unattended?: boolean
}

/** A change of a record that can belong to no other and have no children along with it. */
export type LoneWrite = Omit<Write, 'of' | 'require'>

/** The table with its schema. */
export function tableOf({ schema, model }: LoneWrite): string {
  return `${schema}.${model.table}`
}

/** Says what an error of the database means for this change. */
export function explain({ models }: LoneWrite, deleting = false): (error: unknown) => unknown {
  return (error) => mapDatabaseError(error, models, deleting)
}

/** The record as it is answered: plugin code gets it whole, people as any read would show it. */
export function shown({ model, asPlugin }: LoneWrite, record: RecordJson): RecordJson {
  return withUnreadable(record, asPlugin ? record : maskRecord(model, record))
}
