import type { ActionMeta, EntityMeta, FieldMeta, ProblemError } from '@plinth/sdk'
import { asProblem, common, pick, PlDialog, type AnyRecord, type ApiProblem } from '@plinth/ui'
import { initialValues, PlRecordForm } from '@plinth/ui/form'
import { html, nothing, render } from 'lit'
import { toastProblem } from '../toast-problem.ts'
import './action-result.ts'
import type { Outcome } from './record-actions.ts'
import { recordName, recordNumber } from './record-name.ts'
import { t } from './texts.ts'

export interface ActionDialog {
  readonly meta: EntityMeta
  readonly action: ActionMeta
  readonly heading: string
  /** Those it is carried out on, where they are chosen together. */
  readonly records?: readonly AnyRecord[]
  readonly send: (input: object) => Promise<AnyRecord | undefined>
}

/**
 * Asks for what an action is told, and carries it out. What is refused is shown at its field; the dialog stays until it is done or given up.
 * What one that reads has found stands below, until the dialog is closed.
 */
export async function askForInput({
  meta,
  action,
  heading,
  records = [],
  send,
}: ActionDialog): Promise<Outcome> {
  const dialog = new PlDialog()
  dialog.heading = heading
  dialog.width = 560
  const form = new PlRecordForm()
  form.meta = asEntity(meta, action, records)
  form.initial = initialValues(form.meta.fields)
  form.creating = true
  const asks = action.fields.length > 0
  const reads = action.output !== undefined
  let outcome: Outcome
  let found: AnyRecord | undefined
  let running = false
  const draw = (): unknown =>
    render(
      html`
        ${action.description ? html`<p style="color: var(--pl-text-2); margin-block-end: 16px">${pick(action.description)}</p>` : nothing}
        ${asks ? form : nothing}
        ${reads ? html`<div role="status" style="margin-block-start: ${asks ? 16 : 0}px">${result()}</div>` : nothing}
        <button slot="footer" class="pl-button" type="button" @click=${() => dialog.close()}>
          ${common(found || !asks ? 'common.close' : 'common.cancel')}
        </button>
        ${
          asks
            ? html`<button
                slot="footer"
                class="pl-button ${action.danger ? 'danger' : 'primary'}"
                type="button"
                aria-disabled=${running ? 'true' : 'false'}
                @click=${() => void carryOut()}
              >
                ${pick(action.label)}
              </button>`
            : nothing
        }
      `,
      dialog,
    )
  const result = (): unknown => {
    if (found) return html`<pl-action-result .fields=${action.output} .values=${found}></pl-action-result>`
    return asks ? nothing : html`<pl-skeleton kind="form"></pl-skeleton>`
  }
  const carryOut = async (): Promise<void> => {
    if (running || (asks && !form.check())) return
    running = true
    draw()
    try {
      const answer = await send(asks ? form.changes : {})
      if (reads) found = answer
      else {
        outcome = { record: answer }
        dialog.close()
      }
    } catch (error) {
      await refuse(asProblem(error))
    } finally {
      running = false
      draw()
    }
  }
  const refuse = async (problem: ApiProblem): Promise<void> => {
    found = undefined
    if (asks && problem.errors.length > 0)
      return form.refuse(problem.errors.map((error) => named(error, meta, records)))
    if (asks && problem.code.includes('.'))
      return form.refuse([{ pointer: '', code: problem.code, detail: problem.message }])
    toastProblem(problem)
    if (!asks) dialog.close()
  }
  draw()
  document.body.append(dialog)
  const closed = new Promise((done) => dialog.addEventListener('close', done, { once: true }))
  await dialog.show()
  if (asks) {
    await form.updateComplete
    form.focus()
  } else void carryOut()
  await closed
  dialog.remove()
  return outcome
}

/** The input as the form of a record knows it. */
function asEntity(
  meta: EntityMeta,
  { fields, chosen = [] }: ActionMeta,
  records: readonly AnyRecord[],
): EntityMeta {
  const { transitions: _transitions, children: _children, checks: _checks, ...rest } = meta
  const asked = fields.map((field) => (chosen.includes(field.name) ? amongThem(field, meta, records) : field))
  return {
    ...rest,
    fields: asked,
    form: { groups: [{ label: null, fields: asked.map(({ name }) => name) }] },
  }
}

/** One of the records it is carried out on: a choice among few, and not a search among all. */
function amongThem(
  { ref: _ref, ...field }: FieldMeta,
  meta: EntityMeta,
  records: readonly AnyRecord[],
): FieldMeta {
  const values = records.map((record) => ({ value: record.id, label: { en: fullName(meta, record) } }))
  return { ...field, type: 'enum', values }
}

function fullName(meta: EntityMeta, record: AnyRecord): string {
  return [recordName(meta, record), recordNumber(meta, record)].filter(Boolean).join(' · ')
}

const OF_RECORDS = ['reference', 'permission', 'version', 'refused'] as const

/** A refusal because of one of the records names it. */
function named(error: ProblemError, meta: EntityMeta, records: readonly AnyRecord[]): ProblemError {
  const index = /^\/records\/(\d+)$/.exec(error.pointer)?.[1]
  const record = index === undefined ? undefined : records[Number(index)]
  const code = OF_RECORDS.find((each) => each === error.code)
  if (!record || !code) return error
  const detail = t(`action.record.${code}`, { name: fullName(meta, record) })
  return { pointer: '', code: 'record', detail }
}
