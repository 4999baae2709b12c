import type { Logger } from 'pino'
import { storeEntry, type Database, type Origin } from '../data/index.ts'

/** What somebody was refused. */
export interface Refusal {
  readonly tenantId: string
  readonly origin: Origin
  /** Code of the problem answered. */
  readonly code: string
  /** What would have been needed, where that is a permission. */
  readonly permission?: string | undefined
  readonly method: string
  /** Address below the workspace, without its query. */
  readonly path: string
}

interface Window {
  readonly refusal: Refusal
  /** Refusals that no entry tells of yet. */
  more: number
  /** Whether an entry tells of some. What happens too seldom is never told of. */
  told: boolean
  readonly timer: NodeJS.Timeout
}

const WINDOW_MS = 60_000
/** Whoever changes addresses all the time fills the log no faster than this many people. */
const MOST_WINDOWS = 500

/**
 * Notes refusals as security events, after the answer has left. The first one at once; those of the same actor for the same reason within
 * a minute are counted, and told of together when it is over.
 */
export class Refusals {
  readonly #database: Database
  readonly #log: Logger
  readonly #windows = new Map<string, Window>()
  readonly #writing = new Set<Promise<void>>()

  constructor({ database, log }: { database: Database; log: Logger }) {
    this.#database = database
    this.#log = log
  }

  /** @param from how many within a minute are worth an entry */
  note(refusal: Refusal, from = 1): void {
    const { tenantId, origin, code, permission } = refusal
    const who =
      this.#windows.size < MOST_WINDOWS
        ? (origin.actor.viewer?.id ?? origin.actor.id ?? origin.address)
        : 'many'
    const key = [tenantId, who, code, permission].join(' ')
    const window = this.#windows.get(key) ?? this.#open(key, refusal)
    window.more += 1
    if (!window.told && window.more >= from) this.#tell(window)
  }

  /** Writes what is counted, and takes nothing more. */
  async stop(): Promise<void> {
    for (const window of this.#windows.values()) {
      clearTimeout(window.timer)
      if (window.told && window.more > 0) this.#tell(window)
    }
    this.#windows.clear()
    await Promise.all(this.#writing)
  }

  /** Ends a minute: what was counted in it opens the next. */
  #close(key: string): void {
    const { refusal, more, told } = this.#windows.get(key)!
    this.#windows.delete(key)
    if (told && more > 0) this.#tell(Object.assign(this.#open(key, refusal), { more }))
  }

  #open(key: string, refusal: Refusal): Window {
    const timer = setTimeout(() => this.#close(key), WINDOW_MS).unref()
    const window = { refusal, more: 0, told: false, timer }
    this.#windows.set(key, window)
    return window
  }

  #tell(window: Window): void {
    this.#write(window.refusal, window.more)
    Object.assign(window, { more: 0, told: true })
  }

  #write({ tenantId, origin, code, permission, method, path }: Refusal, count: number): void {
    const after = { code, ...(permission === undefined ? {} : { permission }), method, path, count }
    const entry = {
      action: 'access.refused',
      subjectType: 'platform.access',
      subjectId: permission ?? code,
      after,
    }
    const writing = this.#database
      .query({ tenantId }, storeEntry(tenantId, origin, entry))
      .then(() => undefined)
      .catch((error: unknown) => this.#log.error({ tenantId, err: error }, 'a refusal was not noted'))
      .finally(() => this.#writing.delete(writing))
    this.#writing.add(writing)
  }
}
