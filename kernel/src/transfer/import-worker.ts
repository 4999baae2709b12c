import type { Logger } from 'pino'
import type { Database } from '../data/index.ts'
import { claimImport, type Claim } from './import-claims.ts'

const POLL_MS = 2_000
/** Imports a node works on at the same time. */
const LANES = 2

/**
 * Carries out imports that wait, on nodes that work in the background. Claims are leases, so a worker that is killed loses nothing:
 * another goes on with the next batch.
 */
export class ImportWorker {
  readonly #database: Database
  readonly #carryOut: (claim: Claim, goOn: () => boolean) => Promise<void>
  readonly #log: Logger
  readonly #lanes: (Promise<void> | undefined)[] = Array.from({ length: LANES }, () => undefined)
  #timer: NodeJS.Timeout | undefined
  #stopped = true

  constructor(
    database: Database,
    carryOut: (claim: Claim, goOn: () => boolean) => Promise<void>,
    log: Logger,
  ) {
    this.#database = database
    this.#carryOut = carryOut
    this.#log = log
  }

  start(): void {
    this.#stopped = false
    this.#timer = setInterval(() => this.wake(), POLL_MS)
    this.wake()
  }

  wake(): void {
    if (this.#stopped) return
    for (const [index, lane] of this.#lanes.entries())
      this.#lanes[index] = lane ?? this.#drain().finally(() => (this.#lanes[index] = undefined))
  }

  /** Lets running batches end, and takes nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await Promise.all(this.#lanes.filter((lane) => lane !== undefined))
  }

  async #drain(): Promise<void> {
    try {
      while (!this.#stopped) {
        const claim = await claimImport(this.#database)
        if (!claim) return
        await this.#carryOut(claim, () => !this.#stopped)
      }
    } catch (error) {
      this.#log.error({ err: error }, 'imports cannot be worked on')
    }
  }
}
