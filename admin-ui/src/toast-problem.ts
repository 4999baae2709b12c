import { common, confirm, isInDialog, toast, type ApiProblem } from '@plinth/ui'
import { explainRefusal, isExplainable } from './explain/explain-refusal.ts'
import { problemSentence } from './problem-sentence.ts'
import { t } from './texts.ts'

/** Says that something did not work, and offers to say why where somebody was not permitted to do it. */
export function toastProblem(problem: ApiProblem, sentence: string = problemSentence(problem)): void {
  if (!isExplainable(problem)) toast(sentence, { tone: 'danger' })
  // Beside an open dialog a toast can be read, and not reached.
  else if (isInDialog()) void offer(problem, sentence)
  else
    toast(sentence, {
      tone: 'danger',
      action: { label: t('refusal.why'), run: () => explainRefusal(problem) },
    })
}

async function offer(problem: ApiProblem, heading: string): Promise<void> {
  if (await confirm({ heading, confirm: t('refusal.why'), cancel: common('common.close') }))
    await explainRefusal(problem)
}
