import type pg from 'pg'
import type { EntityModel, FieldModel, Models } from '../model/entity-model.ts'
import { fileFields } from '../model/file-fields.ts'
import { constraintName } from '../model/names.ts'

/**
 * Has records keep their files and give them up, see `fileTables`. Run as owner of the tables.
 *
 * @param living all entities of all plugins, as each version sees them that works on the tables
 */
export async function addFileTriggers(
  client: pg.Client,
  living: readonly Models[],
  schema: string,
): Promise<void> {
  const wanted = living.flatMap((models) =>
    [...models.values()].flatMap((model) => fileFields(model).map((field) => trigger(model, field, schema))),
  )
  const { rows } = await client.query<{ name: string; table: string }>(
    `SELECT t.tgname AS name, c.relname AS table FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE c.relnamespace = $1::regnamespace AND t.tgname LIKE 'files\\_%' AND NOT t.tgisinternal`,
    [schema],
  )
  // Before its column, which could not go otherwise. What becomes of the files is seen by the sweep.
  for (const { name, table } of rows)
    if (!wanted.some((each) => each.name === name && each.table === table))
      await client.query(`DROP TRIGGER "${name}" ON ${schema}.${table}`)
  for (const { sql } of wanted) await client.query(sql)
}

function trigger(model: EntityModel, { column }: FieldModel, schema: string) {
  const name = constraintName('files', 'fk', [column])
  return {
    name,
    table: model.table,
    sql: `CREATE OR REPLACE TRIGGER "${name}" AFTER INSERT OR DELETE OR UPDATE OF ${column} ON ${schema}.${model.table}
      FOR EACH ROW EXECUTE FUNCTION plinth.follow_files('${column}', '${constraintName(model.table, 'fk', [column])}')`,
  }
}
