import { Failure } from '../../errors.ts'
import type { EntityModel, FieldModel, Models } from '../model/entity-model.ts'
import { liveCondition } from '../model/trash.ts'
import { compileFilter, compileRowScope } from '../query/compile-filter.ts'
import type { RowScope } from '../query/row-scope.ts'
import { SqlValues } from '../query/sql-values.ts'
import { statementName } from '../query/statement-name.ts'
import { KERNEL_ROLE, roleIn } from '../role-names.ts'
import { rememberStored } from './custom-values.ts'
import { opened, storedColumns } from './lock-record.ts'
import { mapDatabaseError } from './map-database-error.ts'
import { publicOnly } from './record-parts.ts'
import type { RecordJson } from './render-record.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import { tableOf, type Write } from './write.ts'

/** Which references move, and who may move them. */
export interface Repointing {
  /** Of the records they lead to. */
  readonly write: Write
  readonly from: readonly string[]
  readonly to: string
  /** Entities of all plugins, those that are off too. */
  readonly models: Models
  /** Records of an entity whose references the actor may move. */
  readonly movable: (model: EntityModel) => RowScope
}

interface Moved {
  readonly item: RecordJson
  readonly before: RecordJson
}

/**
 * Has everything that refers to some records refer to another one of the same entity instead, in all plugins: what is in the trash, what
 * never changes otherwise, and what belongs to plugins that are off, because it is still about the same thing. Only children stay with
 * those they belong to. Each record that is moved gets its next version, an audit entry and its event, which says `repointed`; no hooks run.
 *
 * @returns how many records of each entity were moved, by its id
 * @throws Failure `not_found` | `permission_missing` | `unique_violated`
 */
export async function repointReferences(move: Repointing): Promise<Readonly<Record<string, number>>> {
  const { write, models } = move
  const { work, model, schema } = write
  work.requireWritable()
  await lockTargets(move)
  const own = work.context.role || KERNEL_ROLE
  const referring = [...models.values()].flatMap((other) => {
    const fields = other.fields.filter((field) => field.target === model.id && !isParentLink(other, field))
    return fields.length > 0 ? [{ other, fields }] : []
  })
  // Those of one plugin together: each change of the role costs a statement.
  referring.sort(
    (left, right) => rank(left.other, own) - rank(right.other, own) || byRole(left.other, right.other),
  )
  let role = own
  const counts: Record<string, number> = {}
  for (const { other, fields } of referring) {
    if (other.role !== role) takeRole(work, roleIn(schema, (role = other.role)))
    const moved = await moveReferences(move, other, fields)
    if (moved.length === 0) continue
    counts[other.id] = moved.length
    for (const each of moved) note(work, other, each)
    await touchParents(write, models, other, moved)
  }
  if (role !== own) takeRole(work, roleIn(schema, own))
  return counts
}

const rank = ({ role }: EntityModel, own: string): number => (role === own ? 0 : 1)
const byRole = (left: EntityModel, right: EntityModel): number => (left.role < right.role ? -1 : 1)

/** Children belong to their parent, whichever record stands for it. */
function isParentLink({ parent }: EntityModel, { name }: FieldModel): boolean {
  return parent?.collection.field === name
}

/** Nobody may begin to refer to those that are left while the others are moved. */
async function lockTargets({ write, from, to }: Repointing): Promise<void> {
  const { work, model } = write
  const values = new SqlValues()
  const wanted = [...new Set([...from, to])]
  const ids = values.add(uuids(wanted))
  const visible = compileRowScope(model, write.readable, values)
  const text = `SELECT t.id FROM ${tableOf(write)} t
    WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ANY (${ids}::uuid[]) AND ${visible} ORDER BY t.id FOR UPDATE OF t`
  const rows = await work.run({ text, values: values.list, ...statementName(model.role, text) })
  if (rows.length < wanted.length || from.includes(to)) throw new Failure('not_found')
}

/** Every transaction runs with the role of one plugin, which reaches no tables of others. */
function takeRole(work: UnitOfWork, role: string): void {
  work.later({ name: 'plinth_take_role', text: `SELECT set_config('role', $1, true)`, values: [role] })
}

