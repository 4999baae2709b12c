import type { Database } from '../data/index.ts'
import { IMPORTS_KEPT_DAYS } from './file-limits.ts'

/** Removes imports that are too old, with their files. @returns how many */
export async function expireImports(database: Database): Promise<number> {
  const rows = await database.queryPlatform({
    name: 'plinth_expire_imports',
    text: `DELETE FROM plinth.import WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM plinth.import
        WHERE created_at < now() - CASE WHEN status = 'receiving' THEN interval '1 day' ELSE interval '${IMPORTS_KEPT_DAYS} days' END LIMIT 500) RETURNING 1`,
  })
  return rows.length
}
