import type { AggregateGroup } from './aggregate.ts'
import type { EntityOperation } from './entity.ts'
import type { Problem } from './problem.ts'
import type { RecordBase } from './record.ts'

/** Answer of a collection. `next` is the cursor of the following page. `total` only with `count=true`. */
export interface ListPage<R = RecordBase & Readonly<Record<string, unknown>>> {
  readonly items: readonly R[]
  readonly next: string | null
  readonly total?: number
}

/** Answer of `DELETE …/trash`. */
export interface TrashEmptied {
  /** Records removed for good. */
  readonly purged: number
  /** Records that stay because others in the trash still refer to them. */
  readonly kept: number
  /** There are more: ask again. */
  readonly more: boolean
}

/** What became of one row of `POST …/bulk`. */
export interface BulkResult<R = RecordBase & Readonly<Record<string, unknown>>> {
  /** `restore` and `purge` of entities with a trash alone. */
  readonly action: EntityOperation | 'restore' | 'purge'
  /** Position in the list of its action. */
  readonly index: number
  /** What a request for this row alone would have been answered with. */
  readonly status: number
  /** The record after creation or change. */
  readonly record?: R
  /** Why it was refused; pointers count from the row. */
  readonly problem?: Problem
}

/** Answer of `POST …/bulk`. */
export interface BulkAnswer<R = RecordBase & Readonly<Record<string, unknown>>> {
  /** One for each row: creations, changes, deletions, restorations, removals for good, each in the given order. */
  readonly items: readonly BulkResult<R>[]
  /** How many of them were refused. */
  readonly refused: number
}

/** Answer of `GET …/<collection>/aggregate`. `more`: there are further groups beyond the limit. */
export interface AggregateAnswer {
  readonly groups: readonly AggregateGroup[]
  readonly more: boolean
}
