import { MikroORM, SchemaComparator } from '@mikro-orm/postgresql'
import type { EntityModel } from '../model/entity-model.ts'
import { ormSchema } from '../model/orm-schema.ts'
import { trashIndexes } from './add-trash.ts'
import { searchIndexes } from './search-columns.ts'

// By default MikroORM takes a column or index that went and one like it that came for the same thing renamed. That would give the values
// of one field to another; which field was called what before is said in the manifest.
Object.assign(SchemaComparator.prototype, { detectColumnRenamings() {}, detectIndexRenamings() {} })

/**
 * What the tables of these entities need to become as declared. MikroORM compares the entities with the catalogue; foreign keys, rules and what
 * serves the search and the trash are not among its entities and must survive. Never drops a table or a column.
 *
 * @param keep leave indexes and constraints that are not declared: another version may need them
 */
export async function computeChanges(
  adminUrl: string,
  models: readonly EntityModel[],
  schema: string,
  keep = false,
): Promise<string> {
  if (models.length === 0) return ''
  const orm = new MikroORM({
    clientUrl: adminUrl,
    entities: models.map((model) => ormSchema(model, schema)),
    pool: { min: 0, max: 1 },
  })
  try {
    const kept = new Set(models.flatMap((model) => [...searchIndexes(model), ...trashIndexes(model)]))
    const sql = await orm.schema.getUpdateSchemaSQL({ safe: true, schema })
    return sql
      .split('\n')
      .filter(
        (line) =>
          line.trim() !== '' &&
          !/^(set names|create schema|drop trigger|drop function) /i.test(line) &&
          !/drop constraint "[^"]+_(fk|check)";?$/.test(line) &&
          !(keep && /(^drop index |drop constraint "[^"]+";?$)/.test(line)) &&
          !kept.has(/^drop index .*"([^"]+)";?$/.exec(line)?.[1] ?? ''),
      )
      .join('\n')
  } finally {
    await orm.close(true)
  }
}
