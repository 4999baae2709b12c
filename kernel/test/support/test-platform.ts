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

  /** Runs SQL as superuser, past all fences. */
  sql<R = Record<string, any>>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    return this.database.sql<R>(text, values)
  }

  /** How many SQL statements the platform sends while `work` runs, transaction control included. */
  statements(work: () => Promise<unknown>): Promise<number> {
    return countStatements(async () => {
      await work()
      return statementCount()
    })
  }

  /** Waits until no event is on its way any more, except to subscribers that failed or whose plugin is off. */
  async settled(timeoutMs = 10_000): Promise<void> {
    const end = Date.now() + timeoutMs
    for (;;) {
      const [row] = await this.sql<{ open: number }>(
        `SELECT count(*)::int AS open FROM plinth.delivery
         WHERE done_at IS NULL AND dead_at IS NULL AND error IS NULL AND next_at < now() + interval '2 minutes'`,
      )
      if (row!.open === 0) return
      if (Date.now() > end) throw new Error(`${row!.open} deliveries are still open`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** Listens on a free port of this machine; stops with the platform. */
  async listen(): Promise<{ port: number; server: ServerType }> {
    const { server, port } = await new Promise<{ server: ServerType; port: number }>((resolve) => {
      const listening = serve({ fetch: this.platform.app.fetch, port: 0, hostname: '127.0.0.1' }, (address) =>
        resolve({ server: listening, port: address.port }),
      )
    })
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
