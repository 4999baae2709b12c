const FIRST_MS = 200
const LONGEST_MS = 10_000

/** Answers that say "not now". */
const NOT_NOW = new Set([429, 502, 503, 504])

/** Whether a request that may be repeated should be: nothing answered, or the answer was "not now". */
export function isWorthRepeating(status: number, code: string): boolean {
  return code === 'network' || NOT_NOW.has(status) || code === 'idempotency_in_progress'
}

/**
 * How long to wait before the next attempt, in milliseconds: what the platform asked for, else twice as long each time, at random, so
 * that many programs do not come back at the same moment.
 *
 * @param attempt 0 after the first
 * @param retryAfter the header `Retry-After`: seconds, or a date
 */
export function retryDelay(
  attempt: number,
  retryAfter: string | null,
  random: () => number = Math.random,
): number {
  if (retryAfter !== null) {
    const seconds = /^\d+$/.test(retryAfter.trim())
      ? Number(retryAfter)
      : (Date.parse(retryAfter) - Date.now()) / 1000
    if (Number.isFinite(seconds)) return Math.min(Math.max(seconds * 1000, 0), 6 * LONGEST_MS)
  }
  return Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS) * (0.5 + random() / 2)
}

/** Waits; ends at once, with the signal's reason, when it is aborted. */
export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer)
      reject(signal!.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, ms)
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
  })
}

/** A key for `Idempotency-Key`. Not `randomUUID`, which pages without TLS do not have. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18))
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}
