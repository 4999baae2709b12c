import type { Database, DatabaseAddress } from '../data/index.ts'
import type { Storage } from '../storage/index.ts'

/**
 * How long uploads wait for a record, and how long the bytes of a file stay after its record has given it up. A backup of the storage made
 * within that time after one of the databases holds every file these know of.
 */
export const FILES_KEPT_HOURS = 24

/** Removed at a time. */
const BATCH = 200

/** The tenant lives here, and is not just being moved. */
const HERE = `t.id = f.tenant_id AND t.here AND (t.closed_until IS NULL OR t.closed_until < now())`

const OLD = `f.changed_at < now() - make_interval(hours => ${FILES_KEPT_HOURS})`

/**
 * Removes files of one database that belong to no record: uploads that were never used or broke off, and what records have given up. First
 * the bytes, then the row, so that whoever dies in between is followed by one who begins there again. A file that is given up once is never
 * taken back, so its bytes may go wherever its tenant is by then.
 *
 * @returns how many
 */
export async function sweepFiles(
  { database, storage }: { readonly database: Database; readonly storage: Storage },
  address?: DatabaseAddress,
): Promise<number> {
  await releaseLost(database, address)
  await database.queryPlatform(
    {
      name: 'plinth_release_files',
      text: `UPDATE plinth.file f SET state = 'released' FROM plinth.tenant t WHERE ${HERE} AND f.state IN ('receiving','pending') AND ${OLD}`,
    },
    address,
  )
  let removed = 0
  for (;;) {
    const files = await database.queryPlatform<{ tenant: string; id: string }>(
      {
        name: 'plinth_released_files',
        text: `SELECT f.tenant_id AS tenant, f.id FROM plinth.file f JOIN plinth.tenant t ON ${HERE} WHERE f.state = 'released' AND ${OLD}
          ORDER BY f.changed_at LIMIT ${BATCH}`,
      },
      address,
    )
    for (const file of files) await storage.delete(file)
    const gone = await database.queryPlatform(
      {
        name: 'plinth_forget_files',
        text: `DELETE FROM plinth.file WHERE state = 'released' AND (tenant_id, id) IN (SELECT f.tenant_id, f.id
          FROM json_to_recordset($1::json) AS g(tenant uuid, id uuid) JOIN plinth.file f ON f.tenant_id = g.tenant AND f.id = g.id
          JOIN plinth.tenant t ON ${HERE} FOR KEY SHARE OF t SKIP LOCKED) RETURNING 1`,
        values: [JSON.stringify(files)],
      },
      address,
    )
    removed += gone.length
    // Those of a tenant that is just leaving wait for the next time.
    if (files.length < BATCH || gone.length === 0) return removed
  }
}

/** Files of fields that are no more: an upgrade has dropped their column, and with it what referred to them. */
async function releaseLost(database: Database, address: DatabaseAddress | undefined): Promise<void> {
  const column = (schema: string, place: string): string =>
    `EXISTS (SELECT FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ${schema} AND c.relname = split_part(${place}, '.', 1) AND a.attname = split_part(${place}, '.', 2) AND NOT a.attisdropped)`
  // The few places there are, found from one to the next along their index.
  const lost = await database.queryPlatform<{ place: string }>(
    {
      name: 'plinth_lost_places',
      text: `WITH RECURSIVE p AS ((SELECT place FROM plinth.file WHERE state = 'attached' ORDER BY place LIMIT 1)
          UNION ALL SELECT (SELECT f.place FROM plinth.file f WHERE f.state = 'attached' AND f.place > p.place ORDER BY f.place LIMIT 1) FROM p WHERE p.place IS NOT NULL)
        SELECT p.place FROM p WHERE p.place IS NOT NULL AND EXISTS (SELECT FROM (SELECT DISTINCT schema FROM plinth.tenant WHERE here) s WHERE NOT ${column('s.schema', 'p.place')})`,
    },
    address,
  )
  for (const { place } of lost)
    await database.queryPlatform(
      {
        name: 'plinth_release_lost_files',
        text: `UPDATE plinth.file f SET state = 'released', changed_at = now() FROM plinth.tenant t
          WHERE ${HERE} AND f.state = 'attached' AND f.place = $1 AND NOT ${column('t.schema', 'f.place')}`,
        values: [place],
      },
      address,
    )
}
