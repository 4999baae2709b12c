import type { DateBucket, Filter } from '@plinth/sdk'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'

export const MEASURES = ['sum', 'avg', 'min', 'max'] as const

export type Measure = (typeof MEASURES)[number]

export interface GroupKey {
  /** Its name in answers: the field's, or `<field>.currency`. */
  readonly name: string
  readonly field: FieldModel
  /** What is grouped by. */
  readonly column: string
  /** Set for date and datetime fields only. */
  readonly bucket: DateBucket | undefined
}

/** A checked question for groups of records. */
export interface AggregateQuery {
  readonly model: EntityModel
  readonly filter: Filter | undefined
  readonly search: string | undefined
  /** At most three. */
  readonly group: readonly GroupKey[]
  readonly measures: readonly { readonly measure: Measure; readonly field: FieldModel }[]
  /** Column of the groups: `n` is their count, `k0` their first key, `m0` their first measure. */
  readonly sort: readonly { readonly column: string; readonly descending: boolean }[]
  /** 1 to 1000 */
  readonly limit: number
}
