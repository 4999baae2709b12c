import type { Logger } from 'pino'
import type { Database, DatabaseAddress } from '../data/index.ts'
import type { Rounds } from '../events/index.ts'
import { Lookout } from '../lookout.ts'
import type { Mail } from './mail.ts'
import { claimMail, readMail, settleMail, type DueMail } from './mail-rows.ts'
import { renderLetter } from './render-letter.ts'
import type { SmtpSender } from './smtp-sender.ts'

const POLL_MS = 2_000

/** Seconds until the next try, by how many there were. After the last one the letter is given up. */
const AGAIN_SECONDS = [30, 300]

interface MailWorkerNeeds {
  readonly database: Database
  readonly rounds: Rounds
  readonly mail: Mail
  readonly sender: SmtpSender
  readonly log: Logger
}

/** Sends letters that wait, on nodes that work in the background. Each is tried three times. */
export class MailWorker {
  readonly #needs: MailWorkerNeeds
  readonly #lookout: Lookout

  constructor(needs: MailWorkerNeeds) {
    this.#needs = needs
    this.#lookout = new Lookout({
      everyMs: POLL_MS,
      look: () =>
        needs.rounds.walk(
          (address) => this.#takeOne(address),
          () => !this.#lookout.isStopped,
        ),
      onError: (error) => needs.log.error({ err: error }, 'mail cannot be sent'),
    })
  }

  start(): void {
    this.#lookout.start()
    this.#lookout.wake()
  }

  /** @param tenantId whose letter waits, when that is known */
  wake(tenantId?: string): void {
    if (this.#lookout.isStopped) return
    if (tenantId !== undefined) this.#needs.rounds.note(tenantId)
    this.#lookout.wake()
  }

  async stop(): Promise<void> {
    await this.#lookout.stop()
    await this.#needs.sender.close()
  }

  /** Answers whether there may be more. A database that is away keeps no one from the others. */
  async #takeOne(address: DatabaseAddress): Promise<boolean> {
    if (this.#lookout.isStopped) return false
    const { database, rounds, log } = this.#needs
    try {
      const due = await claimMail(database, address)
      if (due) await this.#send(due)
      else await rounds.done(address)
      return due !== undefined
    } catch (error) {
      log.error({ ...address, err: error }, 'mail cannot be sent')
      return false
    }
  }

  async #send(due: DueMail): Promise<void> {
    const { database, mail, sender, log } = this.#needs
    const sealed = await readMail(database, due)
    if (!sealed) return
    const again = AGAIN_SECONDS[due.attempts - 1]
    try {
      // Taken up more often than it may be tried: its workers died over it.
      if (due.attempts > AGAIN_SECONDS.length + 1) throw new Error('given up')
      const letter = mail.open(due.tenantId, due.id, sealed)
      await sender.send(due.id, letter.to, renderLetter(letter))
    } catch (error) {
      const reason = reasonOf(error)
      const againInSeconds = isFinal(error) ? null : (again ?? null)
      log.warn({ mail: due.id, tenantId: due.tenantId, reason, againInSeconds }, 'mail not sent')
      await settleMail(database, due, { error: reason, againInSeconds })
      return
    }
    await settleMail(database, due, { error: null, againInSeconds: null })
  }
}

/** Code and status alone: what servers say in words may repeat addresses and contents. */
function reasonOf(error: unknown): string {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  const parts = [code, responseCode?.toString()].filter((part) => part !== undefined)
  return parts.length > 0 ? parts.join(' ') : (error as Error).name
}

/** The server will say the same the next time. */
function isFinal(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: unknown }
  return typeof responseCode === 'number' && responseCode >= 500 && responseCode !== 535
}
