import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

/** A letter as its reader's program shows it. */
export interface ReceivedMail {
  readonly to: readonly string[]
  readonly mail: Email
  /** The first link in it. */
  readonly link: string | undefined
}

/** A mail server of this machine, with the mail that has arrived at it. */
export class Mailbox {
  readonly received: ReceivedMail[] = []
  /** Refuses what it would otherwise take, with the status that is given. */
  refuse: ((attempt: number) => number | undefined) | undefined
  attempts = 0
  readonly #server: SMTPServer

  private constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => void this.#take(Buffer.concat(chunks), session, done))
      },
    })
  }

  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox()
    await new Promise<void>((resolve) => mailbox.#server.listen(0, '127.0.0.1', resolve))
    return mailbox
  }

  get url(): string {
    const address = this.#server.server.address()
    if (typeof address !== 'object' || !address) throw new Error('The mail server does not listen')
    return `smtp://127.0.0.1:${address.port}`
  }

  /** What has arrived for an address, the newest last. */
  for(address: string): ReceivedMail[] {
    return this.received.filter(({ to }) => to.includes(address))
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  async #take(raw: Buffer, session: SMTPServerSession, done: (error?: Error | null) => void): Promise<void> {
    this.attempts += 1
    const status = this.refuse?.(this.attempts)
    if (status !== undefined)
      return done(Object.assign(new Error('Refused jana@acme.example'), { responseCode: status }))
    const mail = await PostalMime.parse(raw)
    const link = /https?:\/\/\S+/.exec(mail.text ?? '')?.[0]
    this.received.push({ to: session.envelope.rcptTo.map(({ address }) => address), mail, link })
    done()
  }
}
