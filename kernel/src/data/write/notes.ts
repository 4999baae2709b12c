import type { Statement } from '../pipeline.ts'

/** Who did what. */
export interface AuditNote {
  readonly id: string
  readonly at: Date
  readonly actorKind: string
  readonly actorId: string | null
  readonly action: string
  readonly subjectType: string
  readonly subjectId: string
  readonly before: unknown
  readonly after: unknown
  readonly requestId: string | null
}

/** What happened, for whoever wants to hear of it. */
export interface EventNote {
  readonly id: string
  readonly type: string
  readonly time: Date
  readonly actorId: string | null
  readonly subject: string
  readonly data: unknown
}

/** An event on its way to one consumer. */
export interface DeliveryNote {
  readonly eventId: string
  readonly consumer: string
}

/** What is put down beside the changes of a transaction. */
export interface Notes {
  readonly audit: readonly AuditNote[]
  readonly events: readonly EventNote[]
  readonly deliveries: readonly DeliveryNote[]
}

const AUDIT =
  '"id" uuid, "at" timestamptz, "actorKind" text, "actorId" uuid, "action" text, "subjectType" text, "subjectId" text, "before" jsonb, "after" jsonb, "requestId" text'
const EVENT = '"id" uuid, "type" text, "time" timestamptz, "actorId" uuid, "subject" text, "data" jsonb'

/** The commonest case, which is not made to travel as JSON and be taken apart again: one change, one event that no plugin waits for. */
const WRITE_ONE = `WITH a AS (
  INSERT INTO plinth.audit (tenant_id, id, at, actor_kind, actor_id, action, subject_type, subject_id, before, after, request_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
)
INSERT INTO plinth.outbox (tenant_id, id, type, time, actor_id, subject, data) VALUES ($1, $12, $13, $3, $5, $14, $15)`

/** One statement however many there are: a change of many rows must not pay for each of them three times over. */
const WRITE = `WITH a AS (
  INSERT INTO plinth.audit (tenant_id, id, at, actor_kind, actor_id, action, subject_type, subject_id, before, after, request_id)
  SELECT $1::uuid, n."id", n."at", n."actorKind", n."actorId", n."action", n."subjectType", n."subjectId", n."before", n."after", n."requestId"
  FROM json_to_recordset($2::json) AS n(${AUDIT})
), e AS (
  INSERT INTO plinth.outbox (tenant_id, id, type, time, actor_id, subject, data)
  SELECT $1::uuid, n."id", n."type", n."time", n."actorId", n."subject", n."data" FROM json_to_recordset($3::json) AS n(${EVENT})
)
INSERT INTO plinth.delivery (tenant_id, event_id, consumer)
SELECT $1::uuid, n."eventId", n."consumer" FROM json_to_recordset($4::json) AS n("eventId" uuid, "consumer" text)`

/** Stores the notes with the changes they tell of; undefined where there are none. */
export function storeNotes(tenantId: string, notes: Notes): Statement | undefined {
  if (notes.audit.length + notes.events.length === 0) return undefined
  if (notes.audit.length === 1 && notes.events.length === 1 && notes.deliveries.length === 0)
    return storeOne(tenantId, notes.audit[0]!, notes.events[0]!)
  const lists = [notes.audit, notes.events, notes.deliveries]
  return {
    name: 'plinth_notes',
    text: WRITE,
    values: [tenantId, ...lists.map((list) => JSON.stringify(list))],
  }
}

/** Both are of the same moment and actor, as everything in a transaction. */
function storeOne(tenantId: string, entry: AuditNote, event: EventNote): Statement {
  const { id, at, actorKind, actorId, action, subjectType, subjectId, before, after, requestId } = entry
  const change = [action, subjectType, subjectId, jsonOrNull(before), jsonOrNull(after), requestId]
  const told = [event.id, event.type, event.subject, JSON.stringify(event.data)]
  return {
    name: 'plinth_note',
    text: WRITE_ONE,
    values: [tenantId, id, at.toISOString(), actorKind, actorId, ...change, ...told],
  }
}

function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}
