import type { ActionMeta, EntityMeta, OfferedActions } from '@plinth/sdk'
import { api, asProblem, confirm, navigate, pick, toast, type AnyRecord, type MenuItem } from '@plinth/ui'
import { html, nothing } from 'lit'
import { toastProblem } from '../toast-problem.ts'
import type { ActionDialog } from './action-dialog.ts'
import { t } from './texts.ts'

/** What became of an action: the record, nothing where it is gone, or that it was not carried out. */
export type Outcome = { readonly record: AnyRecord | undefined } | undefined

/** The actions a member may carry out on this record now, in the order of the manifest. */
export async function offeredActions(
  meta: EntityMeta,
  recordId: string,
  signal: AbortSignal,
): Promise<readonly ActionMeta[]> {
  if (!meta.actions) return []
  const path = `${meta.api}/${encodeURIComponent(recordId)}/actions`
  const { items } = await api.get<OfferedActions>(path, { signal })
  return meta.actions.filter(({ name }) => items.includes(name))
}

/** Carries out an action on a record. */
export async function runAction(
  meta: EntityMeta,
  record: AnyRecord,
  action: ActionMeta,
  name: string,
): Promise<Outcome> {
  const path = `${meta.api}/${record.id}/actions/${action.name}`
  const send = (input: object): Promise<AnyRecord | undefined> =>
    api.post<AnyRecord | undefined>(path, input, action.output ? {} : { version: record.version })
  const heading = t('action.heading', { action: pick(action.label), name })
  return askOrConfirm({ meta, action, heading, send })
}

/** Asks for what an action wants to be told, or whether it is meant, and carries it out. */
export async function askOrConfirm(task: ActionDialog): Promise<Outcome> {
  const { action, heading, send } = task
  if (action.fields.length > 0 || action.output) {
    // A form and its editors: only for those who use one.
    const { askForInput } = await import('./action-dialog.ts')
    return askForInput(task)
  }
  const sure = await confirm({
    heading,
    text: action.description ? pick(action.description) : '',
    confirm: pick(action.label),
    danger: action.danger,
  })
  if (!sure) return undefined
  try {
    return { record: await send({}) }
  } catch (error) {
    toastProblem(asProblem(error))
    return undefined
  }
}

/** Says that it is done, and leaves the page of a record that is gone. @returns whether the record is to be read again */
export async function finishAction(meta: EntityMeta, action: ActionMeta, outcome: Outcome): Promise<boolean> {
  if (!outcome) return false
  toast(t('action.done', { action: pick(action.label) }), { tone: 'positive' })
  if (outcome.record) return true
  await navigate(meta.path, { replace: true })
  return false
}

/** One action as a button, several in a menu. */
export function renderActions(
  actions: readonly ActionMeta[],
  run: (action: ActionMeta) => Promise<void>,
  busy: boolean,
): unknown {
  const [only, ...more] = actions
  if (!only) return nothing
  if (more.length === 0)
    return html`<button
      slot="actions"
      type="button"
      class="pl-button"
      ?disabled=${busy}
      @click=${() => void run(only)}
    >
      ${only.icon ? html`<pl-icon name=${only.icon}></pl-icon>` : nothing}${pick(only.label)}
    </button>`
  const items = actions.map((action): MenuItem => ({
    label: pick(action.label),
    danger: action.danger,
    ...(action.icon ? { icon: action.icon } : {}),
    run: () => run(action),
  }))
  return html`<pl-menu slot="actions" .items=${items} .label=${t('action.menu')}>
    <button slot="trigger" type="button" class="pl-button" ?disabled=${busy}>
      ${t('action.menu')}<pl-icon name="chevron-down"></pl-icon>
    </button>
  </pl-menu>`
}
