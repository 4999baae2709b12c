import './theme.css'
import {
  answerConfirmation,
  answerWhy,
  applyScheme,
  baseRules,
  effect,
  elementRules,
  startRouter,
} from '@plinth/ui'
import './icons.ts'
import './frame/app.ts'
import { explainRefusal } from './explain/explain-refusal.ts'
import { followLive } from './session/live.ts'

document.adoptedStyleSheets.push(elementRules, baseRules.styleSheet as CSSStyleSheet)
effect(applyScheme)
startRouter()
followLive()
answerWhy(explainRefusal)
answerConfirmation(async (problem) =>
  (await import('./second-factor/confirm-again.ts')).confirmAgain(problem),
)
