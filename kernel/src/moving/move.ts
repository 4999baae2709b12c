import type { Home, Level, Place } from '../data/index.ts'

/**
 * How far a move has come. Before `switch` the tenant lives where it did, and the move can begin anew or be given up; from then on it can
 * only go on. `done`, `failed` and `cancelled` are its ends.
 */
export const MOVE_STEPS = [
  'waiting',
  'prepare',
  'copy',
  'catch-up',
  'compare',
  'close',
  'switch',
  'remove',
  'done',
  'failed',
  'cancelled',
] as const
export type MoveStep = (typeof MOVE_STEPS)[number]

/** Someone called the move back before its switch. */
export class MoveCancelled extends Error {
  override readonly name = 'MoveCancelled'
}

/** A place with the level that it means. */
export type Address = Place & { readonly level: Level }

/** A table as it was compared on both sides. What has changed since was compared by itself, while no one could change more. */
export interface TableProof {
  readonly table: string
  readonly rows: number
  readonly checksum: string
}

/** A tenant on its way from one place to another. */
export interface Move {
  readonly id: string
  readonly tenant: string
  /** Epoch of the tenant before the move. */
  readonly epoch: number
  readonly source: Address
  readonly target: Address
  readonly step: MoveStep
  readonly attempts: number
  /** Rows copied so far. */
  readonly rows: number
  readonly tables: readonly TableProof[] | null
  /** For how long nothing could be changed, in milliseconds. */
  readonly pauseMs: number | null
  readonly error: string | null
  /** When someone called it back. It is over once everything is as it was. */
  readonly cancelledAt: string | null
  readonly createdAt: string
  readonly changedAt: string
  readonly endedAt: string | null
}

export const MOVE_COLUMNS = `id, tenant, epoch, source, target, step, attempts, rows::int AS rows, tables, pause_ms AS "pauseMs", error,
  cancelled_at AS "cancelledAt", created_at AS "createdAt", changed_at AS "changedAt", ended_at AS "endedAt"`

/** The place of a home, with its level. */
export function addressOf({ level, server, database, schema }: Home): Address {
  return { level, server, database, schema }
}
