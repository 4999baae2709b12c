import type { Logger } from 'pino'
import type { Database, DatabaseAddress } from '../data/index.ts'
import type { Rounds } from '../events/index.ts'
import { claimImport, type Claim } from './import-claims.ts'

const POLL_MS = 2_000
/** Imports a node works on at the same time. */
const LANES = 2

interface ImportWorkerNeeds {
  readonly database: Database
  readonly rounds: Rounds
  readonly carryOut: (claim: Claim, goOn: () => boolean) => Promise<void>
  readonly log: Logger
}

/**
 * Carries out imports that wait, on nodes that work in the background. Claims are leases, so a worker that is killed loses nothing:
 * another goes on with the next batch.
 */
export class ImportWorker {
  readonly #database: Database
  readonly #rounds: Rounds
  readonly #carryOut: (claim: Claim, goOn: () => boolean) => Promise<void>
  readonly #log: Logger
  readonly #lanes: (Promise<void> | undefined)[] = Array.from({ length: LANES }, () => undefined)
  #timer: NodeJS.Timeout | undefined
  #stopped = true

  constructor({ database, rounds, carryOut, log }: ImportWorkerNeeds) {
    this.#database = database
    this.#rounds = rounds
    this.#carryOut = carryOut
    this.#log = log
  }

  start(): void {
    this.#stopped = false
    this.#timer = setInterval(() => this.wake(), POLL_MS)
    this.wake()
  }

  /** @param tenantId whose import waits, when that is known */
  wake(tenantId?: string): void {
    if (this.#stopped) return
    if (tenantId !== undefined) this.#rounds.note(tenantId)
    for (const [index, lane] of this.#lanes.entries())
      this.#lanes[index] = lane ?? this.#drain().finally(() => (this.#lanes[index] = undefined))
  }

  /** Lets running batches end, and takes nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await Promise.all(this.#lanes.filter((lane) => lane !== undefined))
  }

  /** One import from each database in turn, so that none keeps the others waiting. */
  async #drain(): Promise<void> {
    try {
      let open = await this.#rounds.next()
      while (open.length > 0 && !this.#stopped) {
        const left: DatabaseAddress[] = []
        for (const address of open) if (await this.#takeOne(address)) left.push(address)
        open = left
      }
    } catch (error) {
      this.#log.error({ err: error }, 'imports cannot be worked on')
    }
  }

  /** Answers whether there may be more. A database that is away keeps no one from the others. */
  async #takeOne(address: DatabaseAddress): Promise<boolean> {
    if (this.#stopped) return false
    try {
      const claim = await claimImport(this.#database, address)
      if (claim) await this.#carryOut(claim, () => !this.#stopped)
      else await this.#rounds.done(address)
      return claim !== undefined
    } catch (error) {
      this.#log.error({ ...address, err: error }, 'imports cannot be worked on')
      return false
    }
  }
}
