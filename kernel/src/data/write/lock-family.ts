import type { ChildrenModel } from '../model/entity-model.ts'
import { liveCondition } from '../model/trash.ts'
import { compileRowScope } from '../query/compile-filter.ts'
import { SqlValues } from '../query/sql-values.ts'
import { statementName } from '../query/statement-name.ts'
import { opened, storedColumns, type LockedRecord } from './lock-record.ts'
import { rememberStored } from './custom-values.ts'
import type { RecordJson } from './render-record.ts'
import type { Write } from './write.ts'

/*
 * A parent is locked before its children, whoever comes: else two would wait for each other. Who changes children holds their parent,
 * so they need no lock of their own.
 */

/** A record of its table as JSON, with what the actor may do with it. */
function asJson(write: Write, alias: string, values: SqlValues): string {
  const { model } = write
  const columns = storedColumns(write, values, alias)
  const may = (name: 'readable' | 'writable') =>
    `(${compileRowScope(model, write[name], values, alias)}) IS TRUE AS "_${name}"`
  return `(SELECT row_to_json(_${alias}) FROM (SELECT ${columns}, ${may('readable')}, ${may('writable')}) _${alias})`
}

async function fromJson(write: Write, json: RecordJson): Promise<LockedRecord> {
  const { _readable, _writable, ...item } = json
  return {
    item: rememberStored(await opened(write, item)),
    readable: _readable === true,
    writable: _writable === true,
    asked: [],
  }
}

function allFromJson(write: Write, rows: readonly RecordJson[]): Promise<readonly LockedRecord[]> {
  return Promise.all(rows.map((json) => fromJson(write, json)))
}

/** Reads and locks a record together with the one it belongs to; undefined where it belongs to none. */
export async function lockWithParent(
  write: Write,
  parent: Write,
  id: string,
): Promise<{ readonly own: LockedRecord; readonly parent: LockedRecord } | undefined> {
  const { work, model, schema } = write
  const values = new SqlValues()
  const text = `SELECT ${asJson(write, 't', values)} AS own, ${asJson(parent, 'p', values)} AS parent
    FROM ${schema}.${parent.model.table} p
    JOIN ${schema}.${model.table} t ON t.tenant_id = p.tenant_id AND t.${linkColumn(write, model.parent!.collection)} = p.id
    WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ${values.add(id)}::uuid AND ${live(parent, 'p')}
    FOR NO KEY UPDATE OF p FOR NO KEY UPDATE OF t`
  const [row] = await work.run<{ own: RecordJson; parent: RecordJson }>({
    text,
    values: values.list,
    ...statementName(model.role, text),
  })
  return row && { own: await fromJson(write, row.own), parent: await fromJson(parent, row.parent) }
}

/** Reads and locks a record and reads the children of one collection, in their order. */
export async function lockWithChildren(
  write: Write,
  children: Write,
  collection: ChildrenModel,
  id: string,
): Promise<{ readonly own: LockedRecord; readonly children: readonly LockedRecord[] } | undefined> {
  const { work, model, schema } = write
  const values = new SqlValues()
  const wanted = `${values.add(id)}::uuid`
  const tenant = `current_setting('plinth.tenant')::uuid`
  const text = `SELECT ${asJson(write, 't', values)} AS own,
    (SELECT json_agg(${asJson(children, 'c', values)} ORDER BY c.ordinal, c.id) FROM ${schema}.${children.model.table} c
      WHERE c.tenant_id = ${tenant} AND c.${linkColumn(children, collection)} = ${wanted} AND ${live(children, 'c')}) AS children,
    (SELECT s.version FROM ${schema}.${model.table} s WHERE s.tenant_id = ${tenant} AND s.id = ${wanted}) AS seen
    FROM ${schema}.${model.table} t WHERE t.tenant_id = ${tenant} AND t.id = ${wanted} AND ${live(write, 't')} FOR NO KEY UPDATE OF t`
  const [row] = await work.run<{ own: RecordJson; children: RecordJson[] | null; seen: number }>({
    text,
    values: values.list,
    ...statementName(model.role, text),
  })
  if (!row) return undefined
  // Who had to wait for the lock has the parent as it is now, but the children as they were before.
  const late = row.own['version'] !== row.seen
  return {
    own: await fromJson(write, row.own),
    children: late
      ? await readChildren(children, collection, id)
      : await allFromJson(children, row.children ?? []),
  }
}

/** The children of a record that is locked, in their order. */
export async function readChildren(
  children: Write,
  collection: ChildrenModel,
  parentId: string,
): Promise<readonly LockedRecord[]> {
  const { work, model, schema } = children
  const values = new SqlValues()
  const text = `SELECT ${asJson(children, 'c', values)} AS item FROM ${schema}.${model.table} c
    WHERE c.tenant_id = current_setting('plinth.tenant')::uuid AND c.${linkColumn(children, collection)} = ${values.add(parentId)}::uuid AND ${live(children, 'c')}
    ORDER BY c.ordinal, c.id`
  const rows = await work.run<{ item: RecordJson }>({
    text,
    values: values.list,
    ...statementName(model.role, text),
  })
  return allFromJson(
    children,
    rows.map(({ item }) => item),
  )
}

/** Readers are given so many at most; what no one was given, no one can mean to delete by leaving it out. */
export function onlyAnswered(rows: readonly LockedRecord[], most: number): readonly LockedRecord[] {
  const answered = new Set(rows.filter(({ readable }) => readable).slice(0, most))
  return rows.map((row) => ({ ...row, readable: answered.has(row) }))
}

/** What lies in the trash belongs to no one. */
function live({ model }: Write, alias: string): string {
  return liveCondition(model, alias) ?? 'true'
}

function linkColumn({ model }: Write, { field }: ChildrenModel): string {
  return model.byName.get(field)!.column
}
