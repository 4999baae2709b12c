import type { AttemptLimit } from '../../data/index.ts'
import { addressKey } from '../members.ts'

/** Wrong passwords are counted for a day and refuse nothing by themselves: they weigh when the right one comes. */
export const NEVER_TOO_MANY: AttemptLimit = { max: 1_000_000, seconds: 86_400 }

/** What wrong passwords for an address are counted under, whether somebody has it or not. */
export function failuresOf(email: string): string {
  return `wrong passwords ${addressKey(email)}`
}
