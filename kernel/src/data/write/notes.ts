import type { KeyObject } from 'node:crypto'
import { entryMac, type EntryContent } from '../audit/entry-mac.ts'
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
  /** Where the wish came from. Default: not noted. */
  readonly address?: string | null
  readonly agent?: string | null
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

/** Values of entries travel as texts within the JSON, so that they are stored letter by letter as they were signed. */
const AUDIT =
  '"id" uuid, "at" timestamptz, "actorKind" text, "actorId" uuid, "action" text, "subjectType" text, "subjectId" text, "before" text, "after" text, "requestId" text, "address" text, "agent" text, "mac" text'
const EVENT = '"id" uuid, "type" text, "time" timestamptz, "actorId" uuid, "subject" text, "data" jsonb'

const COLUMNS =
  'tenant_id, id, at, actor_kind, actor_id, action, subject_type, subject_id, before, after, request_id, address, agent, mac'

/** The commonest case, which is not made to travel as JSON and be taken apart again: one change, one event that no plugin waits for. */
const WRITE_ONE = `WITH a AS (
  INSERT INTO plinth.audit (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
), p AS (
  INSERT INTO plinth.audit_pending (tenant_id, id) VALUES ($1, $2)
)
INSERT INTO plinth.outbox (tenant_id, id, type, time, actor_id, subject, data) VALUES ($1, $15, $16, $3, $5, $17, $18)`

/** One statement however many there are: a change of many rows must not pay for each of them three times over. */
const WRITE = `WITH a AS (
  INSERT INTO plinth.audit (${COLUMNS})
  SELECT $1::uuid, n."id", n."at", n."actorKind", n."actorId", n."action", n."subjectType", n."subjectId", n."before"::json, n."after"::json,
    n."requestId", n."address", n."agent", n."mac"
  FROM json_to_recordset($2::json) AS n(${AUDIT})
), p AS (
  INSERT INTO plinth.audit_pending (tenant_id, id) SELECT $1::uuid, n."id" FROM json_to_recordset($2::json) AS n("id" uuid)
), e AS (
  INSERT INTO plinth.outbox (tenant_id, id, type, time, actor_id, subject, data)
  SELECT $1::uuid, n."id", n."type", n."time", n."actorId", n."subject", n."data" FROM json_to_recordset($3::json) AS n(${EVENT})
)
INSERT INTO plinth.delivery (tenant_id, event_id, consumer)
SELECT $1::uuid, n."eventId", n."consumer" FROM json_to_recordset($4::json) AS n("eventId" uuid, "consumer" text)`

/**
 * Stores the notes with the changes they tell of; undefined where there are none. Nothing else writes audit entries: they are signed as the
 * statement leaves, and wait for their block.
 */
export function storeNotes(tenantId: string, notes: Notes): Statement | undefined {
  if (notes.audit.length + notes.events.length === 0) return undefined
  if (notes.audit.length === 1 && notes.events.length === 1 && notes.deliveries.length === 0)
    return storeOne(tenantId, notes.audit[0]!, notes.events[0]!)
  const entries = notes.audit.map(contentOf)
  const [events, deliveries] = [notes.events, notes.deliveries].map((list) => JSON.stringify(list))
  return {
    name: 'plinth_notes',
    text: WRITE,
    stores: { tenantId, ids: entries.map(({ id }) => id) },
    signed: (key) => [
      tenantId,
      JSON.stringify(entries.map((entry) => ({ ...entry, mac: entryMac(key, tenantId, entry) }))),
      events,
      deliveries,
    ],
  }
}

/** Both are of the same moment and actor, as everything in a transaction. */
function storeOne(tenantId: string, note: AuditNote, event: EventNote): Statement {
  const entry = contentOf(note)
  const { id, at, actorKind, actorId, action, subjectType, subjectId, before, after } = entry
  const change = [action, subjectType, subjectId, before, after, entry.requestId, entry.address, entry.agent]
  const told = [event.id, event.type, event.subject, JSON.stringify(event.data)]
  return {
    name: 'plinth_note',
    text: WRITE_ONE,
    stores: { tenantId, ids: [id] },
    signed: (key: KeyObject) => [
      tenantId,
      id,
      at.toISOString(),
      actorKind,
      actorId,
      ...change,
      entryMac(key, tenantId, entry),
      ...told,
    ],
  }
}

/** Longest name of a client that is kept. */
const AGENT_LENGTH = 300

/** What will be stored. Half characters are no text to the database, and would come back as others. */
function contentOf(note: AuditNote): EntryContent {
  const { before, after, address = null, agent = null } = note
  return {
    id: note.id,
    at: note.at,
    actorKind: note.actorKind,
    actorId: note.actorId,
    action: note.action,
    subjectType: note.subjectType,
    subjectId: note.subjectId.toWellFormed(),
    before: jsonOrNull(before),
    after: jsonOrNull(after),
    requestId: note.requestId?.toWellFormed() ?? null,
    address: address?.toWellFormed() ?? null,
    agent: agent?.slice(0, AGENT_LENGTH).toWellFormed().replaceAll('\0', '') ?? null,
  }
}

function jsonOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value)
}
