import type pg from 'pg'
import { sideTable } from '../model/custom-fields.ts'
import type { EntityModel, Models } from '../model/entity-model.ts'
import { constraintName } from '../model/names.ts'
import { followTrash } from './custom-trash.ts'

/**
 * Gives every extensible entity the table its custom fields are filtered and sorted by: jsonb operators do not reach an index under row-level
 * security, typed columns do. One table for each entity, so that the role of a plugin reaches the values of its own entities alone.
 * `ref` is a record in the table `target`. `single` is set for unique fields, `live` unless the record is in the trash. `n` counts the values of one field: tags have several. Run as owner of the tables.
 */
export async function addSideTables(client: pg.Client, models: Models, schema: string): Promise<void> {
  for (const model of models.values())
    if (model.declaration.extensible) await client.query(tableSql(model, schema))
}

function tableSql(model: EntityModel, schema: string): string {
  const name = sideTable(model.table)
  const table = `${schema}.${name}`
  const indexes = ['text', 'number', 'moment', 'member', 'ref'].map(
    (column) =>
      `CREATE INDEX IF NOT EXISTS "${constraintName(name, 'idx', [column])}" ON ${table} (tenant_id, field_id, ${column}, record_id) WHERE ${column} IS NOT NULL;`,
  )
  return `
  CREATE TABLE IF NOT EXISTS ${table} (
    tenant_id uuid NOT NULL, record_id uuid NOT NULL, field_id uuid NOT NULL, n int NOT NULL DEFAULT 0,
    text text COLLATE "und-x-icu", number bigint, moment timestamptz(3), member uuid, single text COLLATE "C", live boolean NOT NULL DEFAULT true,
    ref uuid, target text,
    PRIMARY KEY (tenant_id, record_id, field_id, n),
    CONSTRAINT "${constraintName(name, 'fk', ['record'])}" FOREIGN KEY (tenant_id, record_id) REFERENCES ${schema}.${model.table} (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT "${constraintName(name, 'fk', ['member'])}" FOREIGN KEY (tenant_id, member) REFERENCES plinth.member (tenant_id, id) ON DELETE CASCADE);
  ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ref uuid, ADD COLUMN IF NOT EXISTS target text;
  CREATE UNIQUE INDEX IF NOT EXISTS "${constraintName(name, 'key', ['single'])}" ON ${table} (tenant_id, field_id, single) WHERE single IS NOT NULL AND live;
  ${indexes.join('\n  ')}
  ${model.trashable ? followTrash(model, name, schema) : ''}
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  DROP POLICY IF EXISTS tenant ON ${table};
  CREATE POLICY tenant ON ${table} USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);`
}
