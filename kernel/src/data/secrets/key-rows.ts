import type { KeyObject } from 'node:crypto'
import type { KeyRing } from '../../crypto/index.ts'
import type { Database } from '../database.ts'

/** `data` seals values, `index` is the root of blind indexes. */
export type KeyPurpose = 'data' | 'index'

/** A key of a tenant as it is stored. */
export interface KeyRow {
  readonly purpose: KeyPurpose
  readonly number: number
  readonly kek: string
  /** Null once destroyed. */
  readonly wrapped: Buffer | null
  readonly state: 'current' | 'old' | 'destroyed'
}

/** What the wrapping of a key is bound to. */
export function wrapPlace(tenantId: string, purpose: KeyPurpose, number: number): string {
  return `tenant key|${tenantId}|${purpose}|${number}`
}

export function readKeys(database: Database, tenantId: string): Promise<KeyRow[]> {
  return database.query<KeyRow>(
    { tenantId },
    {
      name: 'plinth_tenant_keys',
      text: 'SELECT purpose, number, kek, wrapped, state FROM plinth.tenant_key WHERE tenant_id = $1 ORDER BY purpose, number',
      values: [tenantId],
    },
  )
}

/** Stores the first keys of a tenant, unless it has keys or had them once. */
export async function addKeys(
  database: Database,
  tenantId: string,
  ring: KeyRing,
  keys: readonly { readonly purpose: KeyPurpose; readonly number: number; readonly key: KeyObject }[],
): Promise<void> {
  const rows = keys.map(({ purpose, number, key }) => {
    const { kek, wrapped } = ring.wrap(key, wrapPlace(tenantId, purpose, number))
    return { purpose, number, kek, wrapped: `\\x${wrapped.toString('hex')}` }
  })
  await database.query(
    { tenantId },
    {
      text: `INSERT INTO plinth.tenant_key (tenant_id, purpose, number, kek, wrapped, state)
        SELECT $1, k.purpose, k.number, k.kek, k.wrapped, 'current'
        FROM json_to_recordset($2::json) AS k(purpose text, number int, kek text, wrapped bytea)
        ON CONFLICT DO NOTHING`,
      values: [tenantId, JSON.stringify(rows)],
    },
  )
}
