import type { Text } from './text.ts'

/** Permissions of one plugin, or of the platform, in words: `GET /api/v1/api-keys/scopes`. */
export interface ScopeGroup {
  /** Wildcard that stands for all of them, e.g. `backoffice.crm.*`. */
  readonly id: string
  readonly label: Text
  /** Whether the wildcard itself may be given: who asks holds what it will cover later, too. */
  readonly whole: boolean
  readonly items: readonly { readonly id: string; readonly label: Text }[]
}

/** An API key, without its secret: `GET /api/v1/api-keys`. */
export interface ApiKeyDocument {
  readonly id: string
  readonly name: string
  /** How it begins. */
  readonly hint: string
  readonly permissions: readonly string[]
  /** The permissions in words, in the same order. */
  readonly scopeLabels: readonly Text[]
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

/** What kind of program a client is. `service`: it acts in its own name, with a secret. `web`: in that of members, from a server, with a secret. `native`: in that of members, where it can keep no secret. */
export type ApiClientKind = 'service' | 'web' | 'native'

/** A program that gets tokens, without its secret: `GET /api/v1/oauth/clients`. Its id is the `client_id`. */
export interface ApiClientDocument {
  readonly id: string
  readonly kind: ApiClientKind
  readonly name: string
  /** Where members are sent back to, exactly. */
  readonly redirectUris: readonly string[]
  /** What it may ask for, at most. */
  readonly scopes: readonly string[]
  /** The scopes in words, in the same order. */
  readonly scopeLabels: readonly Text[]
  /** Requests it may make in a minute. */
  readonly perMinute: number
  readonly createdAt: string
  /** Who made it: in its own name it may do nothing they may not do. Null for one of the platform's own. */
  readonly createdBy: { readonly id: string; readonly label: string } | null
  readonly lastUsedAt: string | null
  /** `idle`: whoever made it is no active member any more, and it gets no tokens in its own name. */
  readonly status: 'active' | 'idle'
}

/** A scope in words. */
export interface NamedScope {
  readonly id: string
  readonly label: Text
}

/** What a program asks of a member; or where the browser goes at once: `POST /api/v1/oauth/authorization`. */
export type AuthorizationAnswer =
  | {
      /** With the name of whoever has made it known to the workspace. */
      readonly client: { readonly id: string; readonly name: string; readonly madeBy: string | null }
      readonly scopes: readonly NamedScope[]
      /** Where the member is sent back to. */
      readonly returnsTo: string
    }
  | { readonly redirectTo: string }

/** A program a member lets in: `GET /api/v1/oauth/grants`. */
export interface ConnectedApp {
  /** Id of the client. */
  readonly id: string
  readonly name: string
  readonly scopes: readonly NamedScope[]
  readonly since: string
  readonly lastUsedAt: string | null
}
