import type { EntryContent } from '../../data/index.ts'

/** An entry as it stands in the database. */
export interface EntryRow extends EntryContent {
  /** Null for entries from before there was a chain. */
  readonly mac: string | null
}

/** Values as the texts that are stored. */
export const ENTRY_COLUMNS = `a.id, a.at, a.actor_kind AS "actorKind", a.actor_id AS "actorId", a.action, a.subject_type AS "subjectType",
  a.subject_id AS "subjectId", a.before::text AS before, a.after::text AS after, a.request_id AS "requestId", a.address, a.agent, a.mac`

/** Bytes of the values of an entry. */
const SIZE = 'coalesce(octet_length(a.before::text), 0) + coalesce(octet_length(a.after::text), 0)'

/** As many bytes of values are read at a time, and the entry that goes beyond: each may hold a megabyte or two. */
const MOST_BYTES = 8_000_000

/**
 * Entries in the order of their ids, as many as may be held in memory.
 *
 * @param source joins what is wanted as `w`, with their ids, and the entries as `a`
 */
export function portionOf(source: string): string {
  return `SELECT * FROM (SELECT w.id AS wanted, ${ENTRY_COLUMNS}, sum(${SIZE}) OVER (ORDER BY w.id) - (${SIZE}) AS ahead FROM ${source}) e
    WHERE e.ahead < ${MOST_BYTES} ORDER BY e.wanted`
}

/** Whether a portion was cut off, so that there may be more. */
export function isCut(rows: readonly Pick<EntryRow, 'before' | 'after'>[]): boolean {
  const bytes = rows.map(
    ({ before, after }) => Buffer.byteLength(before ?? '') + Buffer.byteLength(after ?? ''),
  )
  return bytes.reduce((sum, each) => sum + each, 0) >= MOST_BYTES
}
