import type { ApiClientDocument, ApiClientKind } from '@plinth/sdk'
import type { Identity, Machine } from '../identity.ts'

/** A client as its table has it, with what is known of its maker. */
export interface ClientRow {
  readonly id: string
  readonly kind: ApiClientKind
  readonly name: string
  readonly secret_hash: Buffer | null
  readonly redirect_uris: string[]
  readonly scopes: string[]
  readonly per_minute: number
  readonly created_by: string | null
  readonly created_at: Date
  readonly last_used_at: Date | null
  readonly maker: string | null
  /** Null when whoever made it is no active member. */
  readonly roles: string[] | null
}

export const CLIENT_COLUMNS = `c.id, c.kind, c.name, c.secret_hash, c.redirect_uris, c.scopes, c.per_minute, c.created_by, c.created_at, c.last_used_at,
  m.name AS maker, CASE WHEN m.status = 'active' THEN m.roles END AS roles
  FROM plinth.oauth_client c LEFT JOIN plinth.member m ON m.tenant_id = c.tenant_id AND m.id = c.created_by`

/** A client as it is shown, but for the words for what it may ask for. */
export type ClientDocument = Omit<ApiClientDocument, 'scopeLabels'>

/** Without its secret. */
export function clientDocument(row: ClientRow): ClientDocument {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    redirectUris: row.redirect_uris,
    scopes: row.scopes,
    perMinute: row.per_minute,
    createdAt: new Date(row.created_at).toISOString(),
    createdBy: row.created_by === null ? null : { id: row.created_by, label: row.maker ?? '' },
    lastUsedAt: row.last_used_at && new Date(row.last_used_at).toISOString(),
    status: isIdle(row) ? 'idle' : 'active',
  }
}

/** Who acts in nobody's name lives by the rights of whoever made it. */
export function isIdle({ kind, created_by: maker, roles }: ClientRow): boolean {
  return kind === 'service' && maker !== null && roles === null
}

/**
 * The client in its own name. Undefined when whoever made it is no longer an active member.
 *
 * @param token the access token it comes with, and what that is for
 */
export function clientIdentity(
  tenantId: string,
  row: ClientRow,
  token?: Machine['token'],
  expiresAt?: Date,
): Identity | undefined {
  if (isIdle(row) || row.kind !== 'service') return undefined
  const maker = row.created_by === null ? {} : { behalfOf: row.created_by }
  return {
    tenantId,
    actor: { kind: 'client', id: row.id, name: row.name },
    machine: { kind: 'client', id: row.id, perMinute: row.per_minute, ...(token ? { token } : {}) },
    roles: row.roles ?? [],
    permissions: row.created_by === null ? row.scopes : [],
    ...maker,
    bounds: [row.scopes, token?.scopes ?? row.scopes],
    expiresAt,
  }
}
