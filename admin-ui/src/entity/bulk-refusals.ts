import type { EntityMeta, Problem } from '@plinth/sdk'
import { ApiProblem, common, PlDialog } from '@plinth/ui'
import { html, render } from 'lit'
import { problemSentence } from '../problem-sentence.ts'
import { valueText } from './ask-field.ts'
import type { BulkOutcome } from './bulk-changes.ts'
import { recordName } from './record-name.ts'
import { t } from './texts.ts'

/** Says of which records it did not go, and why; the others are done. */
export async function showRefusals(
  meta: EntityMeta,
  { done, refused }: BulkOutcome,
  heading: string,
): Promise<void> {
  const dialog = new PlDialog()
  dialog.heading = heading
  dialog.width = 560
  render(
    html`<p style="color: var(--pl-text-2); margin-block-end: 10px">
        ${t('bulk.result', { done: done.length, refused: refused.length })}
      </p>
      <ul style="margin: 0; padding: 0; list-style: none">
        ${refused.map(
          ({ record, problem }) =>
            html`<li style="padding-block: 7px; border-block-start: 1px solid var(--pl-hairline)">
              <strong style="font-weight: 550">${recordName(meta, record)}</strong><br />
              ${reasons(meta, problem)}
            </li>`,
        )}
      </ul>
      <button slot="footer" class="pl-button primary" type="button" @click=${() => dialog.close()}>
        ${common('common.close')}
      </button>`,
    dialog,
  )
  document.body.append(dialog)
  const closed = new Promise((gone) => dialog.addEventListener('close', gone, { once: true }))
  await dialog.show()
  await closed
  dialog.remove()
}

function reasons(meta: EntityMeta, problem: Problem): string {
  if (problem.code === 'still_referenced') return t('bulk.inUse')
  const errors = problem.errors ?? []
  if (errors.length === 0) return problemSentence(new ApiProblem(problem))
  return errors.map((error) => valueText(meta, error)).join(' ')
}
