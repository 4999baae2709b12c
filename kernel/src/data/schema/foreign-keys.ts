import type pg from 'pg'
import type { Models } from '../model/entity-model.ts'
import { constraintName } from '../model/names.ts'

export interface ForeignKey {
  readonly name: string
  readonly sql: string
}

/**
 * References as composite foreign keys that lead with the tenant, so that a reference to another tenant's record is refused by
 * the database itself and looks like any unknown id. NOT VALID spares the look at existing rows, which forced row-level security
 * would refuse the owner; a reference is always added with its column, so there are none to look at.
 *
 * @param models all entities, as targets
 * @param own those whose references are asked for
 */
export function foreignKeys(models: Models, schema: string, own: Models = models): ForeignKey[] {
  const keys: ForeignKey[] = []
  for (const model of own.values()) {
    for (const field of model.fields) {
      if (field.base) continue
      const target = field.target === undefined ? undefined : models.get(field.target)
      const table = target
        ? `${schema}.${target.table}`
        : field.declaration.type === 'member'
          ? 'plinth.member'
          : undefined
      // The target's plugin is not on this platform: nothing to refer to yet.
      if (table === undefined) continue
      const name = constraintName(model.table, 'fk', [field.column])
      const onDelete = target ? rule(field.declaration.onDelete, field.column) : `SET NULL (${field.column})`
      keys.push({
        name,
        sql: `ALTER TABLE ${schema}.${model.table} ADD CONSTRAINT "${name}" FOREIGN KEY (tenant_id, ${field.column}) REFERENCES ${table} (tenant_id, id) ON DELETE ${onDelete} NOT VALID`,
      })
    }
  }
  return keys
}

/** Adds those that are not there yet. */
export async function addForeignKeys(
  client: pg.Client,
  keys: readonly ForeignKey[],
  schema: string,
): Promise<void> {
  const { rows } = await client.query<{ conname: string }>(
    `SELECT conname FROM pg_constraint WHERE contype = 'f' AND connamespace = $1::regnamespace`,
    [schema],
  )
  const existing = new Set(rows.map((row) => row.conname))
  for (const key of keys) if (!existing.has(key.name)) await client.query(key.sql)
}

function rule(onDelete: 'restrict' | 'cascade' | 'setNull' | undefined, column: string): string {
  if (onDelete === 'cascade') return 'CASCADE'
  // Only the reference is emptied; without the column list the tenant would be too.
  if (onDelete === 'setNull') return `SET NULL (${column})`
  return 'RESTRICT'
}
