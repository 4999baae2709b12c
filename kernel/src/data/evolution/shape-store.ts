import type pg from 'pg'
import type { PluginShape } from './plugin-shape.ts'
import type { UpgradePlan } from './upgrade-plan.ts'

/** One version of a plugin that the tables of a schema serve. */
export interface StoredShape {
  readonly plugin: string
  readonly digest: string
  readonly version: string
  /** The newest one; the others are served until the next contract step. */
  readonly current: boolean
  /** Of the current one: its contract step is still to come. */
  readonly open: boolean
  readonly shape: PluginShape
  /** Of an open one: the id of its ledger, and what there is to do. */
  readonly upgrade: string | null
  readonly plan: UpgradePlan | null
}

const COLUMNS = 'plugin, digest, version, current, open, shape, upgrade, plan'

/** What the tables of a schema serve, by plugin, the current version first. */
export async function readShapes(client: pg.Client, schema: string): Promise<Map<string, StoredShape[]>> {
  const { rows } = await client.query<StoredShape>(
    `SELECT ${COLUMNS} FROM plinth.shape WHERE schema = $1 ORDER BY plugin, current DESC, installed_at DESC`,
    [schema],
  )
  return Map.groupBy(rows, ({ plugin }) => plugin)
}

/** Makes a version the current one. Those before it stay served. */
export async function storeShape(
  client: pg.Client,
  schema: string,
  { plugin, digest, version, open, shape, upgrade, plan }: Omit<StoredShape, 'current'>,
): Promise<void> {
  await client.query(
    `UPDATE plinth.shape SET current = false, open = false, upgrade = NULL, plan = NULL WHERE schema = $1 AND plugin = $2 AND digest <> $3`,
    [schema, plugin, digest],
  )
  await client.query(
    `INSERT INTO plinth.shape (schema, plugin, digest, version, current, open, shape, upgrade, plan) VALUES ($1, $2, $3, $4, true, $5, $6, $7, $8)
     ON CONFLICT (schema, plugin, digest) DO UPDATE SET version = $4, current = true, open = $5, shape = $6, upgrade = $7, plan = $8, installed_at = now()`,
    [schema, plugin, digest, version, open, JSON.stringify(shape), upgrade, plan && JSON.stringify(plan)],
  )
}

/** From here on the tables serve this one version only. */
export async function closeShape(
  client: pg.Client,
  schema: string,
  { plugin, digest }: Pick<StoredShape, 'plugin' | 'digest'>,
): Promise<void> {
  await client.query('DELETE FROM plinth.shape WHERE schema = $1 AND plugin = $2 AND digest <> $3', [
    schema,
    plugin,
    digest,
  ])
  await client.query(
    `UPDATE plinth.shape SET current = true, open = false, upgrade = NULL, plan = NULL WHERE schema = $1 AND plugin = $2`,
    [schema, plugin],
  )
}
