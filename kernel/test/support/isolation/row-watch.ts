import pg from 'pg'
import { tablesOf } from './isolation-case.ts'
import type { IsolationWorld } from './isolation-world.ts'

/** A worker brings audit entries from the one to the other in its own time. */
const SEALING: ReadonlySet<string> = new Set(['plinth.audit_pending', 'plinth.audit_block'])

/**
 * Looks whether rows of the owner have changed, hundreds of times: over one connection and with one prepared statement, because a new
 * connection has to learn about a hundred tables first.
 */
export class RowWatch {
  readonly #client: pg.Client
  readonly #text: string
  readonly #values: readonly string[]

  private constructor(client: pg.Client, text: string, values: readonly string[]) {
    this.#client = client
    this.#text = text
    this.#values = values
  }

  static async over({ platform, owner }: IsolationWorld): Promise<RowWatch> {
    const { server, database } = await owner.home()
    const { member } = await owner.admin.session()
    const tables = (await tablesOf(owner)).filter((name) => !SEALING.has(name))
    const client = new pg.Client({
      connectionString: platform.platform.root.cradle.servers.adminUrl(server, database),
    })
    // Stopping drops the database under it.
    client.on('error', () => undefined)
    await client.connect()
    return new RowWatch(client, tables.map(digestOf).join(' UNION ALL '), [owner.id, member.id])
  }

  /** A digest of every row the owner has, in all tables. */
  async look(): Promise<Record<string, string>> {
    const { rows } = await this.#client.query<{ name: string; digest: string }>({
      name: 'rows_of_the_owner',
      text: this.#text,
      values: [...this.#values],
    })
    return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
  }

  async end(): Promise<void> {
    await this.#client.end()
  }
}

function digestOf(table: string): string {
  return `SELECT '${table}' AS name, count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest
    FROM ${table} t WHERE tenant_id = $1${table === 'plinth.audit' ? ' AND actor_id IS DISTINCT FROM $2::uuid' : ''}`
}
