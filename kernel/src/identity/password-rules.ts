import type { ProblemError } from '@plinth/sdk'
import type { PasswordPolicy } from './policy/password.ts'
import { passwordScore } from './password-score.ts'

/** Longer ones are refused: nobody types them, and each costs time to look at. */
export const LONGEST_PASSWORD = 200

/** Characters as people count them. */
export function passwordLength(password: string): number {
  return Array.from(password.normalize('NFKC')).length
}

const KINDS = [
  ['requireUppercase', 'passwordUppercase', /\p{Lu}/u, 'An upper-case letter is needed.'],
  ['requireLowercase', 'passwordLowercase', /\p{Ll}/u, 'A lower-case letter is needed.'],
  ['requireNumbers', 'passwordNumber', /\p{Nd}/u, 'A digit is needed.'],
  [
    'requireSpecial',
    'passwordSpecial',
    /[^\p{L}\p{N}]/u,
    'A character that is neither letter nor digit is needed.',
  ],
] as const

/**
 * What is wrong with a new password, as far as it can be told without former ones.
 *
 * @param known names and addresses that whoever wants to guess it would try first
 */
export async function passwordFaults(
  password: string,
  policy: PasswordPolicy,
  known: readonly string[],
  pointer = '/password',
): Promise<ProblemError[]> {
  const length = passwordLength(password)
  const fault = (code: string, detail: string): ProblemError => ({ pointer, code, detail })
  if (length > LONGEST_PASSWORD || password.length > LONGEST_PASSWORD * 4)
    return [fault('passwordTooLong', `At most ${LONGEST_PASSWORD} characters.`)]
  const faults = KINDS.filter(([setting, , kind]) => policy[setting] && !kind.test(password)).map(
    ([, code, , detail]) => fault(code, detail),
  )
  if (length < policy.minLength)
    faults.unshift(fault('passwordTooShort', `At least ${policy.minLength} characters are needed.`))
  // Tells the rest first: what is too short is weak as well.
  else if ((await passwordScore(password, known)) < policy.minScore)
    faults.push(fault('passwordWeak', 'Too easily guessed. Longer, or less common words, are safer.'))
  return faults
}
