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
  passwordReused: 'password.reused',
} as const

/** Why a new password is not taken, in words. @param minLength characters the workspace asks for */
export function passwordProblem(problem: ApiProblem, minLength = 15): string {
  const sentences = problem.errors.map(({ code, detail }) => {
    if (code === 'passwordTooShort') return t('password.tooShort', { count: minLength })
    const key = WORDS[code as keyof typeof WORDS]
    return key ? t(key) : detail
  })
  return sentences.length > 0 ? sentences.join(' ') : problemSentence(problem)
}
