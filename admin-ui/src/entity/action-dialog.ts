import type { ActionMeta, EntityMeta } from '@plinth/sdk'
import { asProblem, common, pick, PlDialog, toast, type AnyRecord } from '@plinth/ui'
import { initialValues, PlRecordForm } from '@plinth/ui/form'
import { html, nothing, render } from 'lit'
import { problemSentence } from '../problem-sentence.ts'
import type { Outcome } from './record-actions.ts'
import { t } from './texts.ts'

/**
 * Asks for what an action is told, and carries it out. What is refused is shown at its field; the dialog stays until it is done or given up.
 *
 * @param name of the record, as people know it
 */
export async function askForInput(
  meta: EntityMeta,
  action: ActionMeta,
  name: string,
  send: (input: object) => Promise<AnyRecord | undefined>,
): Promise<Outcome> {
  const dialog = new PlDialog()
  dialog.heading = t('action.heading', { action: pick(action.label), name })
  dialog.width = 560
  const form = new PlRecordForm()
  form.meta = asEntity(meta, action)
  form.initial = initialValues(action.fields)
  form.creating = true
  let outcome: Outcome
  let running = false
  const draw = (): unknown =>
    render(
      html`
        ${action.description ? html`<p style="color: var(--pl-text-2); margin-block-end: 16px">${pick(action.description)}</p>` : nothing}
        ${form}
        <button slot="footer" class="pl-button" type="button" @click=${() => dialog.close()}>
          ${common('common.cancel')}
        </button>
        <button
          slot="footer"
          class="pl-button ${action.danger ? 'danger' : 'primary'}"
          type="button"
          aria-disabled=${running ? 'true' : 'false'}
          @click=${() => void carryOut()}
        >
          ${pick(action.label)}
        </button>
      `,
      dialog,
    )
  const carryOut = async (): Promise<void> => {
    if (running || !form.check()) return
    running = true
    draw()
    try {
      outcome = { record: await send(form.changes) }
      dialog.close()
    } catch (error) {
      const problem = asProblem(error)
      if (problem.errors.length > 0) await form.refuse(problem.errors)
      else if (problem.code.includes('.'))
        await form.refuse([{ pointer: '', code: problem.code, detail: problem.message }])
      else toast(problemSentence(problem), { tone: 'danger' })
    } finally {
      running = false
      draw()
    }
  }
  draw()
  document.body.append(dialog)
  const closed = new Promise((done) => dialog.addEventListener('close', done, { once: true }))
  await dialog.show()
  await form.updateComplete
  form.focus()
  await closed
  dialog.remove()
  return outcome
}

/** The input as the form of a record knows it. */
function asEntity(meta: EntityMeta, { fields }: ActionMeta): EntityMeta {
  const { transitions: _transitions, children: _children, checks: _checks, ...rest } = meta
  return { ...rest, fields, form: { groups: [{ label: null, fields: fields.map(({ name }) => name) }] } }
}
