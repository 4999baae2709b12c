import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { EMPTY, pick, PlDialog, type AnyRecord } from '@plinth/ui'
import { cellText, fieldColumn } from '@plinth/ui/data-grid'
import { isChanged, refSource, type ContestedValue, type FormValues, type RefItem } from '@plinth/ui/form'
import { html, render } from 'lit'
import { inSentence, t } from './texts.ts'

/** What to do when someone else saved first. */
export type ConflictAnswer = 'reload' | 'keep' | 'cancel'

/** Fields of which both sides have a say: the person changed them, and what is saved now differs from that. */
export function contested(
  meta: EntityMeta,
  changes: FormValues,
  theirs: AnyRecord,
  yours: FormValues,
): ContestedValue[] {
  return meta.fields
    .filter((field) => field.name in changes && isChanged(field, theirs[field.name], changes[field.name]))
    .map((field) => ({ label: pick(field.label), field, theirs, yours }))
}

/** A reference that was just chosen has no name in the values yet; its id would tell nobody anything. */
async function shown(field: FieldMeta, values: FormValues): Promise<string> {
  const id = values[field.name] as string | null
  const known = field.ref ? (values[field.ref.include] as RefItem | null | undefined) : undefined
  const isReference = field.type === 'ref' || field.type === 'member'
  if (isReference && id && known?.id !== id) return (await refSource(field).find(id))?.label ?? EMPTY
  return cellText(fieldColumn(field), values as AnyRecord) || EMPTY
}

/** Shows what differs and asks which of the two shall count. */
export async function askAboutConflict(
  meta: EntityMeta,
  name: string,
  values: readonly ContestedValue[],
): Promise<ConflictAnswer> {
  const rows = await Promise.all(
    values.map(async ({ label, field, theirs, yours }) => ({
      label,
      now: await shown(field, theirs),
      own: await shown(field, yours),
    })),
  )
  const dialog = new PlDialog()
  dialog.heading = t('conflict.heading')
  dialog.width = 560
  let answer: ConflictAnswer = 'cancel'
  const choose = (choice: ConflictAnswer): void => {
    answer = choice
    dialog.close()
  }
  const cell =
    'padding: 8px 12px 8px 0; border-top: 1px solid var(--pl-hairline); text-align: start; vertical-align: top; overflow-wrap: anywhere'
  const head =
    'padding: 8px 12px 6px 0; text-align: start; font-size: var(--pl-size-12); font-weight: 500; color: var(--pl-text-2)'
  const table = html`<table
    style="width: 100%; margin-top: 8px; border-collapse: collapse; table-layout: fixed"
  >
    <thead>
      <tr>
        <td style=${head}></td>
        <th scope="col" style=${head}>${t('conflict.theirs')}</th>
        <th scope="col" style=${head}>${t('conflict.yours')}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ label, now, own }) =>
          html`<tr>
            <th scope="row" style="${cell}; font-weight: 500; hyphens: auto">${label}</th>
            <td style=${cell}>${now}</td>
            <td style=${cell}>${own}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
  render(
    html`<p style="color: var(--pl-text-2)">
        ${values.length > 0 ? t('conflict.text', { name: name || inSentence(meta.label) }) : t('conflict.same')}
      </p>
      ${values.length > 0 ? table : ''}
      <button slot="footer" class="pl-button" type="button" @click=${() => choose('reload')}>
        ${t('conflict.reload')}
      </button>
      <button slot="footer" class="pl-button primary" type="button" @click=${() => choose('keep')}>
        ${t('conflict.keep')}
      </button>`,
    dialog,
  )
  document.body.append(dialog)
  const closed = new Promise((done) => dialog.addEventListener('close', done, { once: true }))
  await dialog.show()
  dialog.querySelector<HTMLElement>('.primary')?.focus()
  await closed
  dialog.remove()
  return answer
}
