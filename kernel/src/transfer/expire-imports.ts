import type { Database, DatabaseAddress } from '../data/index.ts'
import { IMPORTS_KEPT_DAYS } from './file-limits.ts'

/** Removes imports in one database that are too old, with their files. @returns how many */
export async function expireImports(database: Database, address?: DatabaseAddress): Promise<number> {
  const rows = await database.queryPlatform(
    {
      name: 'plinth_expire_imports',
      text: `DELETE FROM plinth.import WHERE (tenant_id, id) IN (SELECT i.tenant_id, i.id FROM plinth.import i JOIN plinth.tenant t ON t.id = i.tenant_id
        WHERE i.created_at < now() - CASE WHEN i.status = 'receiving' THEN interval '1 day' ELSE interval '${IMPORTS_KEPT_DAYS} days' END
          AND t.here AND (t.closed_until IS NULL OR t.closed_until < now()) LIMIT 500 FOR KEY SHARE OF t SKIP LOCKED) RETURNING 1`,
    },
    address,
  )
  return rows.length
}
