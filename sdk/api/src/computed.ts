/** A field of the same record by name, a fixed decimal such as `{ value: '0.19' }`, or a calculation. */
export type Operand = string | { readonly value: string } | Calculation

/**
 * Exact arithmetic of int, decimal and money fields. Only the result is rounded, half away from zero, to the digits of its field or
 * currency. A calculation with an empty value is empty. Amounts add up with amounts of their currency, and are multiplied by numbers.
 */
export type Calculation =
  | { readonly add: readonly Operand[] }
  | { readonly subtract: readonly [from: Operand, what: Operand] }
  | { readonly multiply: readonly Operand[] }

/**
 * What the value of a field follows from. It is stored with the record, so that lists filter, sort and add up by it, and worked out anew
 * with every change of what it follows from.
 */
export type Computed =
  | Calculation
  /** Of a field of the entity's `children`: `{ sum: 'lines.amount' }`. Without any it is zero, or empty where the currency is open. */
  | { readonly sum: string }
  /** How many children there are, or have these values: `{ count: 'items', where: { done: true } }`. */
  | { readonly count: string; readonly where?: Readonly<Record<string, string | boolean>> }
  /** Texts joined by `separator`, a blank if none is given; empty ones are left out. `{ value: 'No.' }` stands for itself. */
  | {
      readonly concat: readonly (string | { readonly value: string })[]
      readonly separator?: string
    }
