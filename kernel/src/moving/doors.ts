import type pg from 'pg'
import { CONTROL, DOOR, sameDatabase } from '../data/index.ts'
import type { Move } from './move.ts'

/** For so long no one gets in to change something; what comes after has missed its moment. Shorter than a change waits for a tenant that moves. */
const CLOSED_SECONDS = 5

/** Administrative connections of a move. Where databases are the same, so are the connections. */
export interface Doors {
  readonly control: pg.Client
  readonly source: pg.Client
  readonly target: pg.Client
}

/** Gives the tenant a row where it is going, that lets no one in yet. */
export async function announce({ control, target }: Doors, move: Move): Promise<void> {
  if (sameDatabase(move.target, CONTROL) || sameDatabase(move.source, move.target)) return
  const { rows } = await control.query<{ row: string }>(
    `SELECT to_json(t)::text AS row FROM plinth.tenant t WHERE id = $1`,
    [move.tenant],
  )
  const known = { ...(JSON.parse(rows[0]!.row) as object), ...move.target, here: false, closed_until: null }
  await target.query(
    `INSERT INTO plinth.tenant SELECT * FROM json_populate_record(NULL::plinth.tenant, $1)
     ON CONFLICT (id) DO UPDATE SET (slug, name, tier, status, locale, time_zone, hue, level, server, database, schema, epoch, here, closed_until) =
       (EXCLUDED.slug, EXCLUDED.name, EXCLUDED.tier, EXCLUDED.status, EXCLUDED.locale, EXCLUDED.time_zone, EXCLUDED.hue, EXCLUDED.level,
        EXCLUDED.server, EXCLUDED.database, EXCLUDED.schema, EXCLUDED.epoch, EXCLUDED.here, EXCLUDED.closed_until)`,
    [JSON.stringify({ ...known, epoch: move.epoch + 1 })],
  )
}

/**
 * Lets no more changes in, and waits for those that are under way. Opens by itself when nothing more comes of it.
 *
 * @returns the moment at which it opens, which proves that it has been closed all the time
 */
export async function close({ source }: Doors, move: Move): Promise<string> {
  const { rows } = await source.query<{ until: string }>(
    `UPDATE plinth.tenant SET closed_until = date_trunc('milliseconds', clock_timestamp()) + interval '${CLOSED_SECONDS} seconds'
     WHERE id = $1 AND epoch = $2 RETURNING closed_until::text AS until`,
    [move.tenant, move.epoch],
  )
  if (!rows[0]) throw new Error('The tenant is no longer where it was')
  // Whoever was let in before holds the door until the end of the transaction; rounds over many tenants hold their rows.
  await source.query(`SELECT pg_advisory_xact_lock(${DOOR('$1::uuid')})`, [move.tenant])
  await source.query('SELECT FROM plinth.tenant WHERE id = $1 FOR UPDATE', [move.tenant])
  return rows[0].until
}

/** Lets changes in again. */
export async function reopen({ source }: Doors, move: Move): Promise<void> {
  await source.query('UPDATE plinth.tenant SET closed_until = NULL WHERE id = $1 AND epoch = $2', [
    move.tenant,
    move.epoch,
  ])
}

/** Where the move stands, whatever is written about it. `between`: the tenant has left and not yet arrived. */
export async function whereabouts(
  { control, source }: Doors,
  move: Move,
): Promise<'before' | 'between' | 'after'> {
  const epochOf = async (client: pg.Client): Promise<number> => {
    const { rows } = await client.query<{ epoch: number }>('SELECT epoch FROM plinth.tenant WHERE id = $1', [
      move.tenant,
    ])
    // Its row is gone with its last rows.
    return rows[0]?.epoch ?? move.epoch + 1
  }
  if ((await epochOf(control)) > move.epoch) return 'after'
  return (await epochOf(source)) > move.epoch ? 'between' : 'before'
}

/**
 * The tenant leaves: from now on no one is let in at the source, to read or to change. Only while it has been closed all the time since it was
 * compared. Where the source is the control database, this is the move itself.
 *
 * @throws Error when it took too long
 */
export async function leave({ source }: Doors, move: Move, closedUntil: string): Promise<void> {
  const inControl = sameDatabase(move.source, CONTROL)
  const stays = sameDatabase(move.source, move.target)
  const { level, server, database, schema } = inControl ? move.target : move.source
  const { rowCount } = await source.query(
    `UPDATE plinth.tenant SET epoch = epoch + 1, here = $4, closed_until = NULL, level = $5, server = $6, database = $7, schema = $8
     WHERE id = $1 AND epoch = $2 AND closed_until = $3::timestamptz AND closed_until > clock_timestamp()`,
    [move.tenant, move.epoch, closedUntil, stays, level, server, database, schema],
  )
  if (rowCount !== 1) throw new Error('It took too long, and changes had been let in again')
}

/** The tenant arrives: it is let in at the target, and everyone is sent there. */
export async function arrive({ control, target }: Doors, move: Move): Promise<void> {
  const inControl = sameDatabase(move.target, CONTROL)
  const { level, server, database, schema } = move.target
  if (!inControl)
    await target.query(
      `UPDATE plinth.tenant SET here = true, epoch = $2, closed_until = NULL, level = $3, server = $4, database = $5, schema = $6 WHERE id = $1`,
      [move.tenant, move.epoch + 1, level, server, database, schema],
    )
  await control.query(
    `UPDATE plinth.tenant SET here = $3, epoch = $2, closed_until = NULL, level = $4, server = $5, database = $6, schema = $7 WHERE id = $1`,
    [move.tenant, move.epoch + 1, inControl, level, server, database, schema],
  )
}

/** No statement of the application lasts longer. */
const LONGEST_READ_MS = 15_000

/** Waits until whoever was let in at the source before has gone: what they read must not vanish under them. */
export async function waitForReaders({ source }: Doors): Promise<void> {
  // The owner of the tables does not see what others are doing.
  await source.query('RESET ROLE')
  const { rows } = await source.query<{ now: string }>('SELECT clock_timestamp()::text AS now')
  const end = Date.now() + LONGEST_READ_MS
  while (Date.now() < end) {
    const { rows: open } = await source.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND starts_with(usename, 'plinth_app')
       AND (xact_start < $1::timestamptz OR query = '<insufficient privilege>') LIMIT 1`,
      [rows[0]!.now],
    )
    if (open.length === 0) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await source.query('SET ROLE plinth_owner')
}
