import type pg from 'pg'
import {
  Pipeline,
  type Outcome,
  type PipelineOptions,
  type Statement,
  type StoredEntries,
} from './pipeline.ts'
import { TenantElsewhere } from './places/enter.ts'

type Row = Record<string, unknown>

const BEGIN: Statement = { name: 'plinth_begin', text: 'BEGIN', constant: true }
/** Statements every transaction starts with: BEGIN and the entrance. */
const OPENING = 2

/** A statement that waits, and who wants to know what became of it. */
interface Waiting {
  readonly statement: Statement
  readonly done?: ((outcome: Outcome) => void) | undefined
  readonly failed?: ((error: unknown) => void) | undefined
  /** Puts an error of the database in the words of whoever changed something. */
  readonly explain?: ((error: unknown) => unknown) | undefined
}

/** What is said of a statement that waits. */
export interface Expectation {
  /** Looks at what it answered; throws when that is not what had to be. */
  readonly check?: (outcome: Outcome) => void
  /** Says what an error of the database means here. */
  readonly explain?: (error: unknown) => unknown
}

/**
 * A transaction that talks to the database as rarely as it can: it takes its connection when the first answer is needed, and statements
 * whose answer no one waits for leave together with the next one that someone does.
 */
export class Transaction {
  readonly #connect: () => Promise<pg.PoolClient>
  readonly #options: PipelineOptions
  #entrance: 'ahead' | 'passed' | 'closed' = 'ahead'
  #client: pg.PoolClient | undefined
  #waiting: Waiting[]
  readonly #stored: StoredEntries[] = []
  /** What is under way: a connection takes one pipeline at a time. */
  #turn: Promise<unknown> = Promise.resolve()

  /**
   * @param options.entrance sets tenant and role; no row: the tenant is not here
   */
  constructor(
    connect: () => Promise<pg.PoolClient>,
    { entrance, ...options }: { readonly entrance: Statement } & PipelineOptions,
  ) {
    this.#connect = connect
    this.#options = options
    this.#waiting = [{ statement: BEGIN }, { statement: entrance }]
  }

  /** Whether the tenant was not to be found here. Then nothing has happened, whatever was answered. */
  get isElsewhere(): boolean {
    return this.#entrance === 'closed'
  }

  /** Audit entries it holds: there for good once it is committed. */
  get stored(): readonly StoredEntries[] {
    return this.#stored
  }

  /** Runs a statement, after all that wait, and answers its rows. */
  run<R = Row>(statement: Statement): Promise<R[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ statement, done: ({ rows }) => resolve(rows as R[]), failed: reject })
      this.flush().catch(reject)
    })
  }

  /**
   * Has a statement run before the next answer, at the latest with the commit. What goes wrong with it is thrown there, and by
   * whatever waits behind it.
   */
  later(statement: Statement, { check, explain }: Expectation = {}): void {
    this.#waiting.push({ statement, done: check, explain })
  }

  /** Sends what waits. */
  async flush(): Promise<void> {
    const turn = this.#turn.then(() => this.#send())
    this.#turn = turn.catch(() => undefined)
    await turn
  }

  /** Runs a part that can be taken back by itself. */
  async part<T>(task: () => Promise<T>): Promise<T> {
    const before = this.#stored.length + this.#waiting.filter(({ statement }) => statement.stores).length
    const savepoint: Waiting = { statement: { name: 'plinth_part', text: 'SAVEPOINT part' } }
    this.#waiting.push(savepoint)
    try {
      const answer = await task()
      await this.flush()
      this.later({ name: 'plinth_part_end', text: 'RELEASE SAVEPOINT part' })
      return answer
    } catch (error) {
      await this.#turn
      this.#stored.splice(before)
      const unsent = this.#waiting.indexOf(savepoint)
      this.#waiting.length = Math.max(unsent, 0)
      if (unsent === -1)
        for (const text of ['ROLLBACK TO SAVEPOINT part', 'RELEASE SAVEPOINT part']) this.later({ text })
      throw error
    }
  }

  /** Ends the transaction, with what still waits in the same flush. Where nothing was asked for, nothing happens. */
  async commit(): Promise<void> {
    await this.#turn
    if (this.isElsewhere) throw new TenantElsewhere()
    if (!this.#client && this.#waiting.length <= OPENING) return
    // What might still be objected to must not be committed along.
    if (this.#waiting.some(({ done }) => done)) await this.flush()
    this.later(
      { name: 'plinth_commit', text: 'COMMIT' },
      {
        check({ tag }) {
          // A transaction in which something failed unnoticed is rolled back by its COMMIT.
          if (tag !== 'COMMIT') throw new Error('The transaction was rolled back')
        },
      },
    )
    await this.flush()
    this.#client?.release()
    this.#client = undefined
  }

  /** Takes everything back and gives the connection away. Throws nothing: there is an error under way already. */
  async rollback(): Promise<void> {
    await this.#turn
    const client = this.#client
    this.#client = undefined
    if (!client) return
    try {
      await new Pipeline([{ name: 'plinth_rollback', text: 'ROLLBACK' }], this.#options).run(client)
      client.release()
    } catch {
      client.release(true)
    }
  }

  async #send(): Promise<void> {
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = []
    const pipeline = new Pipeline(
      waiting.map(({ statement }) => statement),
      this.#options,
    )
    try {
      this.#client ??= await this.#connect()
      const outcomes = await pipeline.run(this.#client).finally(() => this.#passEntrance(pipeline))
      if (this.isElsewhere) throw new TenantElsewhere()
      for (const [index, { done }] of waiting.entries()) done?.(outcomes[index]!)
    } catch (error) {
      const meaning = waiting[pipeline.reached]?.explain?.(error) ?? error
      for (const { failed } of waiting) failed?.(meaning)
      throw meaning
    } finally {
      // Also where a later one failed: a part that is taken back leaves what came before it.
      for (const { statement } of waiting.slice(0, pipeline.reached))
        if (statement.stores) this.#stored.push(statement.stores)
    }
  }

  /** The entrance is the second statement of the first pipeline. What came behind it had no role, and could change nothing. */
  #passEntrance(pipeline: Pipeline): void {
    if (this.#entrance !== 'ahead') return
    const entered = pipeline.outcome(OPENING - 1)
    if (entered) this.#entrance = entered.rows.length > 0 ? 'passed' : 'closed'
  }
}
