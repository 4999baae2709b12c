import type { Text } from './text.ts'

type Scalar = string | number | boolean | null

/** A value, or another field of the same record. */
export type CheckOperand = Scalar | { readonly field: string }

/** The value a field must equal, or comparisons it must meet, all of them. Numbers, amounts, dates and times have an order. */
export type CheckCondition =
  | Scalar
  | {
      readonly eq?: CheckOperand
      readonly ne?: CheckOperand
      readonly lt?: CheckOperand
      readonly lte?: CheckOperand
      readonly gt?: CheckOperand
      readonly gte?: CheckOperand
      readonly in?: readonly Scalar[]
      readonly nin?: readonly Scalar[]
      readonly isNull?: boolean
    }

/** Comparisons of the fields of one record, joined by *and*; `and`, `or` and `not` nest. */
export interface CheckFilter {
  readonly and?: readonly CheckFilter[]
  readonly or?: readonly CheckFilter[]
  readonly not?: CheckFilter
  readonly [field: string]: CheckCondition | readonly CheckFilter[] | CheckFilter | undefined
}

/**
 * A rule over several fields of a record: whenever `when` is met, `that` must be. A comparison with an empty value decides nothing, so
 * that `{ endsOn: { gte: { field: 'startsOn' } } }` lets a record without an end be; ask for `isNull` where emptiness matters.
 */
export interface CheckDeclaration {
  /** kebab-case; a refusal has the code `check.<id>`. */
  readonly id: string
  readonly when?: CheckFilter
  readonly that: CheckFilter
  /** What is wrong, as a sentence. */
  readonly message: Text
  /** The field the refusal points to. */
  readonly field: string
}
