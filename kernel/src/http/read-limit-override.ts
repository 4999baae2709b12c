import { isStorable } from '../data/index.ts'
import type { LimitOverride } from '../entitlements/index.ts'
import { isMoment } from './read-moment.ts'
import { check, type Rule } from './read-operator-body.ts'

const MOST = 1_000_000_000

/** The body that sets a limit for a tenant. @throws Failure `validation_failed` */
export function readLimitOverride(body: Readonly<Record<string, unknown>>): LimitOverride {
  const rules: Record<string, Rule> = {
    value: [
      `A whole number from 0 to ${MOST}; null for no limit.`,
      (value) => value === null || (Number.isInteger(value) && +value! >= 0 && +value! <= MOST),
    ],
    reason: [
      'Why, in 2 to 500 characters: the people of the tenant read it.',
      (value) => typeof value === 'string' && /^\S[^]{0,498}\S$/u.test(value) && isStorable(value),
    ],
    until: [
      'A moment that is still to come, such as 2027-01-31T23:00:00Z; null for good.',
      (value) =>
        value === null || (typeof value === 'string' && isMoment(value) && Date.parse(value) > Date.now()),
    ],
  }
  check(body, rules, ['value', 'reason'])
  const { value, reason, until } = body as unknown as Partial<LimitOverride> &
    Pick<LimitOverride, 'value' | 'reason'>
  return { value, reason, until: typeof until === 'string' ? new Date(until).toISOString() : null }
}
