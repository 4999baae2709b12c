import type { ApiKeyDocument } from '@plinth/sdk'
import type { Identity } from './identity.ts'

/** A key as its table has it, with what is known of its maker. */
export interface KeyRow {
  readonly id: string
  readonly name: string
  readonly hint: string
  readonly permissions: string[]
  readonly created_at: Date
  readonly created_by: string | null
  readonly expires_at: Date | null
  readonly last_used_at: Date | null
  readonly per_minute: number
  readonly maker: string | null
  /** Null when whoever made it is no active member. */
  readonly roles: string[] | null
}

export const KEY_COLUMNS = `k.id, k.name, k.hint, k.permissions, k.created_at, k.created_by, k.expires_at, k.last_used_at, k.per_minute,
  m.name AS maker, CASE WHEN m.status = 'active' THEN m.roles END AS roles
  FROM plinth.api_key k LEFT JOIN plinth.member m ON m.tenant_id = k.tenant_id AND m.id = k.created_by`

/** A key as it is shown, but for the words for what it may do. */
export type KeyDocument = Omit<ApiKeyDocument, 'scopeLabels'>

/** Without its secret. */
export function keyDocument(row: KeyRow): KeyDocument {
  const ended = row.expires_at !== null && new Date(row.expires_at).getTime() <= Date.now()
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    permissions: row.permissions,
    createdAt: new Date(row.created_at).toISOString(),
    createdBy: row.created_by === null ? null : { id: row.created_by, label: row.maker ?? '' },
    expiresAt: row.expires_at && new Date(row.expires_at).toISOString(),
    lastUsedAt: row.last_used_at && new Date(row.last_used_at).toISOString(),
    perMinute: row.per_minute,
    status: ended ? 'expired' : row.created_by !== null && row.roles === null ? 'idle' : 'active',
  }
}

/** Who acts with the key. Undefined when whoever made it is no longer an active member. */
export function keyIdentity(tenantId: string, row: KeyRow): Identity | undefined {
  const base = {
    tenantId,
    actor: { kind: 'key', id: row.id, name: row.name },
    machine: { kind: 'key', id: row.id, perMinute: row.per_minute },
    expiresAt: row.expires_at ? new Date(row.expires_at) : undefined,
  } as const
  if (row.created_by === null) return { ...base, roles: [], permissions: row.permissions }
  if (row.roles === null) return undefined
  return {
    ...base,
    roles: row.roles,
    permissions: [],
    behalfOf: row.created_by,
    bounds: [row.permissions],
  }
}
