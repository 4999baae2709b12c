import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { common, pick, PlDialog } from '@plinth/ui'
import { fieldOf, problemText, sendable, type FieldChange, type PlField } from '@plinth/ui/form'
import { html, render } from 'lit'
import { sharedFields } from './shared-fields.ts'
import { t } from './texts.ts'

/** Asks which field many records should be given which value in. @returns undefined when it was called off */
export async function askField(
  meta: EntityMeta,
  count: number,
): Promise<{ readonly field: FieldMeta; readonly value: unknown } | undefined> {
  const fields = sharedFields(meta)
  const dialog = new PlDialog()
  dialog.heading = t('bulk.set.heading', { count })
  let field = fields[0]!
  let value: unknown = null
  let problem: string | undefined
  let shown = false
  let answer: { field: FieldMeta; value: unknown } | undefined
  const fault = (): string | undefined =>
    problem ?? (field.required && (value === null || value === '') ? 'required' : undefined)
  const choose = (event: Event): void => {
    const { value: name } = event.currentTarget as HTMLSelectElement
    field = fields.find((each) => each.name === name) ?? field
    value = field.type === 'bool' ? false : null
    problem = undefined
    shown = false
    draw()
  }
  const change = (event: CustomEvent<FieldChange>): void => {
    value = event.detail.value
    problem = event.detail.problem
    draw()
  }
  const decide = (): void => {
    dialog.querySelector<PlField>('pl-field')?.commit()
    shown = true
    draw()
    if (fault()) return dialog.querySelector<PlField>('pl-field')?.focus()
    answer = { field, value: sendable(field, value) }
    dialog.close()
  }
  const draw = (): void => {
    const code = shown ? fault() : undefined
    const problems = code ? [{ pointer: `/${field.name}`, code, detail: '' }] : []
    render(
      html`<div style="display: grid; gap: 16px; padding-block-end: 4px">
          <label style="display: grid; gap: 5px; font-weight: 500"
            >${t('bulk.set.field')}
            <select style=${SELECT} aria-label=${t('bulk.set.field')} @change=${choose}>
              ${fields.map(
                ({ name, label }) =>
                  html`<option value=${name} ?selected=${name === field.name}>${pick(label)}</option>`,
              )}
            </select></label
          >
          <pl-field .field=${field} .value=${value} .problems=${problems} @field-change=${change}></pl-field>
          ${value === null && !field.required ? html`<p style="color: var(--pl-text-2)">${t('bulk.set.empty')}</p>` : ''}
        </div>
        <button slot="footer" class="pl-button" type="button" @click=${() => dialog.close()}>
          ${common('common.cancel')}
        </button>
        <button slot="footer" class="pl-button primary" type="button" @click=${decide}>
          ${t('bulk.set.do', { count })}
        </button>`,
      dialog,
    )
  }
  value = field.type === 'bool' ? false : null
  draw()
  document.body.append(dialog)
  const closed = new Promise((done) => dialog.addEventListener('close', done, { once: true }))
  await dialog.show()
  dialog.querySelector('select')?.focus()
  await closed
  dialog.remove()
  return answer
}

const SELECT =
  'min-height: var(--pl-control); padding: 0 10px; border: 1px solid var(--pl-hairline-strong); border-radius: var(--pl-radius-m); background: var(--pl-raised); color: inherit; font: inherit; font-weight: 450'

/** Why a value was refused, in the member's language, led by the field it belongs to. */
export function valueText(meta: EntityMeta, error: Parameters<typeof problemText>[0]): string {
  const field = meta.fields.find(({ name }) => name === fieldOf(error.pointer))
  const text = problemText(error, field)
  return field ? `${pick(field.label)}: ${text}` : text
}
