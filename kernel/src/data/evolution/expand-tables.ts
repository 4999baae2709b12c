import type pg from 'pg'
import type { EntityModel } from '../model/entity-model.ts'
import type { EntityUpgrade, UpgradePlan } from './upgrade-plan.ts'
import { CUSTOM_SEARCH, sideTable } from '../model/custom-fields.ts'
import { uniqueSets } from '../model/orm-schema.ts'
import { trashFields } from '../model/trash.ts'
import { allColumns, tablesOf } from './plan-upgrade.ts'
import { removeSync, syncSql } from './sync-trigger.ts'

/**
 * The entity as its table is while two versions work on it: what the contract step brings is left out.
 */
export function looseModel(model: EntityModel, { later, uniques }: EntityUpgrade): EntityModel {
  const loose = new Set(later)
  const open = new Set(uniques.map((fields) => fields.join()))
  const fields = model.fields.map((field) => {
    const { default: _, ...declaration } = field.declaration
    const isLoose = loose.has(field.name)
    const isOpen = open.has(field.name)
    return {
      ...field,
      notNull: isLoose ? false : field.notNull,
      declaration: { ...(isLoose ? declaration : field.declaration), ...(isOpen ? { unique: false } : {}) },
    }
  })
  return {
    ...model,
    fields,
    byName: new Map(fields.map((field) => [field.name, field])),
    declaration: {
      ...model.declaration,
      // Those of the one version need not hold for what the other one stores. Both judge before each change by themselves.
      checks: [],
      unique: (model.declaration.unique ?? []).filter((each) => !open.has(each.join())),
    },
  }
}

/** What the comparison of tables does not see: columns of the version before that may stay empty, and keeping both in step. */
export async function loosenTables(client: pg.Client, plan: UpgradePlan, schema: string): Promise<void> {
  for (const entity of plan.entities) {
    const table = `${schema}.${entity.table}`
    const changes = [
      ...entity.loosen.flatMap((column) => [`ALTER ${column} DROP NOT NULL`, `ALTER ${column} DROP DEFAULT`]),
      ...entity.dropConstraints.map((name) => `DROP CONSTRAINT IF EXISTS "${name}"`),
    ]
    if (changes.length > 0) await client.query(`ALTER TABLE ${table} ${changes.join(', ')}`)
    // Unique values of entities with a trash are kept by an index alone.
    for (const name of entity.dropConstraints) await client.query(`DROP INDEX IF EXISTS ${schema}."${name}"`)
    await client.query(syncSql(entity, schema))
  }
}

/** Removes what only the version before needed. Columns go with their indexes and constraints. */
export async function dropFormer(client: pg.Client, plan: UpgradePlan, schema: string): Promise<void> {
  for (const entity of plan.entities) {
    const table = `${schema}.${entity.table}`
    const drops = entity.drop.map((column) => `DROP COLUMN IF EXISTS ${column}`)
    if (drops.length > 0) await client.query(`ALTER TABLE ${table} ${drops.join(', ')}`)
  }
  // Together: they may refer to each other.
  const tables = plan.dropTables.map((table) => `${schema}.${table}`)
  if (tables.length > 0) await client.query(`DROP TABLE IF EXISTS ${tables.join(', ')}`)
}

/** Removes the triggers of all tables of an upgrade. */
export function removeSyncs({ entities }: UpgradePlan, schema: string): string {
  return entities.map((entity) => removeSync(entity, schema)).join(';')
}

/** Removes the tables and columns that only the newer version has. */
export async function dropAdded(
  client: pg.Client,
  newer: readonly EntityModel[],
  former: readonly EntityModel[],
  schema: string,
): Promise<void> {
  const columnsOf = (model: EntityModel) => model.fields.flatMap(allColumns)
  const kept = new Map(former.map((model) => [model.table, new Set(columnsOf(model))]))
  for (const model of newer) {
    const columns = columnsOf(model).filter((column) => kept.get(model.table)?.has(column) === false)
    if (columns.length > 0)
      await client.query(
        `ALTER TABLE ${schema}.${model.table} ${columns.map((column) => `DROP COLUMN IF EXISTS ${column}`).join(', ')}`,
      )
  }
  const extended = new Set(
    former.filter(({ declaration }) => declaration.extensible).map(({ table }) => table),
  )
  const sides = newer.filter(
    ({ table, declaration }) => declaration.extensible && kept.has(table) && !extended.has(table),
  )
  for (const { table } of sides)
    await client.query(
      `DROP TRIGGER IF EXISTS custom_trash ON ${schema}.${table}; DROP TABLE IF EXISTS ${schema}.${sideTable(table)};
       ALTER TABLE ${schema}.${table} DROP COLUMN IF EXISTS ${CUSTOM_SEARCH}`,
    )
  const tables = newer
    .filter(({ table }) => !kept.has(table))
    .flatMap(tablesOf)
    .map((table) => `${schema}.${table}`)
  if (tables.length > 0) await client.query(`DROP TABLE IF EXISTS ${tables.join(', ')}`)
}

/** Entities that have a trash in the newer version only, as the version before has them. */
export function losesTrash(newer: readonly EntityModel[], former: readonly EntityModel[]): EntityModel[] {
  const trashable = new Set(newer.filter((model) => model.trashable).map(({ table }) => table))
  return former.filter((model) => !model.trashable && trashable.has(model.table))
}

/** @throws with the code 23514 when something is in their trash: it would come back to life */
export async function refuseTrash(
  client: pg.Client,
  models: readonly EntityModel[],
  schema: string,
): Promise<void> {
  for (const { table } of models)
    await client.query(
      `ALTER TABLE ${schema}.${table} ADD CONSTRAINT nothing_in_trash CHECK (deleted_at IS NULL)`,
    )
}

/** Takes the trash away. Nothing may look into it any more. */
export async function dropTrash(
  client: pg.Client,
  models: readonly EntityModel[],
  schema: string,
): Promise<void> {
  const gone = trashFields.map(({ column }) => `DROP COLUMN ${column}`)
  for (const model of models) {
    const uniques = uniqueSets(model).map(({ name, fields }) => {
      const columns = fields
        .map((field) => model.byName.get(field)!)
        .map(({ blind, column }) => blind ?? column)
      return `ADD CONSTRAINT "${name}" UNIQUE (tenant_id, ${columns.join(', ')})`
    })
    const table = `${schema}.${model.table}`
    // What follows the trash by its columns would hold them.
    for (const name of ['custom_trash', 'zz_keep_referenced_trash'])
      await client.query(`DROP TRIGGER IF EXISTS ${name} ON ${table}`)
    // Indexes that leave out what is in the trash go with its columns, and constraints of the same name come.
    await client.query(`ALTER TABLE ${table} ${gone.join(', ')}`)
    if (uniques.length > 0) await client.query(`ALTER TABLE ${table} ${uniques.join(', ')}`)
  }
}
