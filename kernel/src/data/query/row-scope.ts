import type { Filter } from '@plinth/sdk'
import type { EntityModel, Models } from '../model/entity-model.ts'

/** Which rows of an entity an actor may see: all, none, or those meeting the filter. */
export type RowScope = true | false | Filter

/** What a read is compiled against: where the tables are, and what the actor may see of each entity. */
export interface ReadScope {
  readonly models: Models
  /** Database schema of the tenant's tables. */
  readonly schema: string
  /** Whether the database finds words that are alike. Default: no. */
  readonly similar?: boolean
  /** Rows of the entity the actor may read. */
  readable(model: EntityModel): RowScope
}
