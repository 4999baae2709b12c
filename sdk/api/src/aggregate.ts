import type { Filter } from './filter.ts'
import type { Money } from './record.ts'

/** Parts of the calendar that dates are grouped by, in UTC; weeks start on Monday. */
export const DATE_BUCKETS = ['day', 'week', 'month', 'quarter', 'year'] as const

export type DateBucket = (typeof DATE_BUCKETS)[number]

/** What to work out of the records of an entity, by group. `F` are the names of its fields. */
export interface AggregateOptions<F extends string = string> {
  /**
   * At most three: enum, bool, ref and member fields by name, date and datetime fields as `createdAt:month`, money fields as
   * `price.currency`. None: one group of all. Amounts whose field leaves the currency open are grouped by it in any case.
   */
  readonly group?: readonly (F | `${F}:${DateBucket}` | `${F}.currency`)[]
  /** int, decimal and money fields. */
  readonly sum?: readonly F[]
  /** int and decimal fields, to six digits after the point; money fields, to the digits of the currency. */
  readonly avg?: readonly F[]
  /** int, decimal, money, date and datetime fields. */
  readonly min?: readonly F[]
  /** int, decimal, money, date and datetime fields. */
  readonly max?: readonly F[]
  readonly filter?: Filter
  /** Names of groups' fields, `count`, `sum.amount` …, comma separated, `-` before a name for descending. Default: the groups' fields. */
  readonly sort?: string
  /** At most this many groups, 1 to 1000. Default 100. */
  readonly limit?: number
}

/** A number, a date or decimal as text, or an amount. */
export type AggregateResult = number | string | Money | null

/**
 * One group. Keys are by field name, currencies by `<field>.currency`; dates are the first day of their bucket, in which moments fall as clocks
 * of the tenant's time zone show them. Sums are exact: of decimals they are strings, as are
 * averages, and of money they are amounts with their currency. Empty values take no part; of none but empty values, sum, avg, min and max
 * are null.
 */
export interface AggregateGroup {
  readonly key: Readonly<Record<string, string | boolean | null>>
  readonly count: number
  readonly sum?: Readonly<Record<string, AggregateResult>>
  readonly avg?: Readonly<Record<string, string | Money | null>>
  readonly min?: Readonly<Record<string, AggregateResult>>
  readonly max?: Readonly<Record<string, AggregateResult>>
}
