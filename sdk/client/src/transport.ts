import { ApiProblem } from './api-problem.ts'
import { isWorthRepeating, retryDelay, wait } from './retry-delay.ts'

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
}

export interface SendOptions extends CallOptions {
  /** What the answer is: JSON, or bytes. Default: JSON. */
  readonly as?: 'json' | 'blob'
  /** Sent as JSON; a `Blob` as it is, under its own type. */
  readonly body?: unknown
  /** Version of the record you have seen; sent as `If-Match`. */
  readonly version?: number | undefined
  /** Makes a changing request safe to repeat, on routes that know it: those of records and of plugins. */
  readonly idempotencyKey?: string | undefined
}

/** One attempt at a request, for logs and measurements. */
export interface Attempt {
  readonly method: string
  readonly url: string
  /** 0 when nothing answered. */
  readonly status: number
  readonly requestId: string | undefined
  /** Counts from 0. */
  readonly attempt: number
  readonly milliseconds: number
}

export interface TransportOptions {
  /** Absolute address of a path. */
  readonly address: (path: string) => URL
  /** Headers that prove who asks, for a method. */
  readonly proof: (method: string) => Readonly<Record<string, string>>
  /** Further attempts at most, where repeating is safe. */
  readonly retries: number
  readonly fetch?: typeof fetch
  readonly onAttempt?: (attempt: Attempt) => void
}

/** Sends requests, and again where that is safe. */
export class Transport {
  readonly #options: TransportOptions

  constructor(options: TransportOptions) {
    this.#options = options
  }

  /**
   * The JSON that is answered, or the bytes; undefined for an empty answer.
   *
   * @throws ApiProblem, or the reason of the signal when it was aborted
   */
  async send<T>(method: string, path: string, options: SendOptions = {}): Promise<T> {
    const safe = method === 'GET' || options.idempotencyKey !== undefined
    for (let attempt = 0; ; attempt += 1) {
      const { problem, value, retryAfter } = await this.#attempt(method, path, options, attempt)
      if (!problem) return value as T
      const again = safe && attempt < this.#options.retries && isWorthRepeating(problem.status, problem.code)
      if (!again) throw problem
      await wait(retryDelay(attempt, retryAfter), options.signal)
    }
  }

  async #attempt(
    method: string,
    path: string,
    options: SendOptions,
    attempt: number,
  ): Promise<{ problem?: ApiProblem; value?: unknown; retryAfter: string | null }> {
    const url = this.#options.address(path)
    const start = performance.now()
    const note = (status: number, requestId: string | undefined): void =>
      this.#options.onAttempt?.({
        method,
        url: url.href,
        status,
        requestId,
        attempt,
        milliseconds: performance.now() - start,
      })
    let response: Response
    try {
      response = await (this.#options.fetch ?? fetch)(url, this.#init(method, options))
    } catch (error) {
      if (options.signal?.aborted) throw error
      note(0, undefined)
      return { problem: new ApiProblem({ status: 0, code: 'network' }), retryAfter: null }
    }
    note(response.status, response.headers.get('x-request-id') ?? undefined)
    if (!response.ok)
      return { problem: await ApiProblem.of(response), retryAfter: response.headers.get('retry-after') }
    if (response.status === 204) return { retryAfter: null }
    const value: unknown = options.as === 'blob' ? await response.blob() : await response.json()
    return { value, retryAfter: null }
  }

  #init(method: string, { as, body, version, idempotencyKey, signal }: SendOptions): RequestInit {
    return {
      method,
      headers: {
        accept: as === 'blob' ? '*/*' : 'application/json',
        ...(body === undefined
          ? {}
          : { 'content-type': body instanceof Blob ? body.type : 'application/json' }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        ...this.#options.proof(method),
      },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    }
  }
}
