import type { PolicySection } from './section.ts'

export interface SecondFactorPolicy {
  /** Who must have a second factor. Administrators always must. */
  readonly required: 'administrators' | 'everyone'
  /** Days someone who must have one may still sign in without, counted from the first sign-in in which it was missing. */
  readonly graceDays: number
  /** For whom a code by mail is enough. `members`: administrators need something better besides. `nobody`: none is taken. */
  readonly emailCodes: 'nobody' | 'members' | 'everyone'
  /** Minutes after which what is sensitive asks once more who is there. */
  readonly confirmMinutes: number
}

export const secondFactorSection: PolicySection<SecondFactorPolicy> = {
  defaults: { required: 'administrators', graceDays: 7, emailCodes: 'members', confirmMinutes: 15 },
  properties: {
    required: { enum: ['administrators', 'everyone'] },
    graceDays: { type: 'integer', minimum: 0, maximum: 365 },
    emailCodes: { enum: ['nobody', 'members', 'everyone'] },
    confirmMinutes: { type: 'integer', minimum: 1, maximum: 1440 },
  },
  warnings: ({ graceDays, emailCodes, confirmMinutes }) => [
    ...(graceDays > 30 ? [{ setting: 'graceDays', code: 'long' } as const] : []),
    ...(emailCodes === 'everyone' ? [{ setting: 'emailCodes', code: 'adminMailbox' } as const] : []),
    ...(confirmMinutes > 60 ? [{ setting: 'confirmMinutes', code: 'long' } as const] : []),
  ],
}
