import { Failure } from '../errors.ts'
import { Pipeline, type PipelineOptions, type Statement, type StoredEntries } from './pipeline.ts'
import type { Connections } from './places/connections.ts'
import {
  enter,
  entranceFor,
  isWrittenFor,
  stayOutside,
  TenantElsewhere,
  WrittenForElsewhere,
} from './places/enter.ts'
import { addressKey, CONTROL, type DatabaseAddress, type Home, type Homes } from './places/home.ts'
import { KERNEL_ROLE, PLATFORM_ROLE, roleIn } from './role-names.ts'
import { Transaction } from './transaction.ts'
import { unreachable } from './unreachable.ts'
import { isUuid } from './uuid.ts'

/** In whose name a statement runs: the tenant it is confined to, and the database role that limits its tables. */
export interface TenantScope {
  readonly tenantId: string
  /** Default: the kernel's own role. */
  readonly role?: string
}

type Row = Record<string, unknown>

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** As long as a change waits for a tenant that is just being moved. */
const PATIENCE_MS = 9_000

/**
 * The only way to the databases. Every statement runs in a transaction that has a tenant and a role, set in one statement and local
 * to the transaction, so that it is safe behind a transaction pooler too. Which database that is follows from the tenant, and the
 * database itself refuses a tenant that no longer lives in it.
 */
export class Database {
  readonly connections: Connections
  readonly #options: PipelineOptions
  /** Databases without all their fences. */
  readonly #shut = new Set<string>()
  #homes: Homes | undefined
  #witness: (stored: StoredEntries) => void = () => undefined

  constructor(connections: Connections, options: PipelineOptions) {
    this.connections = connections
    this.#options = options
  }

  /** Says where tenants live. Needed once, before the first statement of a tenant. */
  follow(homes: Homes): void {
    this.#homes = homes
  }

  /** Tells of audit entries as soon as they are committed. What is not known to be committed is not told of. */
  tell(witness: (stored: StoredEntries) => void): void {
    this.#witness = witness
  }

  /**
   * Runs one statement within a tenant; scope and statement leave in one flush and are one transaction.
   *
   * @throws WrittenForElsewhere when the tenant has just moved and the statement names the tables it had before
   */
  async query<R = Row>(scope: TenantScope, statement: Statement): Promise<R[]> {
    assertUuid(scope.tenantId)
    return this.#whereverItLives(scope.tenantId, (home, before) => {
      if (before && isWrittenFor(before, home, statement.text)) throw new WrittenForElsewhere()
      return this.queryAt<R>(home, scope, statement)
    })
  }

  /** Runs one statement within a tenant at the given home. @throws TenantElsewhere */
  async queryAt<R = Row>(home: Home, scope: TenantScope, statement: Statement): Promise<R[]> {
    const role = roleIn(home.schema, scope.role ?? KERNEL_ROLE)
    return this.#inOneFlush<R>(home, enter(home, scope.tenantId, role, entranceFor(statement)), statement)
  }

  /** Runs one statement outside any tenant, with the few rights of the platform role. Default: in the control database. */
  async queryPlatform<R = Row>(statement: Statement, address: DatabaseAddress = CONTROL): Promise<R[]> {
    return this.#inOneFlush<R>(address, stayOutside(PLATFORM_ROLE), statement)
  }

  /** Runs one statement in the name of a tenant that cannot exist, with the kernel's rights, to see what that lets through. */
  async queryNobody<R = Row>(statement: Statement, address: DatabaseAddress): Promise<R[]> {
    return this.#inOneFlush<R>(address, stayOutside(KERNEL_ROLE, NOBODY), statement)
  }

  /**
   * Runs `work` in one transaction within a tenant. Commits when `work` resolves. Where the tenant turns out to have moved, or to be just
   * moving, it is waited for and `work` begins anew; nothing of its first attempt has happened then.
   */
  async transaction<T>(
    scope: TenantScope,
    work: (transaction: Transaction, home: Home) => Promise<T>,
  ): Promise<T> {
    assertUuid(scope.tenantId)
    return this.#whereverItLives(scope.tenantId, (home) => this.#transactionAt(home, scope, work))
  }

  /** Serves no tenant of a database in which fences are missing; or serves them again. */
  shut(address: DatabaseAddress, isShut: boolean): void {
    if (isShut) this.#shut.add(addressKey(address))
    else this.#shut.delete(addressKey(address))
  }

  async close(): Promise<void> {
    await this.connections.close()
  }

  async #transactionAt<T>(
    home: Home,
    scope: TenantScope,
    work: (transaction: Transaction, home: Home) => Promise<T>,
  ): Promise<T> {
    const role = roleIn(home.schema, scope.role ?? KERNEL_ROLE)
    const transaction = new Transaction(() => this.#connect(home), {
      entrance: enter(home, scope.tenantId, role, 'changing'),
      ...this.#options,
    })
    try {
      const answer = await work(transaction, home)
      await transaction.commit()
      transaction.stored.forEach(this.#witness)
      return answer
    } catch (error) {
      await transaction.rollback()
      throw transaction.isElsewhere ? new TenantElsewhere() : unreachable(error)
    }
  }

  async #inOneFlush<R>(address: DatabaseAddress, scope: Statement, statement: Statement): Promise<R[]> {
    const client = await this.#connect(address)
    const pipeline = new Pipeline([scope, statement], this.#options)
    let broken: Error | undefined
    try {
      const [entered, answer] = await pipeline.run(client)
      if (entered!.rows.length === 0) throw new TenantElsewhere()
      if (statement.stores) this.#witness(statement.stores)
      return answer!.rows as R[]
    } catch (error) {
      // Without a tenant the statement may fail in many ways, and none of them is its own fault.
      if (error instanceof TenantElsewhere || pipeline.outcome(0)?.rows.length === 0)
        throw new TenantElsewhere()
      if ((error as { code?: string }).code === undefined) broken = error as Error
      throw unreachable(error)
    } finally {
      client.release(broken)
    }
  }

  /** Tries where the tenant was last known to live, and then where it is said to have gone, for as long as a move may take. */
  async #whereverItLives<T>(
    tenantId: string,
    attempt: (home: Home, before: Home | undefined) => Promise<T>,
  ): Promise<T> {
    const homes = this.#homes
    if (!homes) throw new Error('No one has said where tenants live')
    const first = await homes.locate(tenantId)
    const end = Date.now() + PATIENCE_MS
    let home = first
    if (this.#shut.has(addressKey(first))) throw new Failure('unavailable')
    for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
      try {
        return await attempt(home, home === first ? undefined : first)
      } catch (error) {
        if (!(error instanceof TenantElsewhere)) throw error
        if (Date.now() > end)
          throw new Failure('unavailable', { detail: 'The workspace is being moved.', cause: error })
      }
      const latest = await homes.relocate(tenantId)
      if (latest.epoch === home.epoch) await new Promise((resolve) => setTimeout(resolve, pause))
      home = latest
    }
  }

  async #connect(address: DatabaseAddress): ReturnType<Connections['take']> {
    try {
      return await this.connections.take(address)
    } catch (error) {
      throw unreachable(error)
    }
  }
}

function assertUuid(tenantId: string): void {
  if (!isUuid(tenantId)) throw new Error('A statement needs a tenant')
}
