import { dayIn, type Actor } from '@plinth/sdk'
import { newId } from '../uuid.ts'
import { Failure } from '../../errors.ts'
import type { Statement } from '../pipeline.ts'
import type { LimitModel } from '../model/limit-model.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Expectation, Transaction } from '../transaction.ts'
import { storeNotes, type AuditNote, type DeliveryNote, type EventNote } from './notes.ts'
import { insertRows, type Row } from './row-statements.ts'

/** The circumstances of a change. */
export interface WorkContext {
  readonly tenantId: string
  /** IANA name of the tenant's time zone. */
  readonly timeZone: string
  /** Database role the transaction runs with. */
  readonly role: string
  readonly actor: Actor
  readonly requestId: string | undefined
  /** The tenant's encrypted fields; undefined where no entity has any. */
  readonly secrets?: Secrets | undefined
  /** Nothing may change. Default: no. */
  readonly readOnly?: boolean
  /** Plugins that want to hear of an event in this tenant, as `<plugin>/<handler>`. */
  readonly consumersOf: (eventType: string) => readonly string[]
  /** What a limit is for the tenant now. */
  readonly limitOf: (limit: LimitModel) => LimitRuling
}

/** A limit as it is for one tenant. */
export interface LimitRuling {
  /** null: unlimited. */
  readonly value: number | null
  /** The refusal of more than there are. */
  readonly exceeded: (used: number) => Error
}

/** How much room there is in a transaction, which keeps others from adding. */
export interface Room {
  /** How many more there may be, where that is known. */
  left: number | undefined
  /** Those that are let in and not yet to be counted in the table. */
  promised: number
  /** Grows with every one that asks. */
  turn: number
  /** Those that were added in this transaction. */
  arrived: number
}

/** A place in the order of notes, kept free for what is known later. */
export interface Place {
  readonly audit: string
  readonly event: string
}

interface AuditEntry {
  readonly action: string
  /** Entity id, or a kernel word such as `plugin`. */
  readonly subjectType: string
  readonly subjectId: string
  readonly before?: unknown
  readonly after?: unknown
}

/** Rows of one table that wait to be inserted together. */
interface Batch extends Expectation {
  readonly table: string
  readonly rows: Row[]
}

/** One transaction with what belongs to each change: its audit entry, its events, and their deliveries. Rows are written in batches. */
export class UnitOfWork {
  readonly context: WorkContext
  /** One moment for everything that happens in this transaction. */
  readonly now: Date
  /** What a larger change holds back until it is complete, or until someone wants to see it. */
  pending: (() => Promise<void>) | undefined
  /** Ids of records that are being changed with their children, and how often plugin code has changed some of these meanwhile. */
  readonly families: Map<string, { touches: number }>
  /** Counts what was asked for and changed. */
  steps = 0
  /** By limit. */
  rooms: Map<string, Room> | undefined
  readonly #transaction: Transaction
  readonly #changes: (Batch | ({ readonly statement: Statement } & Expectation))[] = []
  readonly #audit: AuditNote[] = []
  readonly #events: EventNote[] = []
  readonly #deliveries: DeliveryNote[] = []

  constructor(transaction: Transaction, context: WorkContext, now = new Date(), families = new Map()) {
    this.#transaction = transaction
    this.families = families
    this.now = now
    this.context = context
  }

  /** The tenant's calendar date at that moment. */
  get today(): string {
    return dayIn(this.now, this.context.timeZone)
  }

  /** Whether deliveries are stored, so that someone should be woken after the commit. */
  get hasEvents(): boolean {
    return this.#deliveries.length > 0
  }

  /** Runs a statement and answers its rows. It sees everything that was changed before. */
  async run<R = Record<string, unknown>>(statement: Statement): Promise<R[]> {
    this.steps += 1
    await this.settle()
    this.#handOver()
    return this.#transaction.run<R>(statement)
  }

