import type { ApiProblem } from '@plinth/ui'
import { problemSentence } from '../problem-sentence.ts'
import { t } from '../texts.ts'

const WORDS = {
  passwordTooLong: 'password.tooLong',
  passwordWeak: 'password.weak',
  passwordUppercase: 'password.uppercase',
  passwordLowercase: 'password.lowercase',
  passwordNumber: 'password.number',
  passwordSpecial: 'password.special',
  passwordWrong: 'password.wrong',
  passwordReused: 'password.reused',
} as const

/** Why a new password is not taken, in words. */
export function passwordProblem(problem: ApiProblem): string {
  const sentences = problem.errors.map(({ code, detail }) => {
    // How many are asked for is the workspace's to say, and stands in the answer alone.
    const count = /\d+/.exec(detail)?.[0]
    if (code === 'passwordTooShort' && count) return t('password.tooShort', { count })
    const key = WORDS[code as keyof typeof WORDS]
    return key ? t(key) : detail
  })
  return sentences.length > 0 ? sentences.join(' ') : problemSentence(problem)
}
