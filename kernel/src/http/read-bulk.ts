import type { ProblemError } from '@plinth/sdk'
import { isUuid } from '../data/index.ts'
import { Failure, invalid } from '../errors.ts'

/** Rows of one request at most: a transaction holds its locks until all of them are done. */
export const BULK_ROWS = 500

interface Place {
  /** Position within its list. */
  readonly index: number
}

/** One change among many. */
export type BulkRow = Place &
  (
    | { readonly action: 'create'; readonly input: unknown }
    | { readonly action: 'update'; readonly id: string; readonly version: number; readonly changes: unknown }
    | { readonly action: 'restore'; readonly id: string }
    | { readonly action: 'purge'; readonly id: string }
    | { readonly action: 'delete'; readonly id: string; readonly version: number | undefined }
  )

export interface Bulk {
  /** All rows or none. */
  readonly atomic: boolean
  /** In the order in which they are carried out: creations, changes, deletions, restorations, removals for good. */
  readonly rows: readonly BulkRow[]
}

type Json = Readonly<Record<string, unknown>>
type Report = (pointer: string, code: string, detail: string) => void

/**
 * Reads `{ create?: [...], update?: [{ id, version, changes }], delete?: [{ id, version? }], restore?: [{ id }],
 * purge?: [{ id }], atomic?: boolean }`.
 *
 * @param hasTrash whether records of the entity can be restored, and removed from the trash
 * @throws Failure `validation_failed` naming everything that is wrong about the shape
 */
export function readBulk(
  { create = [], update = [], delete: remove = [], restore, purge, atomic = false, ...rest }: Json,
  hasTrash: boolean,
): Bulk {
  const errors: ProblemError[] = []
  const report: Report = (pointer, code, detail) => void errors.push({ pointer, code, detail })
  for (const name of Object.keys(rest)) report(`/${name}`, 'unknown', 'There is no such field.')
  for (const [name, rows] of Object.entries({ restore, purge }))
    if (rows !== undefined && !hasTrash) report(`/${name}`, 'unknown', 'There is no such field.')
  if (typeof atomic !== 'boolean') report('/atomic', 'type', 'True or false is needed here.')
  const rows = [
    ...list(create, 'create', report).map((input, index): BulkRow => ({ action: 'create', index, input })),
    ...list(update, 'update', report).map((row, index): BulkRow => {
      const { id, version, changes } = members(row, `/update/${index}`, ['id', 'version', 'changes'], report)
      return { action: 'update', index, id: String(id).toLowerCase(), version: version as number, changes }
    }),
    ...list(remove, 'delete', report).map((row, index): BulkRow => {
      const { id, version } = members(row, `/delete/${index}`, ['id'], report)
      return { action: 'delete', index, id: String(id).toLowerCase(), version: version as number | undefined }
    }),
    ...trashRows('restore', restore, report),
    ...trashRows('purge', purge, report),
  ]
  if (errors.length > 0) throw new Failure('validation_failed', { errors })
  if (rows.length === 0 || rows.length > BULK_ROWS)
    throw invalid('', 'rows', `From 1 to ${BULK_ROWS} rows are accepted, these are ${rows.length}.`)
  return { atomic: atomic as boolean, rows }
}

function trashRows(action: 'restore' | 'purge', rows: unknown, report: Report): BulkRow[] {
  return list(rows ?? [], action, report).map((row, index) => {
    const { id } = members(row, `/${action}/${index}`, ['id'], report, ['id'])
    return { action, index, id: String(id).toLowerCase() }
  })
}

function list(value: unknown, name: string, report: Report): readonly unknown[] {
  if (Array.isArray(value)) return value
  report(`/${name}`, 'type', 'A list is needed here.')
  return []
}

function members(
  value: unknown,
  pointer: string,
  needed: readonly string[],
  report: Report,
  known: readonly string[] = [...needed, 'version'],
): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report(pointer, 'type', 'An object is needed here.')
    return {}
  }
  const row = value as Json
  for (const name of needed)
    if (row[name] === undefined) report(`${pointer}/${name}`, 'required', 'This value is needed.')
  for (const [name, member] of Object.entries(row)) {
    const at = `${pointer}/${name}`
    if (name === 'id' && !isUuid(String(member))) report(at, 'format', 'An id is needed here.')
    else if (!known.includes(name)) report(at, 'unknown', 'There is no such field.')
    else if (name === 'version' && !Number.isInteger(member))
      report(at, 'type', 'The version is a whole number.')
  }
  return row
}
