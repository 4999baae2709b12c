import type { PolicySection } from './section.ts'

export interface LockoutPolicy {
  /** Wrong passwords for one address after which no further is looked at. */
  readonly attempts: number
  /** Length of the time in which they are counted, and of the wait, in minutes. */
  readonly minutes: number
}

export const lockoutSection: PolicySection<LockoutPolicy> = {
  defaults: { attempts: 10, minutes: 15 },
  properties: {
    attempts: { type: 'integer', minimum: 3, maximum: 100 },
    minutes: { type: 'integer', minimum: 1, maximum: 1440 },
  },
  warnings: ({ attempts }) => (attempts > 20 ? [{ setting: 'attempts', code: 'many' }] : []),
}