  /** Has what a larger change holds back take its place among the changes, so that plugin code and the database see it. */
  async settle(): Promise<void> {
    const { pending } = this
    if (!pending) return
    this.pending = undefined
    await pending()
    this.pending = pending
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    await this.settle()
    this.#handOver()
    await this.#transaction.flush()
  }

  /** @throws Failure `action_read_only` where nothing may change */
  requireWritable(): void {
    if (this.context.readOnly) throw new Failure('action_read_only')
  }

  /** Inserts a row, together with those of the same table before and after it. */
  insert(table: string, row: Row, explain?: Expectation['explain']): void {
    this.requireWritable()
    this.steps += 1
    const last = this.#changes.at(-1)
    if (last && 'table' in last && last.table === table) last.rows.push(row)
    else this.#changes.push({ table, rows: [row], ...(explain ? { explain } : {}) })
  }

  /** Runs a statement whose answer no one waits for, after the rows inserted so far. */
  later(statement: Statement, expectation: Expectation = {}): void {
    this.requireWritable()
    this.steps += 1
    this.#changes.push({ statement, ...expectation })
  }

  /** Runs a statement before what has been changed and not been sent. */
  first(statement: Statement, explain: Expectation['explain']): void {
    this.requireWritable()
    this.#changes.unshift({ statement, ...(explain ? { explain } : {}) })
  }

  /** Runs a part that may fail by itself: what it changed is taken back then. */
  async part<T>(task: (part: UnitOfWork) => Promise<T>): Promise<T> {
    this.steps += 1
    // What waits belongs to the whole, not to the part that may be taken back.
    await this.settle()
    this.#handOver()
    return this.#transaction.part(async () => {
      const part = new UnitOfWork(this.#transaction, this.context, this.now, this.families)
      // The lock that keeps others out is given back with a part that is taken back.
      part.rooms = this.rooms && new Map([...this.rooms].map(([id, room]) => [id, { ...room }]))
      const answer = await task(part)
      await part.flush()
      this.rooms = part.rooms
      this.#audit.push(...part.#audit)
      this.#events.push(...part.#events)
      this.#deliveries.push(...part.#deliveries)
      return answer
    })
  }

  /** Notes who did what. `id` comes from `reserve` where others are noted first that happened later. */
  audit(entry: AuditEntry, id: string = newId()): void {
    this.requireWritable()
    const { actor, requestId } = this.context
    this.#audit.push({
      id,
      at: this.now,
      actorKind: actor.kind,
      actorId: actor.id,
      action: entry.action,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      before: entry.before ?? null,
      after: entry.after ?? null,
      requestId: requestId ?? null,
    })
  }

  /** Notes an event, and a delivery for everyone who wants to hear of it. `id` as in `audit`. */
  emit(type: string, subject: string, data: unknown, id: string = newId()): void {
    this.requireWritable()
    const { actor, consumersOf } = this.context
    this.#events.push({ id, type, time: this.now, actorId: actor.id, subject, data })
    for (const consumer of consumersOf(type)) this.#deliveries.push({ eventId: id, consumer })
  }

  /** Keeps a place in the order of notes, which is that of their ids. */
  reserve(): Place {
    return { audit: newId(), event: newId() }
  }

  /** Hands over what is still in memory: the changes, then what was noted of them. To be called once, before the commit. */
  complete(): void {
    this.#handOver()
    const statement = storeNotes(this.context.tenantId, {
      audit: this.#audit,
      events: this.#events,
      deliveries: this.#deliveries,
    })
    if (statement) this.#transaction.later(statement)
  }

  /** Gives the changes that wait to the transaction, in their order. */
  #handOver(): void {
    const { role } = this.context
    for (const each of this.#changes.splice(0)) {
      const statement = 'statement' in each ? each.statement : insertRows(each.table, each.rows, role)
      this.#transaction.later(statement, each)
    }
  }
}
