import { common, type ApiProblem } from '@plinth/ui'
import { t } from './texts.ts'
import { limitRefusal } from './limits/limit-words.ts'

/** Codes of the kernel whose detail says why, and nothing else would. */
const OWN_WORDS = new Set(['plugin_refused', 'plugin_failed', 'plan_blocked'])

/**
 * A failed request in one short sentence, for toasts and notes. What a plugin refused says so in its own words; the
 * rest has the words of the error states.
 */
export function problemSentence(problem: ApiProblem): string {
  if (problem.code.includes('.') || OWN_WORDS.has(problem.code)) return problem.message
  if (problem.code === 'network') return common('error.offline.heading')
  if (problem.code === 'confirmation_needed') return common('error.unconfirmed.heading')
  if (problem.code === 'viewing_as') return common('error.viewing.heading')
  if (problem.code === 'feature_off') return t('refusal.feature')
  if (problem.code === 'limit_exceeded') return limitRefusal(problem)
  if (problem.status === 402) return common('error.locked.heading')
  if (problem.status === 403) return common('error.forbidden.heading')
  if (problem.status === 404) return common('error.missing.heading')
  if (problem.code === 'version_conflict') return common('error.conflict.heading')
  if (problem.code === 'key_destroyed') return common('error.shredded.heading')
  if (problem.code === 'key_unavailable') return common('error.sealed.heading')
  if (problem.code === 'ciphertext_invalid') return common('error.tampered.heading')
  return common('error.failed.heading')
}
