import type { EntityMeta, ShellDocument } from '@plinth/sdk'
import pg from 'pg'
import { tablesOf } from '../support/isolation/isolation-case.ts'
import type { Answer, TestPlatform, TestTenant } from '../support/index.ts'

/** Prepares a change, and answers what makes it. */
export type Deed = () => Promise<() => Promise<Answer>>

/** Tables that tell of trying, not of what was tried: counters of attempts, questions that are answered once, and the sealing of entries. */
const TRACES = new Set([
  'attempt',
  'passkey_challenge',
  'sign_on_answer',
  'audit_pending',
  'audit_block',
  'idempotency',
])

/** A workspace whose audit log can be made to refuse. */
export class DeedWorld {
  readonly platform: TestPlatform
  readonly acme: TestTenant
  #digest: Promise<string> | undefined
  /** One for all that is asked: each new one had to learn about all tables first. */
  #connection: Promise<pg.Client> | undefined

  constructor(platform: TestPlatform, acme: TestTenant) {
    this.platform = platform
    this.acme = acme
  }

  /** What can be done: `METHOD /path` of every operation that is no reading. */
  async operations(): Promise<string[]> {
    const { body } = await this.acme.admin.get('/openapi.json')
    return Object.entries(body.paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => method !== 'get')
        .map((method) => `${method.toUpperCase()} ${path}`),
    )
  }

  async entities(): Promise<EntityMeta[]> {
    const { body } = await this.acme.admin.get<ShellDocument>('/shell')
    const metas: EntityMeta[] = []
    for (const id of Object.keys(body.entities))
      metas.push((await this.acme.admin.get<EntityMeta>(`/meta/${id.replace('.', '/')}`)).body)
    return metas
  }

  /** The actions of the entries that a request has left. */
  async entriesOf({ headers }: Answer): Promise<string[]> {
    const rows = await this.#sql<{ action: string }>(
      'SELECT action FROM plinth.audit WHERE tenant_id = $1 AND request_id = $2',
      [this.acme.id, headers.get('x-request-id')],
    )
    return rows.map(({ action }) => action)
  }

  /** Does something while no entry can be stored. That something was refused is still told. */
  async withoutAudit<T>(work: () => Promise<T>): Promise<T> {
    await this.acme
      .sql(`CREATE OR REPLACE FUNCTION plinth.refuse_entry() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'The audit log takes nothing'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON plinth.audit FOR EACH ROW WHEN (NEW.action NOT LIKE '%.refused') EXECUTE FUNCTION plinth.refuse_entry()`)
    try {
      return await work()
    } finally {
      await this.#sql('DROP TRIGGER refuse ON plinth.audit')
    }
  }

  /** A digest of every table's rows, but for when something was last seen, and how far codes are used up: that is not given back. */
  async state(): Promise<Record<string, string>> {
    this.#digest ??= this.#digestStatement()
    const rows = await this.#sql<{ name: string; digest: string }>(await this.#digest, [this.acme.id])
    return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
  }

  async stop(): Promise<void> {
    await (await this.#connection)?.end()
    await this.platform.stop()
  }

  async #sql<R>(text: string, values?: unknown[]): Promise<R[]> {
    this.#connection ??= this.#connect()
    return (await (await this.#connection).query(text, values)).rows as R[]
  }

  async #connect(): Promise<pg.Client> {
    const { server, database } = await this.acme.home()
    const { servers } = this.platform.platform.root.cradle
    const connection = new pg.Client({ connectionString: servers.adminUrl(server, database) })
    // Stopping drops the database under it.
    connection.on('error', () => undefined)
    await connection.connect()
    return connection
  }

  async #digestStatement(): Promise<string> {
    const tables = (await tablesOf(this.acme)).filter((name) => !TRACES.has(name.split('.')[1]!))
    return tables
      .map(
        (name) =>
          `SELECT '${name}' AS name, md5(coalesce(string_agg(r, '|' ORDER BY r), '')) AS digest FROM
            (SELECT (to_jsonb(t) - ARRAY['seen_at', 'last_used_at', 'used_at', 'last_step', 'counter'])::text AS r FROM ${name} t WHERE tenant_id = $1
              ${name === 'plinth.audit' ? `AND action NOT LIKE '%.refused'` : ''}) s`,
      )
      .join(' UNION ALL ')
  }
}
