import type { ImportDocument } from '@plinth/sdk'
import { html, nothing, type TemplateResult } from 'lit'
import { t } from './texts.ts'

const STEPS = ['upload', 'assign', 'check', 'result'] as const

export type Step = (typeof STEPS)[number]

/** How far someone has come. */
export function renderSteps(now: Step): TemplateResult {
  const at = STEPS.indexOf(now)
  return html`<ol class="steps" aria-label=${t('steps.label')}>
    ${STEPS.map((name, index) => {
      const state = index < at ? 'past' : index === at ? 'now' : 'next'
      return html`<li class=${state} aria-current=${state === 'now' ? 'step' : nothing}>
        <span class="number" aria-hidden="true"
          >${state === 'past' ? html`<pl-icon name="check"></pl-icon>` : index + 1}</span
        >${t(`steps.${name}`)}
      </li>`
    })}
  </ol>`
}

/**
 * The step an import is at.
 *
 * @param assigning whether someone is back at the assignment after a check
 */
export function stepOf(doc: ImportDocument | undefined, assigning: boolean): Step {
  if (!doc) return 'upload'
  if (doc.status === 'checking') return 'check'
  if (doc.status === 'ready' || doc.status === 'checked')
    return doc.status === 'checked' && !assigning ? 'check' : 'assign'
  return 'result'
}
