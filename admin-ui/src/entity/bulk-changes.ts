import type { BulkAnswer, BulkResult, EntityMeta, Problem } from '@plinth/sdk'
import { api, nestCustomValues, type AnyRecord } from '@plinth/ui'

/** Rows of one request, as the server takes them. */
const AT_ONCE = 500

/** A record that was not changed, and why. */
export interface Refusal {
  readonly record: AnyRecord
  readonly problem: Problem
}

/** What became of many records. */
export interface BulkOutcome {
  readonly done: readonly AnyRecord[]
  readonly refused: readonly Refusal[]
}

type Action = Exclude<BulkResult['action'], 'create'>

/** Does the same to many records, each judged by itself. */
async function each(
  meta: EntityMeta,
  action: Action,
  records: readonly AnyRecord[],
  row: (record: AnyRecord) => object,
): Promise<BulkOutcome> {
  const done: AnyRecord[] = []
  const refused: Refusal[] = []
  for (let at = 0; at < records.length; at += AT_ONCE) {
    const some = records.slice(at, at + AT_ONCE)
    const { items } = await api.post<BulkAnswer>(`${meta.api}/bulk`, { [action]: some.map(row) })
    for (const { index, problem } of items) {
      const record = some[index]!
      if (problem) refused.push({ record, problem })
      else done.push(record)
    }
  }
  return { done, refused }
}

/** Gives a field the same value in all of them. What someone else has changed meanwhile is refused. */
export function setField(
  meta: EntityMeta,
  records: readonly AnyRecord[],
  name: string,
  value: unknown,
): Promise<BulkOutcome> {
  const changes = nestCustomValues({ [name]: value })
  return each(meta, 'update', records, ({ id, version }) => ({ id, version, changes }))
}

/** Into the trash, where there is one. */
export function deleteAll(meta: EntityMeta, records: readonly AnyRecord[]): Promise<BulkOutcome> {
  return each(meta, 'delete', records, ({ id }) => ({ id }))
}

export function restoreAll(meta: EntityMeta, records: readonly AnyRecord[]): Promise<BulkOutcome> {
  return each(meta, 'restore', records, ({ id }) => ({ id }))
}

/** Out of the trash, for good. */
export function purgeAll(meta: EntityMeta, records: readonly AnyRecord[]): Promise<BulkOutcome> {
  return each(meta, 'purge', records, ({ id }) => ({ id }))
}
