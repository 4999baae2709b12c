import pg from 'pg'
import utils from 'pg/lib/utils.js'
import type { Statement } from './database.ts'

/** What we use of a connection of node-postgres below its queries: the messages of the extended protocol. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void }
  parse(message: { name?: string; text: string }): void
  bind(message: {
    statement?: string
    values: readonly unknown[]
    valueMapper: (value: unknown) => unknown
  }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: { portal: string }): void
  close(message: { type: 'S'; name: string }): void
  sync(): void
}

interface Fields {
  readonly fields: pg.FieldDef[]
}

/** Turns the fields of a row into JavaScript values; exported by node-postgres, missing in its types. */
interface RowParser {
  addFields(fields: pg.FieldDef[]): void
  parseRow(fields: unknown[]): unknown
}

const { Result } = pg as unknown as { Result: new () => RowParser }

const SCOPE = {
  name: 'plinth_scope',
  text: `SELECT set_config('plinth.tenant', $1, true), set_config('role', $2, true)`,
}

/** Names prepared on a connection, and such as may or may not be there after an error. */
const prepared = new WeakMap<Wire, Map<string, 'there' | 'unsure'>>()

/**
 * A statement that carries its tenant and role with it. Scope and statement leave together, before one Sync: PostgreSQL runs
 * what stands before a Sync as one transaction, so the scope ends with it, and if the scope fails the statement is never run.
 * Two messages do what would otherwise take BEGIN, scope, statement and COMMIT. Handed to `client.query`, which calls the methods below.
 *
 * See PostgreSQL's documentation of the extended query protocol, "Pipelining" and implicit transaction blocks.
 */
export class ScopedStatement<R extends pg.QueryResultRow> implements pg.Submittable {
  readonly result: Promise<R[]>
  /** Set by `client.query` when a time-out is configured. */
  callback: ((error: Error | undefined) => void) | undefined
  readonly #scope: readonly [tenantId: string, role: string]
  readonly #statement: Statement
  readonly #sentNames: string[] = []
  readonly #rows: R[] = []
  #completed = 0
  #parser: RowParser | undefined
  #resolve!: (rows: R[]) => void
  #reject!: (error: Error) => void

  constructor(tenantId: string, role: string, statement: Statement) {
    this.#scope = [tenantId, role]
    this.#statement = statement
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  submit(connection: pg.Connection): Error | undefined {
    const wire = connection as unknown as Wire
    wire.stream.cork()
    try {
      this.#send(wire, SCOPE, this.#scope)
      wire.execute({ portal: '' })
      this.#send(wire, this.#statement, this.#statement.values ?? [])
      wire.describe({ type: 'P', name: '' })
      wire.execute({ portal: '' })
      wire.sync()
    } finally {
      wire.stream.uncork()
    }
    return undefined
  }

  #send(wire: Wire, { name, text }: Statement, values: readonly unknown[]): void {
    const names = prepared.get(wire) ?? new Map<string, 'there' | 'unsure'>()
    prepared.set(wire, names)
    if (name === undefined || names.get(name) !== 'there') {
      if (name !== undefined) {
        if (names.has(name)) wire.close({ type: 'S', name })
        names.set(name, 'unsure')
        this.#sentNames.push(name)
      }
      wire.parse(name === undefined ? { text } : { name, text })
    }
    wire.bind({
      ...(name === undefined ? {} : { statement: name }),
      values,
      valueMapper: (value) => utils.prepareValue(value),
    })
  }

  /** Asked for the statement only: the scope's answer is of no interest. */
  handleRowDescription({ fields }: Fields): void {
    this.#parser = new Result()
    this.#parser.addFields(fields)
  }

  handleDataRow({ fields }: { readonly fields: unknown[] }): void {
    if (this.#completed > 0) this.#rows.push(this.#parser!.parseRow(fields) as R)
  }

  handleCommandComplete(): void {
    this.#completed += 1
  }

  handleReadyForQuery(connection: pg.Connection): void {
    const names = prepared.get(connection as unknown as Wire)
    for (const name of this.#sentNames) names?.set(name, 'there')
    this.#resolve(this.#rows)
  }

  handleError(error: Error): void {
    this.#reject(error)
  }

  handlePortalSuspended(): void {
    this.#reject(new Error('Unexpected: no row limit was set'))
  }

  handleEmptyQuery(): void {
    this.#completed += 1
  }
}
