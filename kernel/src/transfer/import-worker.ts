import type { Logger } from 'pino'
import type { Database, DatabaseAddress } from '../data/index.ts'
import type { Rounds } from '../events/index.ts'
import { Lookout } from '../lookout.ts'
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
  readonly #lookout = new Lookout({
    everyMs: POLL_MS,
    look: () =>
      this.#rounds.walk(
        (address) => this.#takeOne(address),
        () => !this.#lookout.isStopped,
      ),
    onError: (error) => this.#log.error({ err: error }, 'imports cannot be worked on'),
    lanes: LANES,
  })

  constructor({ database, rounds, carryOut, log }: ImportWorkerNeeds) {
    this.#database = database
    this.#rounds = rounds
    this.#carryOut = carryOut
    this.#log = log
  }

  start(): void {
    this.#lookout.start()
    this.#lookout.wake()
  }

  /** @param tenantId whose import waits, when that is known */
  wake(tenantId?: string): void {
    if (this.#lookout.isStopped) return
    if (tenantId !== undefined) this.#rounds.note(tenantId)
    this.#lookout.wake()
  }

  /** Lets running batches end, and takes nothing more. */
  stop(): Promise<void> {
    return this.#lookout.stop()
  }

  /** Answers whether there may be more. A database that is away keeps no one from the others. */
  async #takeOne(address: DatabaseAddress): Promise<boolean> {
    if (this.#lookout.isStopped) return false
    try {
      const claim = await claimImport(this.#database, address)
      if (claim) await this.#carryOut(claim, () => !this.#lookout.isStopped)
      else await this.#rounds.done(address)
      return claim !== undefined
    } catch (error) {
      this.#log.error({ ...address, err: error }, 'imports cannot be worked on')
      return false
    }
  }
}
