import { LRUCache } from 'lru-cache'
import pg from 'pg'
import { Failure } from '../errors.ts'
import { Pipeline, type Statement } from './pipeline.ts'
import { KERNEL_ROLE, PLATFORM_ROLE } from './role-names.ts'
import { Transaction } from './transaction.ts'
import { isUuid } from './uuid.ts'

/** In whose name a statement runs: the tenant it is confined to, and the database role that limits its tables. */
export interface TenantScope {
  readonly tenantId: string
  /** Default: the kernel's own role. */
  readonly role?: string
}

const BEGIN = { name: 'plinth_begin', text: 'BEGIN', constant: true } as const

const scopes = new LRUCache<string, Statement>({ max: 2_000 })

/** Tenant and role, local to the transaction. */
function scopeStatement(tenantId: string, role: string): Statement {
  const key = `${tenantId} ${role}`
  let scope = scopes.get(key)
  if (!scope) {
    scope = {
      name: 'plinth_scope',
      text: `SELECT set_config('plinth.tenant', $1, true), set_config('role', $2, true)`,
      values: [tenantId, role],
      constant: true,
    }
    scopes.set(key, scope)
  }
  return scope
}

type Row = Record<string, unknown>

/**
 * The only way to the database. Every statement runs in a transaction that has a tenant and a role, set in one statement
 * and local to the transaction, so that it is safe behind a transaction pooler too.
 */
export class Database {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
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
      const pipeline = new Pipeline([scopeStatement(tenantId, role), statement])
      const [, answer] = await pipeline.run(client)
      return answer!.rows as R[]
    } catch (error) {
      if ((error as { code?: string }).code === undefined) broken = error as Error
      throw unreachable(error)
    } finally {
      client.release(broken)
    }
  }

  /** Runs `work` in one transaction within a tenant. Commits when `work` resolves. */
  async transaction<T>(scope: TenantScope, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    assertUuid(scope.tenantId)
    const transaction = new Transaction(
      () => this.#connect(),
      [BEGIN, scopeStatement(scope.tenantId, scope.role ?? KERNEL_ROLE)],
    )
    try {
      const answer = await work(transaction)
      await transaction.commit()
      return answer
    } catch (error) {
      await transaction.rollback()
      throw unreachable(error)
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
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
 * @param options.connections upper bound of the pool
 */
export async function connectDatabase(
  appUrl: string,
  options: { readonly connections?: number } = {},
): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: appUrl,
    max: options.connections ?? 20,
    application_name: 'plinth',
    connectionTimeoutMillis: 5_000,
  })
  // The statement that fails tells of a lost connection; an event nobody hears would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return new Database(pool)
}
