import { toast, type ApiProblem } from '@plinth/ui'
import { explainRefusal, isExplainable } from './explain/explain-refusal.ts'
import { problemSentence } from './problem-sentence.ts'
import { t } from './texts.ts'

/** Says that something did not work, and offers to say why where somebody was not permitted to do it. */
export function toastProblem(problem: ApiProblem, sentence: string = problemSentence(problem)): void {
  toast(sentence, {
    tone: 'danger',
    ...(isExplainable(problem)
      ? { action: { label: t('refusal.why'), run: () => explainRefusal(problem) } }
      : {}),
  })
}
