import { newId, type Database } from '../data/index.ts'
import type { Operator } from './operator.ts'

/** Something an operator has changed, or tried to. */
export interface JournalEntry {
  readonly id: string
  readonly at: string
  readonly operator: { readonly id: string | null; readonly name: string }
  /** Method of the request. */
  readonly action: string
  readonly path: string
  readonly requestId: string
  /** Values that were set, and why, where the path does not say it. */
  readonly details: object | null
  /** HTTP status of the answer; null as long as there is none, and for good when the node has stopped before. */
  readonly status: number | null
}

/**
 * Notes that an operator sets about changing something of the platform. To be awaited before it is done: what cannot be noted does not
 * happen.
 *
 * @returns id of the entry
 */
export async function noteInJournal(
  database: Database,
  operator: Operator,
  { action, path, requestId }: Pick<JournalEntry, 'action' | 'path' | 'requestId'>,
): Promise<string> {
  const id = newId()
  await database.queryPlatform({
    text: 'INSERT INTO plinth.operator_journal (id, operator, operator_name, action, path, request_id) VALUES ($1, $2, $3, $4, $5, $6)',
    values: [id, operator.id ?? null, operator.name, action, path, requestId],
  })
  return id
}

/** Notes what came of it, with the values that were set where the path does not say them. */
export async function noteOutcome(
  database: Database,
  id: string,
  status: number,
  details: object | null = null,
): Promise<void> {
  await database.queryPlatform({
    text: 'UPDATE plinth.operator_journal SET status = $2, details = $3::jsonb WHERE id = $1',
    values: [id, status, details && JSON.stringify(details)],
  })
}

/** The latest 200 entries, newest first. @param before id of an entry; only older ones are listed */
export async function readJournal(database: Database, before?: string): Promise<JournalEntry[]> {
  return database.queryPlatform<JournalEntry>({
    text: `SELECT id, at, json_build_object('id', operator, 'name', operator_name) AS operator, action, path, request_id AS "requestId", details, status
      FROM plinth.operator_journal WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT 200`,
    values: [before ?? null],
  })
}
