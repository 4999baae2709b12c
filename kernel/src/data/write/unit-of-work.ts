import type { Actor } from '@plinth/sdk'
import type { EntityManager } from '@mikro-orm/postgresql'
import { v7 as uuidv7 } from 'uuid'
import { writeNotes, type AuditNote, type DeliveryNote, type EventNote } from './notes.ts'

/** The circumstances of a change. */
export interface WorkContext {
  readonly tenantId: string
  readonly actor: Actor
  readonly requestId: string | undefined
  /** Plugins that want to hear of an event in this tenant, as `<plugin>/<handler>`. */
  readonly consumersOf: (eventType: string) => readonly string[]
}

interface AuditEntry {
  readonly action: string
  /** Entity id, or a kernel word such as `plugin`. */
  readonly subjectType: string
  readonly subjectId: string
  readonly before?: unknown
  readonly after?: unknown
}

/** One transaction with what belongs to each change: its audit entry, its events, and their deliveries. */
export class UnitOfWork {
  readonly em: EntityManager
  readonly context: WorkContext
  /** One moment for everything that happens in this transaction. */
  readonly now: Date
  readonly #audit: AuditNote[] = []
  readonly #events: EventNote[] = []
  readonly #deliveries: DeliveryNote[] = []

  constructor(em: EntityManager, context: WorkContext, now = new Date()) {
    this.em = em
    this.now = now
    this.context = context
  }

  /** Whether deliveries are stored, so that someone should be woken after the commit. */
  get hasEvents(): boolean {
    return this.#deliveries.length > 0
  }

  /** Takes over what a part of this transaction has noted. */
  absorb(part: UnitOfWork): void {
    this.#audit.push(...part.#audit)
    this.#events.push(...part.#events)
    this.#deliveries.push(...part.#deliveries)
  }

  /** Notes who did what. `id` comes from `reserve` where others are noted first that happened later. */
  audit(entry: AuditEntry, id: string = uuidv7()): void {
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
  emit(type: string, subject: string, data: unknown, id: string = uuidv7()): void {
    const { actor, consumersOf } = this.context
    this.#events.push({ id, type, time: this.now, actorId: actor.id, subject, data })
    for (const consumer of consumersOf(type)) this.#deliveries.push({ eventId: id, consumer })
  }

  /** A place in the order of notes, which is that of their ids. */
  reserve(): string {
    return uuidv7()
  }

  /** Writes what is still in memory: the changes, then what was noted of them. To be called once, before the commit. */
  async complete(): Promise<void> {
    await this.em.flush()
    await writeNotes(this.em, this.context.tenantId, {
      audit: this.#audit,
      events: this.#events,
      deliveries: this.#deliveries,
    })
  }
}
