import { newId, type Database } from '../data/index.ts'
import type { Operator } from './operator.ts'

/** Something an operator has changed. */
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
}

/** Notes what an operator has changed about the platform. What concerns a tenant stands in its own audit log, too. */
export async function noteInJournal(
  database: Database,
  operator: Operator,
  { action, path, requestId, details }: Pick<JournalEntry, 'action' | 'path' | 'requestId' | 'details'>,
): Promise<void> {
  await database.queryPlatform({
    text: 'INSERT INTO plinth.operator_journal (id, operator, operator_name, action, path, request_id, details) VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb)',
    values: [
      newId(),
      operator.id ?? null,
      operator.name,
      action,
      path,
      requestId,
      details && JSON.stringify(details),
    ],
  })
}

/** The latest 200 entries, newest first. @param before id of an entry; only older ones are listed */
export async function readJournal(database: Database, before?: string): Promise<JournalEntry[]> {
  return database.queryPlatform<JournalEntry>({
    text: `SELECT id, at, json_build_object('id', operator, 'name', operator_name) AS operator, action, path, request_id AS "requestId", details
      FROM plinth.operator_journal WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT 200`,
    values: [before ?? null],
  })
}
