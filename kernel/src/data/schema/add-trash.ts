import type pg from 'pg'
import type { EntityModel, FieldModel, Models } from '../model/entity-model.ts'
import { constraintName } from '../model/names.ts'
import { uniqueSets } from '../model/orm-schema.ts'

/** Names of the indexes of a trashable entity that the differ does not know of. */
export function trashIndexes(model: EntityModel): readonly string[] {
  if (!model.trashable) return []
  return [deletedIndex(model), ...uniqueSets(model).map(({ name }) => name)]
}

function deletedIndex(model: EntityModel): string {
  return constraintName(model.table, 'idx', ['deleted_at'])
}

/**
 * Gives trashable entities what the trash needs beyond its columns: unique values that are free again while their record is in the trash,
 * an index to look into the trash, and the triggers that follow references as foreign keys do. Run as owner of the tables.
 *
 * @param models whose tables get indexes
 * @param living all entities of all plugins, as each version sees them that works on the tables; whose references are followed
 */
export async function addTrash(
  client: pg.Client,
  models: Models,
  living: readonly Models[],
  schema: string,
): Promise<void> {
  for (const model of models.values()) if (model.trashable) await addIndexes(client, model, schema)
  const wanted = living.flatMap((version) => triggers(version, schema))
  const { rows } = await client.query<{ name: string; table: string }>(
    `SELECT t.tgname AS name, c.relname AS table FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE c.relnamespace = $1::regnamespace AND t.tgname LIKE 'trash\\_%' AND NOT t.tgisinternal`,
    [schema],
  )
  for (const { name, table } of rows)
    if (!wanted.some((each) => each.name === name && each.table === table))
      await client.query(`DROP TRIGGER "${name}" ON ${schema}.${table}`)
  for (const { sql } of wanted) await client.query(sql)
}

async function addIndexes(client: pg.Client, model: EntityModel, schema: string): Promise<void> {
  const table = `${schema}.${model.table}`
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = $1::regclass AND i.indisunique AND i.indpred IS NULL AND c.relname = ANY ($2)`,
    [table, trashIndexes(model)],
  )
  for (const { name } of rows)
    await client.query(
      `ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS "${name}"; DROP INDEX IF EXISTS ${schema}."${name}"`,
    )
  const columns = (fields: readonly string[]) =>
    fields
      .map((name) => model.byName.get(name)!)
      .map(({ blind, column }) => blind ?? column)
      .join(', ')
  const statements = uniqueSets(model).map(
    ({ name, fields }) =>
      `CREATE UNIQUE INDEX IF NOT EXISTS "${name}" ON ${table} (tenant_id, ${columns(fields)}) WHERE deleted_at IS NULL`,
  )
  statements.push(
    `CREATE INDEX IF NOT EXISTS "${deletedIndex(model)}" ON ${table} (tenant_id, deleted_at, id) WHERE deleted_at IS NOT NULL`,
  )
  await client.query(statements.join(';'))
}

interface Trigger {
  readonly name: string
  readonly table: string
  readonly sql: string
}

function triggers(models: Models, schema: string): Trigger[] {
  return [...models.values()].flatMap((model) =>
    model.fields.flatMap((field) => {
      const target = field.target === undefined ? undefined : models.get(field.target)
      return target?.trashable
        ? [follow(model, field, target, schema), refuse(model, field, target, schema)]
        : []
    }),
  )
}

/** On the table referred to: what becomes of those who refer to a record when it goes or comes back. */
function follow(model: EntityModel, field: FieldModel, target: EntityModel, schema: string): Trigger {
  const name = constraintName(`trash_${model.table}`, 'fk', [field.column])
  const rule = field.declaration.onDelete ?? 'restrict'
  const parts = [model.table, field.column, rule, String(model.trashable), foreignKey(model, field)]
  return {
    name,
    table: target.table,
    sql: `CREATE OR REPLACE TRIGGER "${name}" AFTER UPDATE OF deleted_at ON ${schema}.${target.table} FOR EACH ROW
      WHEN ((OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)) EXECUTE FUNCTION plinth.follow_trash(${literals(parts)})`,
  }
}

/** On the table that refers: no reference to what is in the trash. The name comes after that of any foreign key's own trigger. */
function refuse(model: EntityModel, field: FieldModel, target: EntityModel, schema: string): Trigger {
  const name = constraintName('trash_refuse', 'fk', [field.column])
  const columns = model.trashable ? `${field.column}, deleted_at` : field.column
  const live = model.trashable ? ' AND NEW.deleted_at IS NULL' : ''
  const parts = [target.table, field.column, foreignKey(model, field)]
  return {
    name,
    table: model.table,
    sql: `CREATE OR REPLACE TRIGGER "${name}" AFTER INSERT OR UPDATE OF ${columns} ON ${schema}.${model.table} FOR EACH ROW
      WHEN (NEW.${field.column} IS NOT NULL${live}) EXECUTE FUNCTION plinth.refuse_trashed(${literals(parts)})`,
  }
}

function foreignKey(model: EntityModel, field: FieldModel): string {
  return constraintName(model.table, 'fk', [field.column])
}

/** Names from manifests: letters, digits and underscores. */
function literals(parts: readonly string[]): string {
  return parts.map((part) => `'${part}'`).join(', ')
}
