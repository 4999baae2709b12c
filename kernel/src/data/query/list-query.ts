import type { Filter } from '@plinth/sdk'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import type { Include } from './include.ts'

export interface SortKey {
  readonly field: FieldModel
  readonly descending: boolean
}

/** A checked question for a page of records. */
export interface ListQuery {
  readonly model: EntityModel
  readonly filter: Filter | undefined
  readonly search: string | undefined
  /** Never empty; ends with `id`, so that the order is total. */
  readonly sort: readonly SortKey[]
  /** 1 to 200 */
  readonly limit: number
  /** Values of the sort keys of the last record seen, as text. */
  readonly after: readonly (string | null)[] | undefined
  readonly fields: readonly FieldModel[]
  /** Records that come along. */
  readonly include: readonly Include[]
  readonly count: boolean
  /** Masked fields whose values are asked for. */
  readonly reveal: readonly FieldModel[]
}

/** Not a field of any record: how well it meets the search, best sorted descending. */
export const RANK: FieldModel = {
  name: 'rank',
  columns: ['_rank'],
  column: '_rank',
  base: true,
  notNull: true,
  declaration: { type: 'int', label: { en: 'Rank', de: 'Rang' }, readOnly: true },
}
