import { ApiProblem, asProblem } from '@plinth/ui'
import { t } from './texts.ts'

/** Why a code was not taken, in a sentence. */
export function codeProblem(problem: ApiProblem): string {
  if (problem.code === 'code_wrong' || problem.code === 'validation_failed') return t('step.wrong')
  if (problem.code !== 'too_many_attempts') return t('step.unreachable')
  const seconds = problem.problem['retryAfter']
  return t('step.wait', { minutes: Math.max(1, Math.ceil(Number(seconds ?? 60) / 60)) })
}

/** Why a second factor was not taken, in a sentence: what the server or the browser objects to. */
export function factorProblem(error: unknown): string {
  if (error instanceof ApiProblem)
    return error.code === 'passkey_refused' ? t('passkey.refused') : codeProblem(error)
  const name = error instanceof Error ? error.name : ''
  if (name === 'InvalidStateError') return t('passkey.known')
  if (name === 'NotAllowedError' || name === 'AbortError') return t('passkey.cancelled')
  if (name === 'SecurityError' || name === 'NotSupportedError') return t('passkey.impossible')
  return codeProblem(asProblem(error))
}
