import { serve, type ServerType } from '@hono/node-server'
import type { Platform } from '../../src/boot.ts'
import { countStatements, statementCount } from '../../src/data/index.ts'
import { checkAnswer } from './answer-check.ts'
import type { TestDatabase } from './test-database.ts'
import { TestTenant } from './test-tenant.ts'

/** A running platform under test. */
export class TestPlatform {
  readonly platform: Platform
  readonly database: TestDatabase
  readonly #tenants = new Map<string, TestTenant>()
  readonly #stops: (() => Promise<void>)[]
  readonly #bootAnother: () => Promise<TestPlatform>

  constructor(
    platform: Platform,
    database: TestDatabase,
    stops: (() => Promise<void>)[],
    bootAnother: () => Promise<TestPlatform>,
  ) {
    this.platform = platform
    this.database = database
    this.#stops = stops
    this.#bootAnother = bootAnother
  }

  /** @throws Error when no such tenant was asked for */
  tenant(slug: string): TestTenant {
    const tenant = this.#tenants.get(slug)
    if (!tenant) throw new Error(`No tenant "${slug}"; there are: ${[...this.#tenants.keys()].join(', ')}`)
    return tenant
  }

  /** The tenants that are known here. */
  get tenants(): readonly TestTenant[] {
    return [...this.#tenants.values()]
  }

  /** Makes a tenant's people reachable under its slug. */
  admit(tenant: { id: string; slug: string }): TestTenant {
    const send = async (request: Request) => {
      const response = await this.platform.app.request(request)
      await checkAnswer(this.platform, tenant.slug, request, response)
      return response
    }
    const people = new TestTenant(this.platform, tenant, send, `http://${tenant.slug}.localhost`)
    this.#tenants.set(tenant.slug, people)
    return people
  }

  /**
   * Runs SQL as superuser, past all fences, where the tenants live: once where they live together, and in each place, with the rows
   * one after the other, where they live apart. Tables are named as at level shared. Who the tenants are is asked of the control database.
   */
  async sql<R = Record<string, any>>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    if (/\b(UPDATE|INTO|FROM) plinth\.tenant\b/.test(text)) return this.database.sql<R>(text, values)
    const places = new Map<string, TestTenant>()
    for (const tenant of this.#tenants.values()) {
      const { server, database, schema } = await tenant.home()
      places.set([server, database, ...(text.includes('shared.') ? [schema] : [])].join('/'), tenant)
    }
    if ([...places.keys()].every((key) => /^main\/(\/shared)?$/.test(key)))
      return this.database.sql<R>(text, values)
    const rows: R[] = []
    for (const tenant of places.values()) rows.push(...(await tenant.sql<R>(text, values)))
    return rows
  }

  /** How many SQL statements the platform sends while `work` runs, transaction control included. */
  statements(work: () => Promise<unknown>): Promise<number> {
    return countStatements(async () => {
      await work()
      return statementCount()
    })
  }

  /** Waits until no event is on its way any more, except to subscribers that failed or whose plugin is off. */
  async settled(timeoutMs = 25_000): Promise<void> {
    const end = Date.now() + timeoutMs
    for (;;) {
      const rows = await this.sql<{ open: number }>(
        `SELECT count(*)::int AS open FROM plinth.delivery
         WHERE done_at IS NULL AND dead_at IS NULL AND error IS NULL AND next_at < now() + interval '2 minutes'`,
      )
      const open = rows.reduce((sum, row) => sum + row.open, 0)
      if (open === 0) return
      if (Date.now() > end) throw new Error(`${open} deliveries are still open`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** Listens on this port of this machine, on a free one where none is said; stops with the platform. */
  async listen(wanted = 0): Promise<{ port: number; server: ServerType }> {
    const { server, port } = await new Promise<{ server: ServerType; port: number }>((resolve, reject) => {
      const listening = serve(
        { fetch: this.platform.app.fetch, port: wanted, hostname: '127.0.0.1' },
        (address) => resolve({ server: listening, port: address.port }),
      )
      listening.once('error', reject)
    })
    // Addresses in mail, and those providers send browsers back to, are made from it.
    Object.assign(this.platform.root.cradle.config, { port })
    this.#stops.unshift(
      () =>
        new Promise<void>((done) => {
          server.close(() => done())
          if ('closeAllConnections' in server) server.closeAllConnections()
        }),
    )
    return { port, server }
  }

  /** Boots a second node on the same database. It stops with this one, or before. */
  async anotherNode(): Promise<TestPlatform> {
    const node = await this.#bootAnother()
    for (const { id, slug } of this.#tenants.values()) node.admit({ id, slug })
    this.#stops.unshift(() => node.stop())
    return node
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0)) await stop()
  }
}
