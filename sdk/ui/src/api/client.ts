import type { Filter, ListPage, Problem, RecordBase } from '@plinth/sdk'
import { signal } from '../element/signals.ts'
import { resolve } from './base.ts'
import { ApiProblem } from './problem.ts'

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

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
}

/** Any record as it comes from the server. */
export type AnyRecord = RecordBase & Readonly<Record<string, unknown>>

/**
 * The HTTP interface of the workspace. Every method rejects with `ApiProblem`.
 * Paths start with `/` and are resolved below the workspace's base.
 */
export interface Api {
  get<T = AnyRecord>(path: string, options?: CallOptions): Promise<T>
  list<R = AnyRecord>(path: string, query?: ListQuery, options?: CallOptions): Promise<ListPage<R>>
  post<T = AnyRecord>(path: string, body?: unknown, options?: CallOptions): Promise<T>
  /** With `version` the change is refused (409 `version_conflict`) when the record has moved on. */
  patch<T = AnyRecord>(
    path: string,
    changes: unknown,
    options?: CallOptions & { readonly version?: number },
  ): Promise<T>
  delete(path: string, options?: CallOptions): Promise<void>
}

/** Token for changing requests; the shell sets it from the session. */
export const csrf = signal<string>('')

/** Counts how often a request was answered with 401: the shell then asks for a new sign-in. */
export const signedOut = signal(0)

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)
  )
}

/** Turns a list query into a query string, empty parts left out. */
export function listQuery({ filter, ...query }: ListQuery): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (!isEmpty(value)) params.set(name, String(value))
  }
  if (filter && Object.keys(filter).length > 0) params.set('filter', JSON.stringify(filter))
  const text = params.toString()
  return text && `?${text}`
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const requestId = response.headers.get('x-request-id') ?? undefined
  const isProblem = response.headers.get('content-type')?.includes('json')
  const body = isProblem ? ((await response.json().catch(() => ({}))) as Partial<Problem>) : {}
  const known = { ...(requestId && { requestId }), ...body }
  return new ApiProblem({
    title: response.statusText,
    ...known,
    status: response.status,
    code: body.code ?? 'unexpected',
  })
}

async function call<T>(
  method: string,
  path: string,
  body: unknown,
  options: CallOptions & { version?: number },
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (method !== 'GET' && csrf.peek()) headers['x-csrf-token'] = csrf.peek()
  if (options.version !== undefined) headers['if-match'] = `"${options.version}"`
  let response: Response
  try {
    response = await fetch(resolve(path), {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(options.signal && { signal: options.signal }),
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ApiProblem({ status: 0, code: 'network' })
  }
  if (!response.ok) {
    const problem = await problemOf(response)
    if (problem.code === 'session_missing') signedOut.value++
    throw problem
  }
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
}

export const api: Api = {
  get: (path, options = {}) => call('GET', path, undefined, options),
  list: (path, query = {}, options = {}) => call('GET', path + listQuery(query), undefined, options),
  post: (path, body = {}, options = {}) => call('POST', path, body, options),
  patch: (path, changes, options = {}) => call('PATCH', path, changes, options),
  delete: (path, options = {}) => call('DELETE', path, undefined, options),
}
