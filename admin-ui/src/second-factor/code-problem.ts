import type { ApiProblem } from '@plinth/ui'
import { t } from './texts.ts'

/** Why a code was not taken, in a sentence. */
export function codeProblem(problem: ApiProblem): string {
  if (problem.code === 'code_wrong' || problem.code === 'validation_failed') return t('step.wrong')
  if (problem.code !== 'too_many_attempts') return t('step.unreachable')
  const seconds = problem.problem['retryAfter']
  return t('step.wait', { minutes: Math.max(1, Math.ceil(Number(seconds ?? 60) / 60)) })
}
