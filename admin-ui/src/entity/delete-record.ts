import type { EntityMeta, ShellEntity, Text } from '@plinth/sdk'
import {
  api,
  asProblem,
  common,
  confirm,
  navigate,
  pick,
  PlDialog,
  toastDeleted,
  type ApiProblem,
} from '@plinth/ui'
import { html, render } from 'lit'
import { toastProblem } from '../toast-problem.ts'
import { shell } from '../session/state.ts'
import { t } from './texts.ts'

interface Reference {
  readonly entity?: string
  readonly field?: string
  readonly count?: number
  readonly label?: Text
}

/** Where the records that stand in the way can be seen, if they may be seen. */
function placeOf(
  { entity, field }: Reference,
  recordId: string,
): { target: ShellEntity; path: string } | undefined {
  const target = entity ? shell.value?.entities[entity] : undefined
  return target && field ? { target, path: `${target.path}?${field}=${recordId}` } : undefined
}

/** Says what keeps the record from being deleted, with the way there. */
async function explain(problem: ApiProblem, name: string, recordId: string): Promise<void> {
  const reference = problem.problem as Reference
  const place = placeOf(reference, recordId)
  const label = reference.label ?? place?.target.labelPlural
  const text =
    label && reference.count
      ? t('delete.used.count', { count: reference.count, label: pick(label) })
      : t('delete.used.some')
  const heading = t('delete.used.heading', { name })
  if (place) {
    const show = await confirm({
      heading,
      text,
      confirm: t('delete.show', { label: pick(place.target.labelPlural) }),
    })
    if (show) await navigate(place.path)
    return
  }
  const dialog = new PlDialog()
  dialog.heading = heading
  render(
    html`<p style="color: var(--pl-text-2)">${text}</p>
      <button slot="footer" class="pl-button primary" type="button" @click=${() => dialog.close()}>
        ${common('common.close')}
      </button>`,
    dialog,
  )
  document.body.append(dialog)
  dialog.addEventListener('close', () => dialog.remove(), { once: true })
  await dialog.show()
}

/** Deletes a record after asking, and goes to the list. What still refers to it is explained in words. */
export async function deleteRecord(meta: EntityMeta, recordId: string, name: string): Promise<void> {
  const sure = await confirm({
    heading: t('delete.heading', { name }),
    text: meta.trash ? t('delete.toTrash', { days: meta.trash.keepDays }) : t('delete.text'),
    confirm: meta.trash ? common('common.delete') : t('delete.confirm'),
    danger: true,
  })
  if (!sure) return
  try {
    await api.delete(`${meta.api}/${recordId}`)
  } catch (error) {
    const problem = asProblem(error)
    if (problem.code === 'still_referenced') await explain(problem, name, recordId)
    else toastProblem(problem)
    return
  }
  toastDeleted(t('delete.done', { name }), meta, recordId)
  await navigate(meta.path, { replace: true })
}
