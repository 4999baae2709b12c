import type pg from 'pg'
import {
  dropAdded,
  dropFormer,
  dropTrash,
  losesTrash,
  refuseTrash,
  removeSyncs,
} from '../evolution/expand-tables.ts'
import { livingVersions, modelsOfShape, type PluginShape } from '../evolution/plugin-shape.ts'
import { closeShape, readShapes } from '../evolution/shape-store.ts'
import { withTrashes, type EntityModel, type Models } from '../model/entity-model.ts'
import { addTrash } from './add-trash.ts'
import { addCheckConstraints } from './check-constraints.ts'
import { computeChanges } from './compute-changes.ts'
import { addFileTriggers } from './file-triggers.ts'
import { addForeignKeys, foreignKeys } from './foreign-keys.ts'
import { inTransaction, withSchemaLock } from './schema-lock.ts'
import { addSearchColumns } from './search-columns.ts'
import { addSideTables } from './side-tables.ts'

/** An open upgrade of a plugin in one schema. Nothing happens when it is not open any more. */
export interface OpenStep {
  readonly plugin: string
  /** Its id in the ledger. */
  readonly upgrade: string
  readonly schema: string
}

/**
 * Takes away what only older versions of a plugin needed, and makes the tables exactly what its present version declares. Only for a version
 * whose records have all been brought along, when no node runs an older one any more.
 */
export async function contractSchema(
  adminUrl: string,
  models: Models,
  { plugin, upgrade, schema }: OpenStep,
): Promise<void> {
  await withSchemaLock(adminUrl, async (client) => {
    const current = (await readShapes(client, schema)).get(plugin)?.[0]
    if (!current?.open || current.upgrade !== upgrade || !current.plan) return
    const { plan, shape } = current
    const { all, own } = together(models, plugin, shape)
    const changes = await computeChanges(adminUrl, [...own.values()], schema)
    await inTransaction(client, async () => {
      await client.query(removeSyncs(plan, schema))
      await closeShape(client, schema, current)
      await makeExact(client, { all, own, changes, schema })
      await dropFormer(client, plan, schema)
    })
  })
}

/** Goes back to the version before an open upgrade: what the expand step added is dropped, with all that only the newer version knew. */
export async function revertSchema(
  adminUrl: string,
  models: Models,
  { plugin, upgrade, schema }: OpenStep,
): Promise<void> {
  await withSchemaLock(adminUrl, async (client) => {
    const shapes = await readShapes(client, schema)
    const [current, ...others] = shapes.get(plugin) ?? []
    const plan = current?.upgrade === upgrade ? current.plan : null
    const former = others.find(({ digest }) => digest === plan?.installed)
    if (!current || !plan || !former) return
    const { all, own } = together(models, plugin, former.shape)
    const newer = [...together(models, plugin, current.shape).own.values()]
    const lost = losesTrash(newer, [...own.values()])
    const changes = await computeChanges(adminUrl, withTrashOf(lost, [...own.values()]), schema)
    await inTransaction(client, async () => {
      await refuseTrash(client, lost, schema)
      await client.query(removeSyncs(plan, schema))
      await closeShape(client, schema, former)
      await makeExact(client, { all, own, changes, schema })
      await dropTrash(client, lost, schema)
      await dropAdded(client, newer, [...own.values()], schema)
    })
  })
}

/** For the comparison, which is made while the trash is still there. */
function withTrashOf(lost: readonly EntityModel[], models: readonly EntityModel[]): EntityModel[] {
  return models.map((model) => (lost.includes(model) ? { ...model, trashable: true } : model))
}

interface Made {
  readonly all: Models
  readonly own: Models
  readonly changes: string
  readonly schema: string
}

async function makeExact(client: pg.Client, { all, own, changes, schema }: Made): Promise<void> {
  if (changes !== '') await client.query(changes)
  await addForeignKeys(client, foreignKeys(all, schema, own), schema)
  await addCheckConstraints(client, own, schema)
  await addSearchColumns(client, own, schema)
  await addSideTables(client, own, schema)
  const living = livingVersions([...all.values()], await readShapes(client, schema))
  await addTrash(client, own, living, schema)
  await addFileTriggers(client, living, schema)
  // Whichever version boots next looks at the tables again.
  await client.query('DELETE FROM plinth.schema_state WHERE schema = $1', [schema])
}

/** The entities of a stored version among those of the other plugins. */
function together(models: Models, plugin: string, shape: PluginShape): { all: Models; own: Models } {
  const others = [...models].filter(([, model]) => model.plugin !== plugin)
  const all = withTrashes(new Map([...others, ...modelsOfShape({ id: plugin, area: 'x' }, shape)]))
  const own = new Map<string, EntityModel>([...all].filter(([, model]) => model.plugin === plugin))
  return { all, own }
}
