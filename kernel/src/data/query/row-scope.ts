import type { Filter } from '@plinth/sdk'
import type { Secrets } from '../secrets/secrets.ts'
import type { EntityModel, FieldModel, Models } from '../model/entity-model.ts'

/** Which rows of an entity an actor may see: all, none, or those meeting the filter. */
export type RowScope = true | false | Filter

/** What a read is compiled against: where the tables are, and what the actor may see of each entity. */
export interface ReadScope {
  readonly models: Models
  /** Database schema of the tenant's tables. */
  readonly schema: string
  /** IANA name of the time zone in which moments fall on days. */
  readonly timeZone: string
  /** Whether the database finds words that are alike. Default: no. */
  readonly similar?: boolean
  /** Rows of the entity the actor may read. */
  readable(model: EntityModel): RowScope
  /** Whether the actor may know what members are called. Default: no. */
  readonly members?: boolean
  /** What the actor may learn of masked fields. Default: their masks. */
  readonly unmasking?: Unmasking
  /** Opens encrypted fields in what is answered: pass it through `open`. Without it they are covered whole. */
  readonly secrets?: Secrets
}

/** What an actor may learn of fields that are masked. */
export interface Unmasking {
  /** Rows in which the value is answered instead of its mask. */
  clear(model: EntityModel, field: FieldModel): RowScope
  /** Whether filters, groups and measures may depend on the values. */
  usable(model: EntityModel, field: FieldModel): boolean
}
