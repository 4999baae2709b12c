import {
  ApiProblem,
  listQuery,
  Transport,
  type CallOptions,
  type ListQuery,
  type SendOptions,
} from '@plinth/client'
import type { ListPage, RecordBase } from '@plinth/sdk'
import { signal } from '../element/signals.ts'
import { resolve } from './base.ts'

export { listQuery, type CallOptions, type ListQuery } from '@plinth/client'

/** Any record as it comes from the server. */
export type AnyRecord = RecordBase & Readonly<Record<string, unknown>>

/**
 * The HTTP interface of the workspace. Every method rejects with `ApiProblem`.
 * Paths start with `/` and are resolved below the workspace's base.
 */
export interface Api {
  get<T = AnyRecord>(path: string, options?: CallOptions): Promise<T>
  list<R = AnyRecord>(path: string, query?: ListQuery, options?: CallOptions): Promise<ListPage<R>>
  /** `version` as with `patch`, where the request is about a record. */
  post<T = AnyRecord>(
    path: string,
    body?: unknown,
    options?: CallOptions & { readonly version?: number },
  ): Promise<T>
  /** With `version` the change is refused (409 `version_conflict`) when the record has moved on. */
  patch<T = AnyRecord>(
    path: string,
    changes: unknown,
    options?: CallOptions & { readonly version?: number },
  ): Promise<T>
  /** Resolves to what the server answers, which is nothing for most records. */
  delete<T = void>(path: string, options?: CallOptions): Promise<T>
}

/** Token for changing requests; the shell sets it from the session. */
export const csrf = signal<string>('')

/** Counts how often a request was answered with 401: the shell then asks for a new sign-in. */
export const signedOut = signal(0)

/** Counts how often a request was answered with 401 because a second factor is owed by now: the shell then has it set up. */
export const factorOwed = signal(0)

// A person waits for the answer, and tries again when they like.
const transport = new Transport({
  address: resolve,
  proof: (method) => (method === 'GET' || !csrf.peek() ? {} : { 'x-csrf-token': csrf.peek() }),
  retries: 0,
})

type Confirm = (problem: ApiProblem) => Promise<boolean>

let ask: Confirm | undefined
/** One question at a time: what waits for the answer shares it. */
let asking: Promise<boolean> | undefined

/**
 * Says who asks when a request was answered with 403 `confirmation_needed`: whoever is there is to prove once more who they are. The
 * request is repeated when they have.
 */
export function answerConfirmation(confirm: Confirm): void {
  ask = confirm
}

async function isConfirmed(problem: ApiProblem): Promise<boolean> {
  asking ??= ask?.(problem).finally(() => (asking = undefined))
  return (await asking) ?? false
}

async function call<T>(method: string, path: string, options: SendOptions): Promise<T> {
  try {
    return await transport.send<T>(method, path, options)
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'session_missing') signedOut.value++
    if (error instanceof ApiProblem && error.code === 'second_factor_needed') factorOwed.value++
    if (error instanceof ApiProblem && error.code === 'confirmation_needed' && (await isConfirmed(error)))
      return transport.send<T>(method, path, options)
    throw error
  }
}

export const api: Api = {
  get: (path, options = {}) => call('GET', path, options),
  list: (path, query = {}, options = {}) => call('GET', path + listQuery(query), options),
  post: (path, body = {}, options = {}) => call('POST', path, { ...options, body }),
  patch: (path, changes, options = {}) => call('PATCH', path, { ...options, body: changes }),
  delete: (path, options = {}) => call('DELETE', path, options),
}
