import type { PolicySection } from './section.ts'

export interface SessionPolicy {
  /** Hours after which a session ends, used or not. */
  readonly totalHours: number
  /** Minutes without a request after which it ends; 0: those without a use may lie. */
  readonly idleMinutes: number
}

export const sessionSection: PolicySection<SessionPolicy> = {
  defaults: { totalHours: 12, idleMinutes: 0 },
  properties: {
    totalHours: { type: 'integer', minimum: 1, maximum: 720 },
    idleMinutes: { type: 'integer', minimum: 0, maximum: 1440 },
  },
  warnings: ({ totalHours, idleMinutes }) =>
    totalHours > 24 && idleMinutes === 0 ? [{ setting: 'totalHours', code: 'long' }] : [],
}
