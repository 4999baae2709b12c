import type { Actor } from '@plinth/sdk'
import type { EntityManager } from '@mikro-orm/postgresql'
import { v7 as uuidv7 } from 'uuid'

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
  #events = 0

  constructor(em: EntityManager, context: WorkContext, now = new Date()) {
    this.em = em
    this.now = now
    this.context = context
  }

  /** Whether deliveries were stored, so that someone should be woken after the commit. */
  get hasEvents(): boolean {
    return this.#events > 0
  }

  /** Takes over what a part of this transaction has stored. */
  absorb(part: UnitOfWork): void {
    this.#events += part.#events
  }

  audit(entry: AuditEntry): void {
    const { tenantId, actor, requestId } = this.context
    this.#persist('kernel.audit', {
      tenantId,
      id: uuidv7(),
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

  emit(type: string, subject: string, data: unknown): void {
    const { tenantId, actor } = this.context
    const id = uuidv7()
    this.#persist('kernel.outbox', { tenantId, id, type, time: this.now, actorId: actor.id, subject, data })
    for (const consumer of this.context.consumersOf(type)) {
      this.#events += 1
      this.#persist('kernel.delivery', { tenantId, eventId: id, consumer })
    }
  }

  #persist(entity: string, values: Record<string, unknown>): void {
    this.em.persist(this.em.create(entity as never, values as never))
  }
}
