import { MikroORM, type EntityManager } from '@mikro-orm/postgresql'
import type pg from 'pg'
import { Failure } from '../errors.ts'
import type { Models } from './model/entity-model.ts'
import { ormSchema } from './model/orm-schema.ts'
import { keepPoolWhole, onFirstUse } from './keep-pool-whole.ts'
import { KERNEL_ROLE, PLATFORM_ROLE } from './role-names.ts'
import { ScopedStatement } from './scoped-statement.ts'
import { noteStatement } from './statement-count.ts'
import { isUuid } from './uuid.ts'

/** In whose name a statement runs: the tenant it is confined to, and the database role that limits its tables. */
export interface TenantScope {
  readonly tenantId: string
  /** Default: the kernel's own role. */
  readonly role?: string
}

/** One SQL statement. A `name` makes it a prepared statement: the name must stand for exactly this text. */
export interface Statement {
  readonly text: string
  readonly values?: readonly unknown[]
  readonly name?: string
}

type Row = Record<string, unknown>

/**
 * The only way to the database. Every statement runs in a transaction that has a tenant and a role, set in one statement
 * and local to the transaction, so that it is safe behind a transaction pooler too.
 */
export class Database {
  readonly orm: MikroORM
  readonly #pool: pg.Pool

  constructor(orm: MikroORM, pool: pg.Pool) {
    this.orm = orm
    this.#pool = pool
  }

  /** Runs one statement within a tenant; scope and statement leave in one flush and are one transaction. */
  async query<R = Row>(scope: TenantScope, statement: Statement): Promise<R[]> {
    assertUuid(scope.tenantId)
    return this.#inOneFlush<R>(scope.role ?? KERNEL_ROLE, scope.tenantId, statement)
  }

  /** Runs one statement outside any tenant, with the few rights of the platform role. */
  async queryPlatform<R = Row>(statement: Statement): Promise<R[]> {
    return this.#inOneFlush<R>(PLATFORM_ROLE, '', statement)
  }

  async #inOneFlush<R>(role: string, tenantId: string, statement: Statement): Promise<R[]> {
    const client = await this.#connect()
    let broken: Error | undefined
    try {
      noteStatement()
      return await client.query(new ScopedStatement<R & pg.QueryResultRow>(tenantId, role, statement)).result
    } catch (error) {
      if ((error as { code?: string }).code === undefined) broken = error as Error
      throw unreachable(error)
    } finally {
      client.release(broken)
    }
  }

  /** Runs `work` in one transaction within a tenant, with MikroORM's unit of work. Commits when `work` resolves. */
  async transaction<T>(scope: TenantScope, work: (em: EntityManager) => Promise<T>): Promise<T> {
    assertUuid(scope.tenantId)
    const variables = { 'plinth.tenant': scope.tenantId, role: scope.role ?? KERNEL_ROLE }
    const em = this.orm.em.fork({ session: { variables }, clear: true }) as EntityManager
    try {
      return await em.transactional((inner) => work(inner), { clear: true })
    } catch (error) {
      throw unreachable(error)
    }
  }

  async close(): Promise<void> {
    await this.orm.close(true)
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect()
    } catch (error) {
      throw unreachable(error)
    }
  }
}

function assertUuid(tenantId: string): void {
  if (!isUuid(tenantId)) throw new Error('A statement needs a tenant')
}

/** A database that is away is a state of the platform, not a fault of the request. */
function unreachable(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? ''
  const message = error instanceof Error ? error.message : ''
  const gone =
    /^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|57P0|08)/.test(code) ||
    /Connection terminated|not queryable|connection timeout|timeout exceeded when trying to connect/i.test(
      message,
    )
  return gone ? new Failure('unavailable', { cause: error }) : error
}

/**
 * Opens the pool of the application's login.
 *
 * @param appUrl address from `prepareDatabase`
 * @param models entities the unit of work must know
 * @param options.connections upper bound of the pool
 */
export async function connectDatabase(
  appUrl: string,
  models: Models,
  options: { readonly connections?: number } = {},
): Promise<Database> {
  const orm = new MikroORM({
    clientUrl: appUrl,
    entities: [...models.values()].map((model) => ormSchema(model, 'shared')),
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: options.connections ?? 20 },
    forceUtcTimezone: true,
    driverOptions: { application_name: 'plinth', connectionTimeoutMillis: 5_000 },
  })
  const pool = await orm.driver.getConnection().getNativeClient()
  watch(pool)
  keepPoolWhole(pool)
  return new Database(orm, pool)
}

/** Counts every statement of every connection, whoever sends it. */
function watch(pool: pg.Pool): void {
  onFirstUse(pool, (client) => {
    const query = client.query.bind(client) as (...values: unknown[]) => unknown
    client.query = ((...values: unknown[]) => {
      noteStatement()
      return query(...values)
    }) as typeof client.query
  })
}
