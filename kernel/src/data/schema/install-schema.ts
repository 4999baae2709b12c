import { createHash } from 'node:crypto'
import { MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import { CUSTOM_SEARCH, sideTable } from '../model/custom-fields.ts'
import type { EntityModel, Models } from '../model/entity-model.ts'
import { ormSchema } from '../model/orm-schema.ts'
import { createRole } from '../prepare-database.ts'
import { APP_ROLE, KERNEL_ROLE, OWNER_ROLE, PLUGIN_GROUP } from '../role-names.ts'
import { addTrash, trashIndexes } from './add-trash.ts'
import { addCheckConstraints } from './check-constraints.ts'
import { foreignKeys, type ForeignKey } from './foreign-keys.ts'
import { addSideTables } from './side-tables.ts'
import { addSearchColumns, searchIndexes } from './search-columns.ts'

/** Which other plugins' tables a plugin may read: those in its `requires` and `uses`. */
export type Reach = ReadonlyMap<string, ReadonlySet<string>>

const SCHEMA_LOCK = 7_035_002

/**
 * Brings the tables of all installed plugins to the shape their manifests say, and grants each plugin's role its own tables
 * and, for reading, those within its reach. Only adds and changes; tables and columns no manifest names any more stay.
 * Does nothing when the shape is the one installed last.
 */
export async function installSchema(
  adminUrl: string,
  models: Models,
  reach: Reach,
  schema = 'shared',
): Promise<void> {
  const digest = digestOf(models, reach)
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [SCHEMA_LOCK])
    const { rows } = await client.query<{ digest: string }>(
      'SELECT digest FROM plinth.schema_state WHERE schema = $1',
      [schema],
    )
    if (rows[0]?.digest === digest) return
    for (const role of new Set([...models.values()].map((model) => model.role))) {
      await createRole(client, role, 'NOLOGIN')
      await client.query(
        `GRANT ${PLUGIN_GROUP} TO ${role}; GRANT USAGE ON SCHEMA ${schema} TO ${role}; GRANT ${role} TO ${APP_ROLE}`,
      )
    }
    const changes = await computeChanges(adminUrl, [...models.values()], schema)
    await client.query('BEGIN')
    await client.query(`SET LOCAL ROLE ${OWNER_ROLE}`)
    if (changes !== '') await client.query(changes)
    await addForeignKeys(client, foreignKeys(models, schema), schema)
    await addCheckConstraints(client, models, schema)
    await addSearchColumns(client, models, schema)
    await addSideTables(client, models, schema)
    await addTrash(client, models, schema)
    await client.query(grantsSql(models, reach, schema))
    await client.query(
      `INSERT INTO plinth.schema_state (schema, digest) VALUES ($1, $2) ON CONFLICT (schema) DO UPDATE SET digest = $2, applied_at = now()`,
      [schema, digest],
    )
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

/** MikroORM compares the entities with the catalogue. Foreign keys, rules and what serves the search are not among its entities and must survive. */
async function computeChanges(
  adminUrl: string,
  models: readonly EntityModel[],
  schema: string,
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
          !/^(set names|create schema) /i.test(line) &&
          !/drop constraint "[^"]+_(fk|check)";?$/.test(line) &&
          !kept.has(/^drop index .*"([^"]+)";?$/.exec(line)?.[1] ?? ''),
      )
      .join('\n')
  } finally {
    await orm.close(true)
  }
}

async function addForeignKeys(client: pg.Client, keys: readonly ForeignKey[], schema: string): Promise<void> {
  const { rows } = await client.query<{ conname: string }>(
    `SELECT conname FROM pg_constraint WHERE contype = 'f' AND connamespace = $1::regnamespace`,
    [schema],
  )
  const existing = new Set(rows.map((row) => row.conname))
  for (const key of keys) if (!existing.has(key.name)) await client.query(key.sql)
}

function grantsSql(models: Models, reach: Reach, schema: string): string {
  const grants: string[] = []
  const roles = new Set([...models.values()].map((model) => model.role))
  for (const model of models.values()) {
    if (model.declaration.extensible)
      grants.push(`GRANT UPDATE (${CUSTOM_SEARCH}) ON ${schema}.${model.table} TO ${KERNEL_ROLE};`)
    for (const table of tablesOf(model, schema)) {
      grants.push(`REVOKE ALL ON ${table} FROM PUBLIC; GRANT SELECT ON ${table} TO ${KERNEL_ROLE};`)
      for (const other of roles)
        if (other !== model.role) grants.push(`REVOKE ALL ON ${table} FROM ${other};`)
      grants.push(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${model.role};`)
    }
  }
  for (const model of models.values()) {
    for (const other of reach.get(model.plugin) ?? []) {
      for (const target of models.values())
        if (target.plugin === other)
          for (const table of tablesOf(target, schema))
            grants.push(`GRANT SELECT ON ${table} TO ${model.role};`)
    }
  }
  return grants.join('\n')
}

/** The table of an entity, and the one of its custom fields. */
function tablesOf(model: EntityModel, schema: string): string[] {
  const names = [model.table, ...(model.declaration.extensible ? [sideTable(model.table)] : [])]
  return names.map((name) => `${schema}.${name}`)
}

function digestOf(models: Models, reach: Reach): string {
  const shape = [...models.values()].map((model) => [
    model.table,
    model.fields.map((field) => [field.column, field.notNull, field.target ?? null, field.declaration]),
    model.declaration.unique ?? [],
    model.declaration.extensible ?? false,
    model.declaration.list?.sort ?? null,
    model.trashable,
    model.declaration.checks ?? null,
  ])
  const reaches = [...reach].map(([plugin, others]) => [plugin, [...others].toSorted()])
  return createHash('sha256')
    .update(JSON.stringify(['5', shape, reaches]))
    .digest('hex')
}
