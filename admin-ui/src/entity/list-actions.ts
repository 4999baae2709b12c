import type { ActionMeta, EntityMeta } from '@plinth/sdk'
import { api, pick, toast, type AnyRecord } from '@plinth/ui'
import { askOrConfirm } from './record-actions.ts'
import { recordName } from './record-name.ts'
import { t } from './texts.ts'

/** What can be done with the collection and the plugin, without choosing records. */
export function listActions({ collectionActions = [], pluginActions = [] }: EntityMeta): ActionMeta[] {
  return [...collectionActions.filter(({ records }) => !records), ...pluginActions]
}

/** What can be done with chosen records together. */
export function chosenActions({ collectionActions = [] }: EntityMeta): ActionMeta[] {
  return collectionActions.filter(({ records }) => records)
}

/** Why an action cannot be carried out on so many records; nothing when it can. */
export function tooFewOrMany({ records }: ActionMeta, count: number): string | undefined {
  const { min, max } = records!
  return count >= min && count <= max ? undefined : t('action.between', { min, max })
}

/**
 * Carries out an action on the collection or the plugin, or on chosen records together.
 *
 * @returns whether something has changed
 */
export async function runListAction(
  meta: EntityMeta,
  action: ActionMeta,
  records: readonly AnyRecord[] = [],
): Promise<boolean> {
  const label = pick(action.label)
  const [only, ...more] = records
  const name = only && more.length === 0 ? recordName(meta, only) : t('bulk.count', { count: records.length })
  const together = records.map(({ id, version }) => ({ id, version }))
  const outcome = await askOrConfirm({
    meta,
    action,
    heading: only ? t('action.heading', { action: label, name }) : label,
    records,
    send: (input) => api.post(action.api!, action.records ? { ...input, records: together } : input),
  })
  if (!outcome) return false
  toast(t('action.done', { action: label }), { tone: 'positive' })
  return true
}
