import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import semver from 'semver'
import { loosenTables, looseModel } from '../evolution/expand-tables.ts'
import { planUpgrade } from '../evolution/plan-upgrade.ts'
import { digestOf, livingVersions, shapesOf } from '../evolution/plugin-shape.ts'
import { findStored, type UpgradesByCode } from '../evolution/settle-versions.ts'
import { readShapes, storeShape, type StoredShape } from '../evolution/shape-store.ts'
import { hasContract, type UpgradePlan } from '../evolution/upgrade-plan.ts'
import { CUSTOM_SEARCH, sideTable } from '../model/custom-fields.ts'
import type { EntityModel, Models } from '../model/entity-model.ts'
import { createRole } from '../prepare-database.ts'
import { APP_ROLE, KERNEL_ROLE, PLUGIN_GROUP } from '../role-names.ts'
import { addTrash } from './add-trash.ts'
import { addCheckConstraints } from './check-constraints.ts'
import { addReferenceGuards } from './custom-references.ts'
import { computeChanges } from './compute-changes.ts'
import { addFileTriggers } from './file-triggers.ts'
import { addForeignKeys, foreignKeys } from './foreign-keys.ts'
import { inTransaction, withSchemaLock } from './schema-lock.ts'
import { addSideTables } from './side-tables.ts'
import { addSearchColumns } from './search-columns.ts'

/** Which other plugins' tables a plugin may read: those in its `requires` and `uses`. */
export type Reach = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Brings one schema of a database to the shape the manifests say, and grants each plugin's role its own tables and, for reading, those
 * within its reach. Where an older version is installed this is the expand step: it only adds, so that nodes of both versions can work.
 * What the older one needed stays until `contractSchema`. Does nothing when the shape is the one installed last.
 *
 * @param upgrades which entities the code of plugins brings along
 * @throws Error when a version cannot follow the installed one; `settleVersions` finds that out beforehand
 */
export async function installSchema(
  adminUrl: string,
  models: Models,
  reach: Reach,
  schema = 'shared',
  upgrades: UpgradesByCode = () => new Set(),
): Promise<void> {
  const digest = digestOfAll(models, reach)
  await withSchemaLock(adminUrl, async (client) => {
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
    const installs = planInstalls(models, await readShapes(client, schema), upgrades)
    const final = byId(installs.filter(({ mode }) => mode === 'final').flatMap((each) => each.models))
    const open = byId(installs.filter(({ mode }) => mode === 'open').flatMap(looseModels))
    const changes = await computeChanges(adminUrl, [...final.values()], schema)
    const additions = await computeChanges(adminUrl, [...open.values()], schema, true)
    await inTransaction(client, async () => {
      if (changes + additions !== '') await client.query(`${changes}\n${additions}`)
      for (const { plan, isNew } of installs) if (plan && isNew) await loosenTables(client, plan, schema)
      await addForeignKeys(client, foreignKeys(models, schema, new Map([...final, ...open])), schema)
      await addCheckConstraints(client, new Map([...final, ...open]), schema)
      await addSearchColumns(client, final, schema)
      await addSearchColumns(client, open, schema, true)
      await addSideTables(client, new Map([...final, ...open]), schema)
      await client.query(grantsSql(models, reach, schema))
      for (const install of installs) await remember(client, schema, install)
      const living = livingVersions([...models.values()], await readShapes(client, schema))
      await addTrash(client, new Map([...final, ...open]), living, schema)
      await addFileTriggers(client, living, schema)
      await addReferenceGuards(client, new Map([...final, ...open]), schema)
      await client.query(
        `INSERT INTO plinth.schema_state (schema, digest) VALUES ($1, $2) ON CONFLICT (schema) DO UPDATE SET digest = $2, applied_at = now()`,
        [schema, digest],
      )
    })
  })
}

/** How the tables of one plugin are to be made. */
interface Install {
  readonly plugin: string
  readonly models: readonly EntityModel[]
  /** `final`: exactly as declared. `open`: beside what an older version needs. `served`: as they are; a newer version may have made them. */
  readonly mode: 'final' | 'open' | 'served'
  /** An upgrade begins here, or a first installation. */
  readonly isNew: boolean
  readonly plan: UpgradePlan | undefined
  readonly stored: StoredShape | undefined
}

function planInstalls(
  models: Models,
  shapes: ReadonlyMap<string, readonly StoredShape[]>,
  upgrades: UpgradesByCode,
): Install[] {
  const plugins = Map.groupBy(models.values(), ({ plugin }) => plugin)
  return [...plugins].map(([plugin, own]) => {
    const all = shapes.get(plugin) ?? []
    const stored = findStored(own, all)
    if (stored && !stored.current)
      return { plugin, models: own, mode: 'served', isNew: false, plan: undefined, stored }
    if (stored) {
      const plan = stored.open ? (stored.plan ?? undefined) : undefined
      return { plugin, models: own, mode: plan ? 'open' : 'final', isNew: false, plan, stored }
    }
    const [current] = all
    if (!current)
      return { plugin, models: own, mode: 'final', isNew: true, plan: undefined, stored: undefined }
    // Without its code nothing is by code, and what would have to be is refused.
    const byCode = upgrades(plugin, current.version, own[0]!.version) ?? new Set<string>()
    const { plan, refusals } = planUpgrade(plugin, current.shape, own, byCode)
    if (refusals.length > 0)
      throw new Error(
        `${plugin}: ${refusals.map(({ pointer, message }) => `${pointer}: ${message}`).join(' ')}`,
      )
    return {
      plugin,
      models: own,
      mode: hasContract(plan) ? 'open' : 'final',
      isNew: true,
      plan,
      stored: undefined,
    }
  })
}

function looseModels({ models, plan }: Install): EntityModel[] {
  return models.map((model) => {
    const entity = plan?.entities.find((each) => each.entity === model.name)
    return entity ? looseModel(model, entity) : model
  })
}

async function remember(client: pg.Client, schema: string, install: Install): Promise<void> {
  const { plugin, models, mode, isNew, plan, stored } = install
  if (mode === 'served' || (stored && semver.lt(models[0]!.version, stored.version))) return
  const open = mode === 'open'
  await storeShape(client, schema, {
    plugin,
    digest: digestOf(models),
    version: models[0]!.version,
    shape: shapesOf(byId(models)).get(plugin)!,
    open,
    plan: open ? plan! : null,
    upgrade: open ? (isNew ? randomUUID() : stored!.upgrade) : null,
  })
}

function byId(models: readonly EntityModel[]): Models {
  return new Map(models.map((model) => [model.id, model]))
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

function digestOfAll(models: Models, reach: Reach): string {
  const shape = [...models.values()].map((model) => [
    model.table,
    model.version,
    model.fields.map((field) => [field.columns, field.notNull, field.target ?? null, field.declaration]),
    model.declaration.unique ?? [],
    model.declaration.extensible ?? false,
    model.declaration.list?.sort ?? null,
    model.trashable,
    model.declaration.checks ?? null,
  ])
  const reaches = [...reach].map(([plugin, others]) => [plugin, [...others].toSorted()])
  return createHash('sha256')
    .update(JSON.stringify(['7', shape, reaches]))
    .digest('hex')
}
