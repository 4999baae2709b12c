import { Failure } from '../../errors.ts'
import { forgetRecords } from '../secrets/damaged-records.ts'
import type { TrashModel } from '../model/entity-model.ts'
import { toStored } from '../model/field-columns.ts'
import { compileRowScope } from '../query/compile-filter.ts'
import { SqlValues } from '../query/sql-values.ts'
import type { RecordJson } from './render-record.ts'
import { requireChanged } from './change-steps.ts'
import { admitReturn } from './growth.ts'
import { allowed, lockRecord } from './lock-record.ts'
import { publicOnly, renderSome } from './record-parts.ts'
import { byColumn, deleteRow, updateRow } from './row-statements.ts'
import { noteRepair } from './unreadable-values.ts'
import { explain, shown, tableOf, type LoneWrite } from './write.ts'

/** A change to what lies in the trash. */
export type TrashWrite = LoneWrite & { readonly model: TrashModel }

/** Records removed for good with one statement at most. */
export const TRASH_BATCH = 1_000

/**
 * Brings a record back from the trash, with those that went along with it.
 *
 * @throws Failure `not_found` | `permission_missing` | `unique_violated` when a value has been taken since | `reference_unknown` when the
 * record refers to one that is still in the trash | `limit_exceeded`
 */
export async function restoreRecord(write: TrashWrite, id: string): Promise<RecordJson> {
  return admitReturn(write, write.model, () => bringBack(write, id))
}

async function bringBack(write: TrashWrite, id: string): Promise<RecordJson> {
  const { work, model, models, hooks } = write
  const { deletedAt: _at, deletedBy: _by, ...before } = allowed(write, await lockRecord(write, id))
  await hooks.beforeRestore?.(before)
  const live = models.get(model.id)!
  const by = work.context.actor.id
  const back = toStored(model, { deletedAt: null, deletedBy: null, updatedAt: work.now, updatedBy: by })
  const version = Number(before['version'])
  work.later(updateRow(tableOf(write), id, version, byColumn(model, back)), {
    explain: explain({ ...write, model: live }),
    check: requireChanged,
  })
  const after = {
    ...before,
    ...renderSome(live, { updatedAt: back['updatedAt'], updatedBy: by }),
    version: version + 1,
  }
  work.audit({ action: `${model.id}.restored`, subjectType: model.id, subjectId: id })
  work.emit(`${model.id}.restored`, id, { record: publicOnly(live, after) })
  await work.flush()
  return shown(write, after)
}

/**
 * Removes a record in the trash for good.
 *
 * @throws Failure `not_found` | `permission_missing` | `still_referenced` by others in the trash
 */
export async function purgeRecord(write: TrashWrite, id: string): Promise<void> {
  const { work, model } = write
  noteRepair(work, model, allowed(write, await lockRecord(write, id)))
  work.later(deleteRow(tableOf(write), id), { explain: explain(write, true), check: requireChanged })
  work.audit({ action: `${model.id}.purged`, subjectType: model.id, subjectId: id })
  await work.flush()
}

/**
 * Removes the records of the trash that the actor may remove, oldest first, as many as go with one statement.
 *
 * @returns their ids; as many as `TRASH_BATCH`, and there may be more
 * @throws Failure `still_referenced` when others in the trash refer to one of them: nothing is removed then
 */
export async function purgeAll(write: TrashWrite): Promise<string[]> {
  const ids = await purgeable(write)
  if (ids.length === 0) return []
  const { work, model } = write
  const text = `DELETE FROM ${tableOf(write)} WHERE tenant_id = current_setting('plinth.tenant')::uuid AND id = ANY ($1::uuid[])`
  work.later({ text, values: [`{${ids.join(',')}}`] }, { explain: explain(write, true) })
  if (model.secret.length > 0) work.later(forgetRecords(work.context.tenantId, model.id, ids))
  for (const id of ids) work.audit({ action: `${model.id}.purged`, subjectType: model.id, subjectId: id })
  await work.flush()
  return ids
}

/** Ids of what the actor may remove from the trash, oldest first. */
export async function purgeable(write: TrashWrite): Promise<string[]> {
  const values = new SqlValues()
  const scopes = [write.readable, write.writable].map((scope) => compileRowScope(write.model, scope, values))
  const rows = await write.work.run<{ id: string }>({
    text: `SELECT t.id FROM ${tableOf(write)} t WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND ${scopes.join(' AND ')}
      ORDER BY t.deleted_at, t.id LIMIT ${TRASH_BATCH}`,
    values: values.list,
  })
  return rows.map(({ id }) => id)
}

/** The trash of an entity that has one. @throws Failure `not_found` */
export function requireTrash(write: LoneWrite): TrashWrite {
  const { trash } = write.models.get(write.model.id) ?? {}
  if (!trash) throw new Failure('not_found')
  return { ...write, model: trash }
}
