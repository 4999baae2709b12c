import type { Text } from './text.ts'

/** Permissions of one plugin, or of the platform, in words: `GET /api/v1/api-keys/scopes`. */
export interface ScopeGroup {
  /** Wildcard that stands for all of them, e.g. `backoffice.crm.*`. */
  readonly id: string
  readonly label: Text
  readonly items: readonly { readonly id: string; readonly label: Text }[]
}

/** An API key, without its secret: `GET /api/v1/api-keys`. */
export interface ApiKeyDocument {
  readonly id: string
  readonly name: string
  /** How it begins. */
  readonly hint: string
  readonly permissions: readonly string[]
  readonly createdAt: string
  /** Who made it: it may do nothing they may not do. Null for one of the platform's own. */
  readonly createdBy: { readonly id: string; readonly label: string } | null
  readonly expiresAt: string | null
  /** To the minute or so. */
  readonly lastUsedAt: string | null
  /** Requests it may make in a minute. */
  readonly perMinute: number
  /** `idle`: whoever made it is no active member any more, and it is refused. */
  readonly status: 'active' | 'expired' | 'idle'
}
