export interface LookoutOptions {
  /** Time between two looks, in milliseconds. */
  readonly everyMs: number
  /** Looks, and does the work that is found. */
  readonly look: () => Promise<void>
  /** Told why a look broke off; the next one comes all the same. */
  readonly onError: (error: unknown) => void
  /** How many look at the same time. Default: 1. */
  readonly lanes?: number
}

/**
 * Looks for work that waits: every so often, and at once when there is news of some. Whoever still works on what was found last is not
 * disturbed by news. Keeps no process alive.
 */
export class Lookout {
  readonly #options: LookoutOptions
  readonly #lanes: (Promise<void> | undefined)[]
  #timer: NodeJS.Timeout | undefined
  #stopped = true

  constructor(options: LookoutOptions) {
    this.#options = options
    this.#lanes = Array.from({ length: options.lanes ?? 1 }, () => undefined)
  }

  /** Work is to be left where it is: the rest of what was found is for others. */
  get isStopped(): boolean {
    return this.#stopped
  }

  start(): void {
    this.#stopped = false
    this.#timer = setInterval(() => this.wake(), this.#options.everyMs).unref()
  }

  wake(): void {
    if (this.#stopped) return
    const { look, onError } = this.#options
    for (const [index, lane] of this.#lanes.entries())
      this.#lanes[index] =
        lane ??
        look()
          .catch(onError)
          .finally(() => (this.#lanes[index] = undefined))
  }

  /** Lets what is at hand end, and looks no more. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await Promise.all(this.#lanes.filter((lane) => lane !== undefined))
  }
}
