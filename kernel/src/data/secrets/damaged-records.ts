import type { Database } from '../database.ts'
import type { Statement } from '../pipeline.ts'
import { BY_ITSELF, storeEntry } from '../write/entry.ts'

/** A record with values that do not open where they stand. */
interface DamagedRecord {
  readonly tenantId: string
  /** Entity id. */
  readonly entity: string
  readonly id: string
  readonly fields: readonly string[]
}

/**
 * Notes a damaged record, with an entry in the audit log, for operators to count and find.
 *
 * @returns whether this was not known yet
 */
export async function noteDamage(database: Database, damage: DamagedRecord): Promise<boolean> {
  const { tenantId, entity, id, fields } = damage
  return database.transaction({ tenantId }, async (transaction) => {
    const rows = await transaction.run({
      name: 'plinth_damage',
      text: `INSERT INTO plinth.damaged_record AS d (tenant_id, entity, record_id, fields) VALUES ($1, $2, $3, $4::text[])
        ON CONFLICT (tenant_id, entity, record_id) DO UPDATE
          SET fields = ARRAY(SELECT DISTINCT unnest(d.fields || excluded.fields) ORDER BY 1) WHERE NOT d.fields @> excluded.fields
        RETURNING record_id`,
      values: [tenantId, entity, id, fields],
    })
    if (rows.length === 0) return false
    const entry = {
      action: 'kernel.ciphertext.refused',
      subjectType: entity,
      subjectId: id,
      after: { fields },
    }
    transaction.later(storeEntry(tenantId, BY_ITSELF, entry))
    return true
  })
}

/** Forgets a damaged record, or some fields of it, because they have other values now. */
export function forgetDamage(
  tenantId: string,
  entity: string,
  id: string,
  remaining: readonly string[] = [],
): Statement {
  return remaining.length === 0
    ? {
        text: 'DELETE FROM plinth.damaged_record WHERE tenant_id = $1 AND entity = $2 AND record_id = $3',
        values: [tenantId, entity, id],
      }
    : {
        text: `UPDATE plinth.damaged_record SET fields = ARRAY(SELECT f FROM unnest(fields) f WHERE f = ANY ($4::text[]))
          WHERE tenant_id = $1 AND entity = $2 AND record_id = $3`,
        values: [tenantId, entity, id, remaining],
      }
}

/** Forgets what was damaged of records that are gone. */
export function forgetRecords(tenantId: string, entity: string, ids: readonly string[]): Statement {
  return {
    text: 'DELETE FROM plinth.damaged_record WHERE tenant_id = $1 AND entity = $2 AND record_id = ANY ($3::uuid[])',
    values: [tenantId, entity, `{${ids.join(',')}}`],
  }
}
