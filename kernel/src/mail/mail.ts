import type { Config } from '../config/index.ts'
import type { Vault } from '../crypto/index.ts'
import { newId, type Bus, type Statement } from '../data/index.ts'
import type { Letter, LetterTemplate } from './letter.ts'
import { isMailAddress } from './mail-address.ts'

const PURPOSE = 'mail'

/**
 * The mail port. A letter is queued by the transaction of the change it tells of, and sent by a worker once that has come to be. What it
 * says lies sealed until then, since it tends to open doors.
 */
export class Mail {
  readonly #config: Pick<Config, 'smtpUrl'>
  readonly #vault: Vault
  readonly #bus: Bus

  constructor({ config, vault, bus }: { config: Pick<Config, 'smtpUrl'>; vault: Vault; bus: Bus }) {
    this.#config = config
    this.#vault = vault
    this.#bus = bus
  }

  /** Whether there is a server to send by. Without one nothing may be queued, and nothing that needs mail be offered. */
  get isOffered(): boolean {
    return this.#config.smtpUrl !== undefined
  }

  /**
   * The statement that queues a letter; to be run in the transaction of what it tells of. Call `wake` once that is committed.
   *
   * @example
   * ```ts
   * transaction.later(mail.queue(tenantId, { to: email, locale, template: 'sign-in-code', values: { workspace, code, minutes: 10 } }))
   * ```
   */
  queue<T extends LetterTemplate>(tenantId: string, letter: Letter<T>): Statement {
    if (!this.isOffered) throw new Error('There is no server to send mail by')
    if (!isMailAddress(letter.to)) throw new Error('A letter needs one plain address')
    const id = newId()
    return {
      name: 'plinth_mail',
      text: 'INSERT INTO plinth.mail (tenant_id, id, template, sealed) VALUES ($1, $2, $3, $4)',
      values: [
        tenantId,
        id,
        letter.template,
        this.#vault.seal(PURPOSE, placeOf(tenantId, id), JSON.stringify(letter)),
      ],
    }
  }

  /** Has workers look at once. Without it they find the letter within seconds. */
  async wake(tenantId: string): Promise<void> {
    await this.#bus.publish({ topic: 'mail', tenantId })
  }

  /** @throws SealBroken when what is stored was not sealed for this letter */
  open(tenantId: string, id: string, sealed: Buffer): Letter {
    return JSON.parse(this.#vault.open(PURPOSE, placeOf(tenantId, id), sealed)) as Letter
  }
}

const placeOf = (tenantId: string, id: string): string => `${tenantId}/${id}`
