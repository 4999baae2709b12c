import type { Logger } from 'pino'
import type { Database } from '../data/index.ts'
import type { Machine } from './identity.ts'

/** Programs, and providers that keep members in step. */
type UseKind = Machine['kind'] | 'scim'

/** What is written down of use, by kind. */
const STATEMENTS = {
  key: updateOf('api_key'),
  client: updateOf('oauth_client'),
  grant: updateOf('oauth_grant'),
  scim: updateOf('scim_token'),
} as const satisfies Record<UseKind, string>

interface Use {
  readonly tenantId: string
  readonly kind: UseKind
  readonly id: string
  readonly at: number
}

/** Remembers when programs were last here. Written down once in a while for all together, never by a request. */
export class Usage {
  readonly #database: Database
  readonly #log: Logger
  readonly #uses = new Map<string, Use>()

  constructor({ database, log }: { database: Database; log: Logger }) {
    this.#database = database
    this.#log = log
  }

  note(tenantId: string, { kind, id }: Pick<Use, 'kind' | 'id'>): void {
    this.#uses.set(id, { tenantId, kind, id, at: Date.now() })
  }

  /** Writes down what has been noted. What cannot be written is forgotten: the next use comes. */
  async flush(): Promise<void> {
    const groups = Map.groupBy(this.#uses.values(), ({ tenantId, kind }) => `${tenantId} ${kind}`)
    this.#uses.clear()
    for (const uses of groups.values()) {
      const { tenantId, kind } = uses[0]!
      const values = [tenantId, uses.map(({ id }) => id), uses.map(({ at }) => new Date(at).toISOString())]
      await this.#database
        .query({ tenantId }, { text: STATEMENTS[kind], values })
        .catch((error: unknown) => this.#log.warn({ err: error }, 'use of keys not written down'))
    }
  }
}

function updateOf(table: string): string {
  return `UPDATE plinth.${table} t SET last_used_at = u.at FROM unnest($2::uuid[], $3::timestamptz[]) AS u(id, at)
    WHERE t.tenant_id = $1 AND t.id = u.id`
}
