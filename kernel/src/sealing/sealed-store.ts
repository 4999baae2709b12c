import type { Statement } from '../data/index.ts'

/** One sealed value on its way from one data key to another. */
export interface Cell {
  /** Name under which the store takes it back. */
  readonly name: string
  /** Hex. */
  readonly sealed: string
  /** What it is bound to, without the tenant. */
  readonly place: string
}

/** Sealed values of one row, or of one file. */
export interface SealedRow {
  /** Leads to the next row. */
  readonly cursor: string
  readonly cells: readonly Cell[]
}

/** A table that holds sealed values of tenants. */
export interface SealedStore {
  /** Stands for its place in the order; progress is kept under it. */
  readonly name: string
  /** Database role that may change it. Default: the kernel's. */
  readonly role?: string
  /** Selects the next rows of the tenant after a cursor, locks them against changes, and answers `cursor` and what `read` takes. */
  next(cursor: string | null): Statement
  read(row: Readonly<Record<string, unknown>>): SealedRow
  /** Puts sealed values in the place of others. Nothing else about the rows changes. */
  replace(
    rows: readonly { readonly cursor: string; readonly values: Readonly<Record<string, string>> }[],
  ): Statement
  /** Counts, as `count`, rows of the tenant with values under one of the given headers. */
  count(headers: readonly string[]): Statement
}

/** The first bytes of every value that was sealed with the data key of a number, as PostgreSQL takes bytes in text. */
export function headerOf(number: number): string {
  return `\\x01${number.toString(16).padStart(4, '0')}`
}

/** The condition that a column of sealed bytes begins with one of the headers, and is long enough to have been a value. */
export function beginsWith(column: string, headers: string): string {
  return `(length(${column}) >= 31 AND substring(${column} FROM 1 FOR 3) = ANY (${headers}::bytea[]))`
}

export const TENANT = `tenant_id = current_setting('plinth.tenant')::uuid`

/** An array of texts as PostgreSQL takes it. */
export function asArray(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll('\\', '\\\\')}"`).join(',')}}`
}
