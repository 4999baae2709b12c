import type { Bus, Database } from '../data/index.ts'
import type { Rollout } from './feature.ts'

/** What operators have decided about a feature, with who did it and why. */
export interface StoredRollout extends Rollout {
  readonly plugin: string
  readonly feature: string
  readonly reason: string
  readonly changedAt: string
  readonly changedBy: string
}

/** A decision of an operator; what it does not name stays as it is. */
export interface Decision
  extends Pick<StoredRollout, 'plugin' | 'feature' | 'reason' | 'changedBy'>, Partial<Rollout> {}

const COLUMNS =
  'plugin, feature, stopped, percentage, reason, changed_at AS "changedAt", changed_by AS "changedBy"'

export type Rollouts = ReadonlyMap<string, StoredRollout>

/**
 * What operators have decided about features, by `plugin.feature`: a few rows for the whole platform, on every request's way, so they are
 * kept until a notice says otherwise, and read each time while notices cannot arrive.
 */
export class FeatureRollouts {
  readonly #database: Database
  readonly #bus: Bus
  #known: Promise<Rollouts> | undefined
  #generation = 0

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
    bus.on('interrupted', () => this.#forget())
    bus.on('notice', ({ topic }) => {
      if (topic === 'features') this.#forget()
    })
  }

  /** Grows whenever what was known may not hold any more. */
  get generation(): number {
    return this.#generation
  }

  async all(): Promise<Rollouts> {
    if (!this.#bus.reliable) return this.#read()
    this.#known ??= this.#read().catch((error: unknown) => {
      this.#known = undefined
      throw error
    })
    return this.#known
  }

  /** Stores what was decided and leaves the rest as it is. It holds on every node at once. */
  async set(decision: Decision): Promise<StoredRollout> {
    const { plugin, feature, stopped, percentage, reason, changedBy } = decision
    const [stored] = await this.#database.queryPlatform<StoredRollout>({
      text: `INSERT INTO plinth.feature_rollout AS r (plugin, feature, stopped, percentage, reason, changed_by)
        VALUES ($1, $2, coalesce($3, false), $4, $5, $6)
        ON CONFLICT (plugin, feature) DO UPDATE SET stopped = coalesce($3, r.stopped), percentage = CASE WHEN $7 THEN $4 ELSE r.percentage END,
          reason = $5, changed_by = $6, changed_at = now() RETURNING ${COLUMNS}`,
      values: [
        plugin,
        feature,
        stopped ?? null,
        percentage ?? null,
        reason,
        changedBy,
        percentage !== undefined,
      ],
    })
    await this.#bus.publish({ topic: 'features', tenantId: '' })
    return stored!
  }

  #forget(): void {
    this.#generation += 1
    this.#known = undefined
  }

  async #read(): Promise<Rollouts> {
    const rows = await this.#database.queryPlatform<StoredRollout>({
      name: 'plinth_feature_rollouts',
      text: `SELECT ${COLUMNS} FROM plinth.feature_rollout`,
    })
    return new Map(rows.map((row) => [`${row.plugin}.${row.feature}`, row]))
  }
}
