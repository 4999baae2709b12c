import type { Filter } from '@plinth/sdk'

/** How a collection is asked for. Lists may be given as arrays or comma-separated. */
export interface ListQuery {
  readonly limit?: number
  readonly cursor?: string | undefined
  /** Field names, `-` before one for descending. */
  readonly sort?: string | readonly string[] | undefined
  readonly filter?: Filter | undefined
  /** Full-text search. */
  readonly q?: string | undefined
  readonly include?: string | readonly string[] | undefined
  readonly fields?: string | readonly string[] | undefined
  /** Ask for `total`. */
  readonly count?: boolean
}

/** Turns a `ListQuery`, or the like, into a query string, empty parts left out. */
export function listQuery(whole: object): string {
  const { filter, ...query } = whole as ListQuery
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (!isEmpty(value)) params.set(name, String(value))
  }
  if (filter && Object.keys(filter).length > 0) params.set('filter', JSON.stringify(filter))
  const text = params.toString()
  return text && `?${text}`
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)
  )
}
