import type { ScimSort } from './compile-sort.ts'
import type { ScimFilter } from './filter.ts'

/** Which resources are wanted. */
export interface PageQuery {
  readonly filter: ScimFilter | undefined
  /** Undefined: as they were made. */
  readonly sort: ScimSort | undefined
  /** From 1. */
  readonly startIndex: number
  readonly count: number
}

export interface Page<Row> {
  readonly total: number
  readonly items: readonly Row[]
}
