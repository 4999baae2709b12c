import type { Database, DatabaseAddress, Statement } from '../data/index.ts'

/**
 * How far a tenant is with its new data key. `seal`: values are sealed anew. `retire`: all that could be is; the old keys are counted out.
 * `done`: they are no more.
 */
export const RENEWAL_STEPS = ['seal', 'retire', 'done'] as const
export type RenewalStep = (typeof RENEWAL_STEPS)[number]

/** A tenant on its way from one data key to the next. */
export interface Renewal {
  readonly tenant: string
  /** Number of the new data key. */
  readonly number: number
  readonly step: RenewalStep
  /** Table that is at work, and the row it has come to; null before the first, empty after the last. */
  readonly store: string | null
  readonly cursor: string | null
  /** Rows sealed anew. */
  readonly done: number
  /** Rows that were sealed with older keys when it began; null before they are counted. */
  readonly total: number | null
  /** Rows with values that did not open, and stayed as they were. */
  readonly unreadable: number
  /** Rows that still need an older key, by table; null before they are counted. */
  readonly remaining: Readonly<Record<string, number>> | null
  /** Times it went through all tables. */
  readonly rounds: number
  readonly error: string | null
  readonly startedAt: string
  readonly changedAt: string
  readonly finishedAt: string | null
}

const COLUMNS = `tenant_id AS tenant, number, step, store, cursor, done::int AS done, total::int AS total, unreadable::int AS unreadable, remaining, rounds, error,
  to_json(started_at) #>> '{}' AS "startedAt", to_json(changed_at) #>> '{}' AS "changedAt", to_json(finished_at) #>> '{}' AS "finishedAt"`

/** Reads and locks how far a tenant is, unless another node is at it just now. */
export const claimRenewal: Statement = {
  name: 'plinth_claim_renewal',
  text: `SELECT ${COLUMNS} FROM plinth.key_renewal WHERE tenant_id = current_setting('plinth.tenant')::uuid AND step <> 'done' FOR UPDATE SKIP LOCKED`,
}

/** What of it changes with a step. */
export type Progress = Partial<
  Pick<
    Renewal,
    'step' | 'store' | 'cursor' | 'done' | 'total' | 'unreadable' | 'remaining' | 'rounds' | 'error'
  >
>

/** Notes how far it has come. Columns that may be written by whoever seals records alone come first. */
export function noteProgress(progress: Progress): Statement {
  const entries = Object.entries(progress)
  const sets = entries.map(([name], index) => `${name} = $${index + 1}`)
  if (progress.step === 'done') sets.push('finished_at = now()')
  return {
    text: `UPDATE plinth.key_renewal SET ${[...sets, 'changed_at = now()'].join(', ')} WHERE tenant_id = current_setting('plinth.tenant')::uuid`,
    values: entries.map(([name, value]) => (name === 'remaining' && value ? JSON.stringify(value) : value)),
  }
}

/** Renewals of the tenants in a database: those under way, or all. */
export function renewalsIn(
  database: Database,
  address: DatabaseAddress,
  openOnly = false,
): Promise<Renewal[]> {
  return database.queryPlatform<Renewal & Record<string, unknown>>(
    {
      text: `SELECT ${COLUMNS} FROM plinth.key_renewal ${openOnly ? `WHERE step <> 'done'` : ''} ORDER BY tenant_id`,
    },
    address,
  )
}

export async function renewalOf(database: Database, tenantId: string): Promise<Renewal | undefined> {
  const [row] = await database.query<Renewal & Record<string, unknown>>(
    { tenantId },
    { text: `SELECT ${COLUMNS} FROM plinth.key_renewal WHERE tenant_id = $1`, values: [tenantId] },
  )
  return row
}
