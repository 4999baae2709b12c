/** Least and most that a field of type `int` holds: PostgreSQL's `integer`. The range is not symmetric. */
export const LEAST_INT = -2_147_483_648
export const MOST_INT = 2_147_483_647

/** Whether a field of type `int` can hold this value. */
export function isInt(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= LEAST_INT && (value as number) <= MOST_INT
}
