import { storeEntry, type Bus, type Database, type Origin } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { LimitOverride } from './limit.ts'

type Row = LimitOverride & { readonly id: string } & Record<string, unknown>

const COLUMNS = `id, value::float8 AS value, reason, to_char(ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS until`

/** What operators have set in place of the limits of a tier, kept with the tenant and told in its audit log. */
export class LimitOverrides {
  readonly #database: Database
  readonly #bus: Bus

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
  }

  /** By limit, those that have ended too. */
  async of(tenantId: string): Promise<ReadonlyMap<string, LimitOverride>> {
    const rows = await this.#database.query<Row>(
      { tenantId },
      {
        text: `SELECT ${COLUMNS} FROM plinth.limit_override WHERE tenant_id = $1 ORDER BY id`,
        values: [tenantId],
      },
    )
    return new Map(rows.map(({ id, ...override }) => [id, override]))
  }

  /** Sets a limit for a tenant, on every node with the next change that counts. */
  async set(tenantId: string, id: string, override: LimitOverride, origin: Origin): Promise<void> {
    const { value, reason, until } = override
    await this.#database.transaction({ tenantId }, async (transaction) => {
      const [before] = await transaction.run<Row>({
        text: `SELECT ${COLUMNS} FROM plinth.limit_override WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
        values: [tenantId, id],
      })
      transaction.later({
        text: `INSERT INTO plinth.limit_override (tenant_id, id, value, reason, ends_at) VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (tenant_id, id) DO UPDATE SET value = excluded.value, reason = excluded.reason, ends_at = excluded.ends_at, created_at = now()`,
        values: [tenantId, id, value, reason, until],
      })
      transaction.later(
        storeEntry(tenantId, origin, {
          ...entryOf(id, 'overridden'),
          before: shown(before),
          after: override,
        }),
      )
    })
    await this.#bus.publish({ topic: 'tenant', tenantId })
  }

  /** Has the tier's limit count again. @throws Failure `not_found` */
  async remove(tenantId: string, id: string, origin: Origin): Promise<void> {
    await this.#database.transaction({ tenantId }, async (transaction) => {
      const [before] = await transaction.run<Row>({
        text: `DELETE FROM plinth.limit_override WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
        values: [tenantId, id],
      })
      if (!before) throw new Failure('not_found')
      transaction.later(
        storeEntry(tenantId, origin, { ...entryOf(id, 'overrideEnded'), before: shown(before) }),
      )
    })
    await this.#bus.publish({ topic: 'tenant', tenantId })
  }
}

function entryOf(id: string, what: 'overridden' | 'overrideEnded') {
  return { action: `limit.${what}`, subjectType: 'platform.limit', subjectId: id }
}

function shown(row: Row | undefined): LimitOverride | undefined {
  return row && { value: row.value, reason: row.reason, until: row.until }
}
