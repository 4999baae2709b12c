import type { UpgradeError } from '@plinth/sdk'
import type { Database } from '../database.ts'
import type { DatabaseAddress, Place } from '../places/home.ts'
import type { UnitOfWork } from '../write/unit-of-work.ts'
import type { PluginShape } from './plugin-shape.ts'
import type { UpgradePlan } from './upgrade-plan.ts'

/** `backfill`: records get the new shape. `check`: before the contract step, whether all still have it. */
export type UpgradePhase = 'backfill' | 'check' | 'contracted' | 'reverted'
export type UpgradeState = 'pending' | 'running' | 'failed' | 'done'

/** An upgrade whose contract step is still to come, in one place. */
export interface OpenUpgrade {
  readonly id: string
  readonly place: Place
  readonly plugin: string
  readonly digest: string
  readonly shape: PluginShape
  /** The version before. */
  readonly former: PluginShape
  readonly plan: UpgradePlan
}

/** How far one tenant is. */
export interface LedgerRow {
  readonly tenantId: string
  readonly upgrade: string
  readonly plugin: string
  readonly from: string
  readonly to: string
  readonly phase: UpgradePhase
  readonly state: UpgradeState
  readonly done: number
  readonly total: number
  readonly attempts: number
  readonly error: string | null
  readonly errors: readonly UpgradeError[]
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** Errors that are kept of one tenant. */
export const MAX_ERRORS = 100

const COLUMNS = `u.tenant_id AS "tenantId", u.upgrade, u.plugin, u.from_version AS "from", u.to_version AS "to", u.phase, u.state,
  u.done::int, u.total::int, u.attempts, u.error, u.errors, u.created_at AS "createdAt", u.started_at AS "startedAt", u.finished_at AS "finishedAt"`

/** The open upgrades of a database. */
export async function openUpgrades(database: Database, address: DatabaseAddress): Promise<OpenUpgrade[]> {
  const rows = await database.queryPlatform<Omit<OpenUpgrade, 'place'> & { schema: string }>(
    {
      text: `SELECT s.upgrade AS id, s.schema, s.plugin, s.digest, s.shape, f.shape AS former, s.plan
        FROM plinth.shape s JOIN plinth.shape f ON f.schema = s.schema AND f.plugin = s.plugin AND f.digest = s.plan->>'installed'
        WHERE s.open ORDER BY s.schema, s.plugin`,
    },
    address,
  )
  const { server, database: name } = address
  return rows.map(({ schema, ...row }) => ({ ...row, place: { server, database: name, schema } }))
}

/** Enters the tenants of a place that are not in the ledger yet: those there are at the start, and those that came since. */
export async function enterTenants(database: Database, { id, place, plan }: OpenUpgrade): Promise<void> {
  await database.queryPlatform(
    {
      text: `INSERT INTO plinth.upgrade (tenant_id, upgrade, plugin, from_version, to_version)
        SELECT t.id, $1::uuid, $2, $3, $4 FROM plinth.tenant t WHERE t.here AND t.schema = $5 ON CONFLICT DO NOTHING`,
      values: [id, plan.plugin, plan.from, plan.to, place.schema],
    },
    place,
  )
}

/** Ids of the tenants that are not done. */
export async function tenantsToDo(database: Database, { id, place }: OpenUpgrade): Promise<string[]> {
  const rows = await database.queryPlatform<{ tenant: string }>(
    {
      text: `SELECT u.tenant_id AS tenant FROM plinth.upgrade u JOIN plinth.tenant t ON t.id = u.tenant_id AND t.here
        WHERE u.upgrade = $1::uuid AND u.state <> 'done' AND u.phase IN ('backfill', 'check') ORDER BY u.created_at, u.tenant_id`,
      values: [id],
    },
    place,
  )
  return rows.map(({ tenant }) => tenant)
}

/** All upgrades there are or were in a database, with every tenant. */
export async function readLedger(
  database: Database,
  address: DatabaseAddress,
): Promise<(LedgerRow & { slug: string })[]> {
  return database.queryPlatform<LedgerRow & { slug: string }>(
    {
      text: `SELECT ${COLUMNS}, t.slug FROM plinth.upgrade u JOIN plinth.tenant t ON t.id = u.tenant_id AND t.here
        ORDER BY u.created_at, u.upgrade, t.slug`,
    },
    address,
  )
}

/** Starts the check before the contract step, in every tenant that is done with the backfill. */
export async function beginCheck(database: Database, { id, place }: OpenUpgrade): Promise<void> {
  await database.queryPlatform(
    {
      text: `UPDATE plinth.upgrade SET phase = 'check', state = 'pending', entity = 0, cursor = NULL, done = 0
        WHERE upgrade = $1::uuid AND (phase = 'check' OR (phase = 'backfill' AND state = 'done'))`,
      values: [id],
    },
    place,
  )
}

/** Notes that an upgrade is over. */
export async function endUpgrade(
  database: Database,
  { id, place }: OpenUpgrade,
  phase: 'contracted' | 'reverted',
): Promise<void> {
  await database.queryPlatform(
    {
      text: 'UPDATE plinth.upgrade SET phase = $2, finished_at = coalesce(finished_at, now()) WHERE upgrade = $1::uuid AND phase <> $2',
      values: [id, phase],
    },
    place,
  )
}

/** Where a tenant's upgrade stands; held until the transaction ends. Nothing when another node holds it, or it is over. */
export async function holdUpgrade(
  unit: UnitOfWork,
  tenantId: string,
  upgrade: string,
): Promise<
  | {
      readonly phase: UpgradePhase
      readonly state: UpgradeState
      readonly entity: number
      readonly cursor: string | null
    }
  | undefined
> {
  const [row] = await unit.run<{
    phase: UpgradePhase
    state: UpgradeState
    entity: number
    cursor: string | null
  }>({
    text: `SELECT phase, state, entity, cursor FROM plinth.upgrade
      WHERE tenant_id = $1 AND upgrade = $2::uuid AND phase IN ('backfill', 'check') FOR UPDATE SKIP LOCKED`,
    values: [tenantId, upgrade],
  })
  return row
}

/** Counts an attempt. It goes on where the last one stood: no record is brought along twice. */
export async function beginAttempt(
  unit: UnitOfWork,
  tenantId: string,
  upgrade: string,
  total: number,
): Promise<void> {
  await unit.run({
    text: `UPDATE plinth.upgrade SET attempts = attempts + 1, total = $3, started_at = coalesce(started_at, now()), finished_at = NULL,
        state = 'running', error = NULL, errors = '[]'
      WHERE tenant_id = $1 AND upgrade = $2::uuid`,
    values: [tenantId, upgrade, total],
  })
}

/** Moves on by a batch, in the transaction that changed its records. */
export async function advance(
  unit: UnitOfWork,
  tenantId: string,
  upgrade: string,
  to: { readonly entity: number; readonly cursor: string | null; readonly done: number },
): Promise<void> {
  await unit.run({
    text: `UPDATE plinth.upgrade SET entity = $3, cursor = $4::uuid, done = done + $5 WHERE tenant_id = $1 AND upgrade = $2::uuid`,
    values: [tenantId, upgrade, to.entity, to.cursor, to.done],
  })
}

export async function finish(unit: UnitOfWork, tenantId: string, upgrade: string): Promise<void> {
  await unit.run({
    text: `UPDATE plinth.upgrade SET state = 'done', finished_at = now() WHERE tenant_id = $1 AND upgrade = $2::uuid`,
    values: [tenantId, upgrade],
  })
}

/** Notes why a tenant could not be brought along. */
export async function fail(
  database: Database,
  tenantId: string,
  upgrade: string,
  error: string,
  errors: readonly UpgradeError[],
): Promise<void> {
  await database.query(
    { tenantId },
    {
      text: `UPDATE plinth.upgrade SET state = 'failed', error = $3, errors = $4, finished_at = now() WHERE tenant_id = $1 AND upgrade = $2::uuid AND state <> 'done'`,
      values: [tenantId, upgrade, error, JSON.stringify(errors.slice(0, MAX_ERRORS))],
    },
  )
}
