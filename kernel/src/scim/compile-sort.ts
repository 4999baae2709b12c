import { plainPath } from './filter.ts'
import type { FilterColumns } from './compile-filter.ts'
import { ScimError } from './scim-error.ts'

/** By which attribute resources are sorted. */
export interface ScimSort {
  /** As it was written; with or without the name of the core schema. */
  readonly by: string
  readonly isDescending: boolean
}

/**
 * An order as a part of a statement, to stand before what makes it unambiguous. Resources without the attribute come last, or first where
 * the order is descending (RFC 7644, section 3.4.2.3).
 *
 * @throws ScimError `invalidPath` for what cannot be sorted by
 */
export function compileSort(sort: ScimSort | undefined, { columns, lists }: FilterColumns): string {
  if (!sort) return ''
  const path = plainPath(sort.by.trim())
  const column = Object.hasOwn(columns, path) ? columns[path] : columns[`${path}.value`]
  // Of many groups or members none is the first.
  if (!column || Object.hasOwn(lists, path.split('.')[0]!))
    throw new ScimError(400, 'invalidPath', `"${sort.by.slice(0, 100)}" is nothing that can be sorted by.`)
  const { sql, type } = column
  const isText = type === 'key' || type === 'folded' || type === 'exact'
  const subject = isText ? `${type === 'folded' ? `lower(${sql})` : sql} COLLATE "und-x-icu"` : sql
  return `${subject} ${sort.isDescending ? 'DESC' : 'ASC'}, `
}
