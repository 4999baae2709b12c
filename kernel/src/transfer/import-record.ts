import type { ImportOutcome, ImportSettings, ImportStatus } from '@plinth/sdk'
import type { Mandate } from '../identity/index.ts'
import type { TableFormat } from './read-table.ts'

/** What is kept of an import besides its file and rows. */
export interface ImportRecord {
  readonly id: string
  /** Entity id. */
  readonly entity: string
  /** In whose name it was set going, and may go on. Null: it was not yet. */
  readonly mandate: Mandate | null
  readonly name: string
  readonly size: number
  readonly chunkSize: number
  readonly format: TableFormat
  readonly facts: {
    readonly headers: readonly string[]
    readonly sample: readonly { readonly row: number; readonly cells: readonly string[] }[]
  }
  readonly settings: ImportSettings
  readonly status: ImportStatus
  readonly reason: { readonly code: string; readonly detail: string } | null
  readonly total: number | null
  /** Number of the row with which a check or run goes on; 0 at its start. */
  readonly nextRow: number
  readonly done: number
  readonly counts: Readonly<Partial<Record<ImportOutcome, number>>>
  readonly createdAt: string
  /** Whether its file and facts are stored sealed. */
  readonly sealed: boolean
}

export const IMPORT_COLUMNS = `id, entity, mandate, name, size, chunk_size AS "chunkSize", format, facts, settings,
  sealed, status, reason, total, next_row AS "nextRow", done, counts, created_at AS "createdAt"`