async function moveReferences(
  { write, from, to, models, movable }: Repointing,
  other: EntityModel,
  fields: readonly FieldModel[],
): Promise<Moved[]> {
  const { work, model, schema } = write
  const table = `${schema}.${other.table}`
  const lone = { ...write, model: other }
  const values = new SqlValues()
  const [old, now] = [values.add(uuids(from)), values.add(to)]
  const [at, by] = [values.add(work.now), values.add(work.context.actor.id)]
  const refers = (field: FieldModel): string => `t.${field.column} = ANY (${old}::uuid[])`
  // What is left behind may go on referring to what is left behind.
  const own = other.id === model.id ? ` AND t.id <> ALL (${old}::uuid[])` : ''
  const scope = movable(other)
  const live = liveCondition(other, 't') ?? 'true'
  const allowed =
    typeof scope === 'boolean'
      ? String(scope)
      : compileFilter(other, scope, values, { alias: 't', pointer: '/condition' })
  const set = fields.map((field) => {
    // No record refers to itself because of this, unless it must refer to something.
    const self =
      other.id === model.id && !field.notNull
        ? `CASE WHEN t.id = ${now}::uuid THEN NULL ELSE ${now}::uuid END`
        : `${now}::uuid`
    return `${field.column} = CASE WHEN ${refers(field)} THEN ${self} ELSE t.${field.column} END`
  })
  const olds = fields.map((field) => `'${field.name}', hit.${field.column}`)
  const columns = storedColumns(lone, values)
  const text = `WITH hit AS MATERIALIZED (SELECT t.id, ${fields.map(({ column }) => `t.${column}`).join(', ')}, (${live}) AND (${allowed}) IS NOT TRUE AS barred
      FROM ${table} t WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND (${fields.map(refers).join(' OR ')})${own} ORDER BY t.id FOR NO KEY UPDATE OF t),
    moved AS (UPDATE ${table} t SET version = t.version + 1, updated_at = ${at}, updated_by = ${by}::uuid, ${set.join(', ')} FROM hit
      WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = hit.id AND NOT EXISTS (SELECT FROM hit WHERE barred)
      RETURNING (SELECT row_to_json(s) FROM (SELECT ${columns}) s) AS item, json_build_object(${olds.join(', ')}) AS before)
    SELECT item, before, false AS barred FROM moved UNION ALL SELECT NULL, NULL, true WHERE EXISTS (SELECT FROM hit WHERE barred)`
  const rows = await work
    .run<Moved & { readonly barred: boolean }>({
      text,
      values: values.list,
      ...statementName(other.role, text),
    })
    .catch((error: unknown) => {
      throw mapDatabaseError(error, models, false)
    })
  if (rows.some(({ barred }) => barred))
    throw new Failure('permission_missing', { extensions: { permission: other.permission('update') } })
  return Promise.all(
    rows.map(async ({ item, before }) => ({
      item: rememberStored(await opened(lone, item)),
      before: changedOnly(item, before),
    })),
  )
}

function changedOnly(item: RecordJson, before: RecordJson): RecordJson {
  return Object.fromEntries(Object.entries(before).filter(([name, value]) => item[name] !== value))
}

/** As a change of the record says it, and that nobody meant this record. */
function note(work: UnitOfWork, model: EntityModel, { item, before }: Moved): void {
  const id = String(item['id'])
  const changed = Object.keys(before)
  const after = Object.fromEntries(changed.map((name) => [name, item[name]]))
  const action = `${model.id}.updated`
  work.audit({ action, subjectType: model.id, subjectId: id, before, after })
  work.emit(action, id, {
    changed,
    record: publicOnly(model, item),
    before: publicOnly(model, before),
    repointed: true,
  })
}

/** The version of a parent counts every change of its children. */
async function touchParents(
  { work, schema }: Write,
  models: Models,
  { parent, role }: EntityModel,
  moved: readonly Moved[],
): Promise<void> {
  const above = parent && models.get(parent.entity)
  if (!above) return
  const ids = [...new Set(moved.map(({ item }) => String(item[parent.collection.field])))]
  const text = `UPDATE ${schema}.${above.table} t SET version = t.version + 1, updated_at = $2, updated_by = $3::uuid
    WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ANY ($1::uuid[])`
  const values = [uuids(ids), work.now, work.context.actor.id]
  await work.run({ text, values, ...statementName(role, text) })
}

/** As text of a PostgreSQL array: lists mean something else to the unit of work. */
function uuids(ids: readonly string[]): string {
  return `{${ids.join(',')}}`
}
