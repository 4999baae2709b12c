import type { PolicySection } from './section.ts'

export interface PasswordPolicy {
  /** Characters. */
  readonly minLength: number
  /** Characters for members who have a second factor, where that is fewer. */
  readonly minLengthWithSecondFactor: number
  readonly requireUppercase: boolean
  readonly requireLowercase: boolean
  readonly requireNumbers: boolean
  readonly requireSpecial: boolean
  /** Days after which a new one is demanded; 0: never. */
  readonly maxAgeDays: number
  /** How many former ones, with the present one, may not be taken again; 0: any may. */
  readonly history: number
  /** Ten points for each power of ten of guesses that a good guesser needs, at most 100. */
  readonly minScore: number
}

const toggle = { type: 'boolean' }

/** Characters a password needs: fewer beside a second factor. */
export function shortestPassword(policy: PasswordPolicy, hasSecondFactor: boolean): number {
  const { minLength, minLengthWithSecondFactor } = policy
  return hasSecondFactor ? Math.min(minLength, minLengthWithSecondFactor) : minLength
}

/** After NIST SP 800-63B: length and a list of weak ones; no kinds of characters, no end by date. */
export const passwordSection: PolicySection<PasswordPolicy> = {
  defaults: {
    minLength: 15,
    minLengthWithSecondFactor: 8,
    requireUppercase: false,
    requireLowercase: false,
    requireNumbers: false,
    requireSpecial: false,
    maxAgeDays: 0,
    history: 0,
    minScore: 70,
  },
  properties: {
    minLength: { type: 'integer', minimum: 8, maximum: 64 },
    minLengthWithSecondFactor: { type: 'integer', minimum: 8, maximum: 64 },
    requireUppercase: toggle,
    requireLowercase: toggle,
    requireNumbers: toggle,
    requireSpecial: toggle,
    maxAgeDays: { type: 'integer', minimum: 0, maximum: 3650 },
    history: { type: 'integer', minimum: 0, maximum: 24 },
    minScore: { type: 'integer', minimum: 0, maximum: 100 },
  },
  warnings: (settings) => [
    ...(settings.minLength < 15 ? [{ setting: 'minLength', code: 'short' } as const] : []),
    ...(['requireUppercase', 'requireLowercase', 'requireNumbers', 'requireSpecial'] as const)
      .filter((setting) => settings[setting])
      .map((setting) => ({ setting, code: 'composition' })),
    ...(settings.maxAgeDays > 0 ? [{ setting: 'maxAgeDays', code: 'rotation' } as const] : []),
    ...(settings.minScore < 60 ? [{ setting: 'minScore', code: 'guessable' } as const] : []),
  ],
}
