import type { EntryContent } from '../../data/index.ts'

/** An entry as it stands in the database. */
export interface EntryRow extends EntryContent {
  /** Null for entries from before there was a chain. */
  readonly mac: string | null
}

/** Values as the texts that are stored. */
export const ENTRY_COLUMNS = `a.id, a.at, a.actor_kind AS "actorKind", a.actor_id AS "actorId", a.action, a.subject_type AS "subjectType",
  a.subject_id AS "subjectId", a.before::text AS before, a.after::text AS after, a.request_id AS "requestId", a.address, a.agent, a.mac`
