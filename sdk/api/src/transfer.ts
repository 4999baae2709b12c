import type { ProblemError } from './problem.ts'
import type { Text } from './text.ts'

/** Which column of a file becomes what. */
export interface ImportColumn {
  /**
   * Name of a field, or of a part of it: `name`, `price.amount`, `address.city`. A whole amount, `1.234,56 €`, goes to `price`. A reference
   * is given by id as `customerId`, or as `customer` by what `by` says.
   */
  readonly target: string
  /** References: `label`, or a field of the referenced entity. Members: `name` or `email`. Default `label`, `name`. */
  readonly by?: string
  /** Text to read in place of an empty cell. */
  readonly default?: string
}

/** How the rows of a file become records. */
export interface ImportSettings {
  /** CSV only. */
  readonly encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  /** CSV only. */
  readonly delimiter?: ',' | ';' | '\t'
  /** Workbooks only. */
  readonly sheet?: string
  readonly mode: 'create' | 'update' | 'upsert'
  /** What tells which record a row is: `id`, or a unique field. Needed to update. */
  readonly match: string | null
  /** One for each column of the file, null where it is left out. */
  readonly columns: readonly (ImportColumn | null)[]
  /** Columns the file does not have, with the text that would stand in each row. */
  readonly constants: readonly (ImportColumn & { readonly text: string })[]
  /** What an empty cell says about a record that is there already. */
  readonly empty: 'keep' | 'clear'
  /** `de` reads 1.234,56 and `en` 1,234.56. */
  readonly numbers: 'de' | 'en'
  /** `iso` 2026-02-01 (understood always), `dmy` 1.2.2026, `mdy` 2/1/2026. */
  readonly dates: 'iso' | 'dmy' | 'mdy'
  /** IANA name of the zone for times without one. At first that of the tenant. */
  readonly timeZone: string
  /** All rows or none; at most 5,000. */
  readonly atomic: boolean
}

export type ImportStatus = 'ready' | 'checking' | 'checked' | 'running' | 'done' | 'cancelled' | 'failed'

export type ImportOutcome = 'created' | 'updated' | 'unchanged' | 'refused'

/** A way to give a reference or member: `label`, or a field. */
export interface ImportWay {
  readonly name: string
  readonly label: Text
}

/** What a column can become. */
export interface ImportTarget {
  readonly name: string
  readonly label: Text
  /** The field it belongs to. */
  readonly field: string
  /** Ways to give a reference or member. */
  readonly by?: readonly ImportWay[]
  /** It must be given for a new record. */
  readonly required: boolean
  /** Read only: it serves to find the record. */
  readonly matchOnly: boolean
}

/** `POST …/<collection>/imports` with a file, and `GET …/imports/<id>`. */
export interface ImportDocument {
  readonly id: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly format: 'csv' | 'xlsx'
  readonly status: ImportStatus
  /** Why it failed: a problem code. */
  readonly reason?: { readonly code: string; readonly detail: string }
  /** Headers of the columns. */
  readonly headers: readonly string[]
  /** First rows below the header, as text. */
  readonly sample: readonly { readonly row: number; readonly cells: readonly string[] }[]
  /** Sheets of a workbook. */
  readonly sheets: readonly string[]
  readonly settings: ImportSettings
  readonly targets: readonly ImportTarget[]
  /** Fields a record can be found by. */
  readonly matches: readonly string[]
  /** What is missing before it can be checked or run. */
  readonly problems: readonly ProblemError[]
  /** Rows below the header, once counted. */
  readonly total: number | null
  /** Rows done in the present or last check or run. */
  readonly done: number
  readonly counts: Readonly<Record<ImportOutcome, number>>
  readonly createdAt: string
  readonly expiresAt: string
}

/** One refused value, or a refusal of the whole row. */
export interface ImportError extends ProblemError {
  /** Position of the column, null where none is to blame. */
  readonly column: number | null
  /** Header of it. */
  readonly header: string | null
}

/** What became of a row: `GET …/imports/<id>/rows`. */
export interface ImportRow {
  /** As spreadsheets count. */
  readonly row: number
  readonly outcome: ImportOutcome
  readonly recordId: string | null
  readonly errors: readonly ImportError[]
}

export interface ImportRowPage {
  readonly items: readonly ImportRow[]
  /** To be passed on as `after`. */
  readonly next: number | null
}
