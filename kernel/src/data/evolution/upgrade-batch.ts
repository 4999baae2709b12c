import type { UpgradeError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { EntityModel, FieldModel, Models } from '../model/entity-model.ts'
import { fileFields } from '../model/file-fields.ts'
import type { UnitOfWork } from '../write/unit-of-work.ts'
import type { EntityValidator } from '../write/validate-input.ts'
import { recompute } from './recompute-records.ts'
import { applyTo, BACKFILL_SETTING } from './sync-trigger.ts'
import type { EntityUpgrade } from './upgrade-plan.ts'
import { readRecords, uuids, writeValues } from './upgrade-rows.ts'

type Json = Record<string, unknown>

/** Records that are brought along in one transaction. */
const BATCH = 200

/** What the plugin's code makes of a record as the version before showed it: values of fields of the next one. */
export type UpgradeCode = (record: Json & { id: string }) => Promise<Json>

export interface Batch {
  readonly unit: UnitOfWork
  readonly tenantId: string
  readonly schema: string
  readonly entity: EntityUpgrade
  readonly model: EntityModel
  readonly former: EntityModel
  /** All entities of the next version. */
  readonly models: Models
  readonly validator: EntityValidator
  readonly code: UpgradeCode | undefined
}

/** Says to the triggers that keep two versions in step that what follows in this transaction is no change of a record. */
export async function beginBackfill(unit: UnitOfWork): Promise<void> {
  await unit.run({ text: `SELECT set_config('${BACKFILL_SETTING}', 'on', true)` })
}

/** Number of records of the entities in the tenant. */
export async function countRecords(
  unit: UnitOfWork,
  tenantId: string,
  schema: string,
  entities: readonly EntityUpgrade[],
): Promise<number> {
  if (entities.length === 0) return 0
  const counts = entities.map(({ table }) => `(SELECT count(*) FROM ${schema}.${table} WHERE tenant_id = $1)`)
  const [row] = await unit.run<{ total: string }>({
    text: `SELECT ${counts.join(' + ')} AS total`,
    values: [tenantId],
  })
  return Number(row!.total)
}

/** Ids of the next records, which no one can change until the transaction ends. */
export async function nextIds(
  { unit, tenantId, schema, entity }: Batch,
  cursor: string | null,
): Promise<string[]> {
  const rows = await unit.run<{ id: string }>({
    text: `SELECT id FROM ${schema}.${entity.table} WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2::uuid) ORDER BY id LIMIT ${BATCH} FOR UPDATE`,
    values: [tenantId, cursor],
  })
  return rows.map(({ id }) => id)
}

/**
 * Gives records the shape of the next version. Neither version nor time of change of a record is touched: nobody changed it.
 *
 * @param ids from `nextIds`
 * @param codeFor the records that the plugin's code is to look at
 * @returns what the new version does not accept; then the transaction must be taken back
 */
export async function upgradeRecords(
  batch: Batch,
  ids: readonly string[],
  codeFor: ReadonlySet<string>,
): Promise<UpgradeError[]> {
  const { entity, model, former } = batch
  const before =
    batch.code && codeFor.size > 0
      ? await readRecords(batch, former, former.fields.filter(isOpen), [...codeFor])
      : []
  await convert(batch, ids)
  const errors = await inexact(batch, ids)
  const broken = new Set(errors.map(({ record, pointer }) => `${record} ${pointer}`))
  const coded = new Map<string, Json>()
  for (const record of before) {
    const { changes, error } = await attempt(() => batch.code!(record))
    // Whatever it has done in this transaction is taken back, so that going on would tell nothing.
    if (error) return [...errors, { entity: model.name, record: record.id, ...error }]
    const secret = Object.keys(changes).find((name) => model.byName.get(name)?.declaration.encrypted)
    if (secret !== undefined)
      return [...errors, { entity: model.name, record: record.id, pointer: `/${secret}`, ...SEALED }]
    const file = fileFields(model).find(({ name }) => changes[name] != null)
    if (file) return [...errors, { entity: model.name, record: record.id, pointer: `/${file.name}`, ...FILE }]
    coded.set(record.id, changes)
  }
  // What is computed cannot be given, so there is nothing to check.
  const checked = entity.checks
    .map((name) => model.byName.get(name)!)
    .filter(({ declaration }) => !declaration.computed)
  const now = checked.length > 0 || coded.size > 0 ? await readRecords(batch, model, checked, ids) : []
  for (const { id, ...stored } of now) {
    const changes = coded.get(id) ?? {}
    try {
      const values = batch.validator.check(model, 'pluginUpdate', { ...stored, ...changes })
      // What is known of a file is no part of a change, and stays.
      for (const { name } of fileFields(model)) if (values[name] != null) values[name] = stored[name]
      await writeValues(batch, id, { ...stored }, values)
    } catch (error) {
      if (!(error instanceof Failure) || error.errors.length === 0) throw error
      for (const each of error.errors)
        if (!broken.has(`${id} ${each.pointer}`)) errors.push({ entity: model.name, record: id, ...each })
    }
  }
  errors.push(...(await recompute(batch, ids)))
  return errors
}

const SEALED = { code: 'encrypted', detail: 'An upgrade cannot set what is encrypted.' }

const FILE = { code: 'file', detail: 'An upgrade cannot set files.' }

/** Neither sealed nor a workspace's own. */
function isOpen({ declaration, members }: FieldModel): boolean {
  return !declaration.encrypted && !members
}

async function attempt(
  code: () => Promise<Json>,
): Promise<{ readonly changes: Json; readonly error?: Pick<UpgradeError, 'pointer' | 'code' | 'detail'> }> {
  try {
    return { changes: await code() }
  } catch (error) {
    if (error instanceof Failure && error.code === 'unavailable') throw error
    const { message, code: problem } = error as Error & { code?: string }
    return {
      changes: {},
      error: {
        pointer: '',
        code: problem ?? 'upgrade_failed',
        detail: message.split('\n')[0]!.slice(0, 300),
      },
    }
  }
}

/** Ids of records that lack a value they must have: the version before created them after the backfill. */
export async function incompleteIds(batch: Batch, ids: readonly string[]): Promise<string[]> {
  const { unit, tenantId, schema, entity, model } = batch
  const columns = entity.checks.flatMap((name) => {
    const field = model.byName.get(name)!
    return field.notNull ? [field.column] : []
  })
  if (columns.length === 0) return []
  const rows = await unit.run<{ id: string }>({
    text: `SELECT id FROM ${schema}.${entity.table} WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
      AND (${columns.map((column) => `${column} IS NULL`).join(' OR ')})`,
    values: [tenantId, uuids(ids)],
  })
  return rows.map(({ id }) => id)
}

/** Records that share values which have to be unique from now on; one error for each of them. */
export async function findDuplicates(batch: Omit<Batch, 'code'>): Promise<UpgradeError[]> {
  const { unit, tenantId, schema, entity, model } = batch
  const errors: UpgradeError[] = []
  for (const fields of entity.uniques) {
    const columns = fields.map((name) => model.byName.get(name)!.column)
    const rows = await unit.run<{ id: string }>({
      text: `SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY ${columns.join(', ')}) AS same FROM ${schema}.${entity.table}
          WHERE tenant_id = $1 AND ${columns.map((column) => `${column} IS NOT NULL`).join(' AND ')}${model.trashable ? ' AND deleted_at IS NULL' : ''}) r WHERE same > 1 ORDER BY id LIMIT 100`,
      values: [tenantId],
    })
    for (const { id } of rows)
      errors.push({
        entity: model.name,
        record: id,
        pointer: `/${fields.at(-1)!}`,
        code: 'unique',
        detail: 'Another record has this value too.',
      })
  }
  return errors
}

/** The same refusals, saying of each whose record lies in the trash that it does: nobody would look for it there. */
export async function markTrash(batch: Batch, errors: readonly UpgradeError[]): Promise<UpgradeError[]> {
  const { unit, tenantId, schema, entity, former } = batch
  const own = errors.flatMap((error) =>
    error.entity === entity.entity && error.record !== undefined ? [error.record] : [],
  )
  if (!former.trashable || own.length === 0) return [...errors]
  const rows = await unit.run<{ id: string }>({
    text: `SELECT id FROM ${schema}.${entity.table} WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND deleted_at IS NOT NULL`,
    values: [tenantId, uuids([...new Set(own)])],
  })
  const trash = new Set(rows.map(({ id }) => id))
  return errors.map((error) =>
    error.entity === entity.entity && trash.has(error.record!) ? { ...error, trash: true } : error,
  )
}

/** Fills the columns of the next version from those of the one before. What is filled already stays: its node may have changed it. */
async function convert({ unit, tenantId, schema, entity }: Batch, ids: readonly string[]): Promise<void> {
  const changes = new Map<string, string>()
  for (const { from, to, forward } of entity.moves)
    to.forEach((column, index) => {
      if (forward)
        changes.set(
          column,
          `CASE WHEN ${to[0]} IS NULL THEN ${applyTo(forward[index]!, from, '')} ELSE ${column} END`,
        )
    })
  for (const { column, value } of entity.fills)
    changes.set(column, `coalesce(${changes.get(column) ?? column}, ${value})`)
  if (changes.size === 0) return
  await unit.run({
    text: `UPDATE ${schema}.${entity.table} SET ${[...changes].map(([column, value]) => `${column} = ${value}`).join(', ')}
      WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`,
    values: [tenantId, uuids(ids)],
  })
}

/** Values that would be lost on the way: converted back, they are not what they were. */
async function inexact(
  { unit, tenantId, schema, entity }: Batch,
  ids: readonly string[],
): Promise<UpgradeError[]> {
  const errors: UpgradeError[] = []
  for (const { field, from, to, backward, exact } of entity.moves) {
    if (!exact || !backward) continue
    const same = from.map(
      (column, index) => `${applyTo(backward[index]!, to, '')} IS NOT DISTINCT FROM ${column}`,
    )
    const rows = await unit.run<{ id: string }>({
      text: `SELECT id FROM ${schema}.${entity.table} WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
        AND ${from[0]} IS NOT NULL AND NOT (${same.join(' AND ')}) ORDER BY id`,
      values: [tenantId, uuids(ids)],
    })
    for (const { id } of rows)
      errors.push({
        entity: entity.entity,
        record: id,
        pointer: `/${field}`,
        code: 'conversion',
        detail: 'The value cannot be converted without loss.',
      })
  }
  return errors
}
