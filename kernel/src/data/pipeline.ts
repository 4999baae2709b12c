import type { KeyObject } from 'node:crypto'
import pg from 'pg'
import { serialize } from 'pg-protocol'
import utils from 'pg/lib/utils.js'
import { noteStatements } from './statement-count.ts'

/** One SQL statement. A `name` makes it a prepared statement: the name must stand for exactly this text. */
export interface Statement {
  readonly text: string
  readonly values?: readonly unknown[]
  readonly name?: string
  /** Values that carry a proof made with the platform's key for the audit log. In place of `values`. */
  readonly signed?: (key: KeyObject) => readonly unknown[]
  /** Audit entries it stores. */
  readonly stores?: StoredEntries
  /** Neither this object nor its values ever change, so it is turned into bytes once. */
  readonly constant?: true
  /**
   * One plan is good for whatever values: PostgreSQL need not look for a better one each time. Left to itself it may go on doing so
   * although it never finds one, which for a list takes as long as reading it.
   */
  readonly plannedOnce?: true
}

/** Which audit entries there are for good, once a statement has been committed. */
export interface StoredEntries {
  readonly tenantId: string
  readonly ids: readonly string[]
}

/** What a statement answered. */
export interface Outcome<R = Record<string, unknown>> {
  readonly rows: R[]
  /** Command tag of PostgreSQL, such as `UPDATE 1`. */
  readonly tag: string
}

/** What we use of a connection of node-postgres below its queries: where the messages of the protocol are written to. */
interface Wire {
  readonly stream: { write(bytes: Buffer): boolean }
}

export interface PipelineOptions {
  /** Whether names are used: not behind a transaction pooler that does not know prepared statements. */
  readonly prepare: boolean
  /** Signs audit entries. */
  readonly auditKey?: KeyObject | undefined
}

interface Fields {
  readonly fields: pg.FieldDef[]
}

/** Turns the fields of a row into JavaScript values; exported by node-postgres, missing in its types. */
interface RowParser {
  addFields(fields: pg.FieldDef[]): void
  parseRow(fields: unknown[]): Record<string, unknown>
}

const { Result } = pg as unknown as { Result: new () => RowParser }

/** What is known of a name prepared on a connection: after an error it may or may not be there. */
interface Prepared {
  there: boolean
  parser?: RowParser
}

const prepared = new WeakMap<Wire, Map<string, Prepared>>()
const texts = new Map<string, string>()

/** Two texts under one name would each be answered with the other's plan, on whichever connection came second. */
function requireOwnName({ name, text }: Statement): void {
  if (name === undefined) return
  const known = texts.get(name)
  if (known === undefined) texts.set(name, text)
  else if (known !== text) throw new Error(`Two statements are called ${name}`)
}

const bound = new WeakMap<Statement, Buffer>()

function bind(statement: Statement): Buffer {
  const known = bound.get(statement)
  if (known) return known
  const message = serialize.bind({
    statement: statement.name ?? '',
    values: [...(statement.values ?? [])],
    valueMapper: (value) => utils.prepareValue(value),
  })
  // A copy: the message is a part of a larger buffer, which would be kept whole.
  if (statement.constant) bound.set(statement, Buffer.copyBytesFrom(message))
  return message
}

/**
 * Several statements that leave in one flush, before one Sync. PostgreSQL runs them in order; after the first that fails it skips the
 * others. Outside of BEGIN and COMMIT they are one transaction, so what the first sets locally holds for the others and ends with them.
 * Handed to `client.query`, which calls the methods below. Descriptions of rows are asked for once per prepared statement.
 *
 * See PostgreSQL's documentation of the extended query protocol, "Pipelining" and implicit transaction blocks.
 */
export class Pipeline implements pg.Submittable {
  readonly outcomes: Promise<Outcome[]>
  /** Set by `client.query` when a time-out is configured. */
  callback: ((error: Error | undefined) => void) | undefined
  readonly #statements: readonly Statement[]
  readonly #parsers: (RowParser | undefined)[] = []
  readonly #fresh: Prepared[] = []
  readonly #done: Outcome[] = []
  #rows: Record<string, unknown>[] = []
  #names: Map<string, Prepared> | undefined
  #resolve!: (outcomes: Outcome[]) => void
  #reject!: (error: Error) => void

  /** @throws Error when something is to be signed and there is no key */
  constructor(statements: readonly Statement[], { prepare, auditKey }: PipelineOptions) {
    statements.forEach(requireOwnName)
    const signed = statements.map((each) => (each.signed ? sign(each, auditKey) : each))
    this.#statements = prepare ? signed : signed.map(unnamed)
    this.outcomes = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  /** Index of the statement that was under way when the pipeline ended. */
  get reached(): number {
    return this.#done.length
  }

  /** Sends the statements over a connection that is doing nothing else. */
  async run(client: pg.PoolClient): Promise<Outcome[]> {
    try {
      return await client.query(this).outcomes
    } finally {
      // Those behind a failure were never run.
      noteStatements(Math.min(this.#done.length + 1, this.#statements.length))
    }
  }

  /** What a statement answered, also where a later one failed. */
  outcome(index: number): Outcome | undefined {
    return this.#done[index]
  }

  submit(connection: pg.Connection): Error | undefined {
    const wire = connection as unknown as Wire
    this.#names = prepared.get(wire) ?? new Map<string, Prepared>()
    prepared.set(wire, this.#names)
    const messages: Buffer[] = []
    for (const statement of this.#statements) this.#add(messages, statement)
    messages.push(serialize.sync())
    // One buffer, for one call of the system: many small ones cost more than copying them.
    wire.stream.write(Buffer.concat(messages))
    return undefined
  }

  #add(messages: Buffer[], statement: Statement): void {
    const { name, text } = statement
    let known = name === undefined ? undefined : this.#names!.get(name)
    if (!known?.there) {
      if (name !== undefined) {
        if (known) messages.push(serialize.close({ type: 'S', name }))
        known = { there: false }
        this.#names!.set(name, known)
        this.#fresh.push(known)
      }
      messages.push(serialize.parse(name === undefined ? { text } : { name, text }))
    }
    messages.push(bind(statement))
    this.#parsers.push(known?.parser)
    if (!known?.parser) messages.push(serialize.describe({ type: 'P', name: '' }))
    messages.push(serialize.execute())
  }

  handleRowDescription({ fields }: Fields): void {
    const parser = new Result()
    parser.addFields(fields)
    const index = this.#done.length
    this.#parsers[index] = parser
    const { name } = this.#statements[index]!
    const known = name === undefined ? undefined : this.#names!.get(name)
    if (known) known.parser = parser
  }

  handleDataRow({ fields }: { readonly fields: unknown[] }): void {
    this.#rows.push(this.#parsers[this.#done.length]!.parseRow(fields))
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#done.push({ rows: this.#rows, tag: text })
    this.#rows = []
  }

  handleReadyForQuery(): void {
    for (const name of this.#fresh) name.there = true
    this.#resolve(this.#done)
  }

  handleError(error: Error): void {
    this.#reject(error)
  }

  handlePortalSuspended(): void {
    this.#reject(new Error('Unexpected: no row limit was set'))
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' })
  }
}

function sign(statement: Statement, auditKey: KeyObject | undefined): Statement {
  if (!auditKey) throw new Error('There is no key to sign audit entries with')
  return { ...statement, values: statement.signed!(auditKey) }
}

function unnamed({ text, values = [] }: Statement): Statement {
  return { text, values }
}
