import type { Transporter } from 'nodemailer'
import type { RenderedLetter } from './render-letter.ts'

/** Longest a server may stay silent, in milliseconds. */
const SILENCE_MS = 20_000

/** Sends mail by one server, over connections that are kept for a while. */
export class SmtpSender {
  readonly #url: string
  readonly #from: string
  #transport: Promise<Transporter> | undefined

  /** @param url of the server: `smtp://user:password@host:587`, `smtps://…:465` */
  constructor(url: string, from: string) {
    this.#url = url
    this.#from = from
  }

  /** @param id of the letter. Sent twice, because a worker died in between, both have the same Message-ID. */
  async send(id: string, to: string, letter: RenderedLetter): Promise<void> {
    const transport = await (this.#transport ??= connect(this.#url))
    await transport.sendMail({
      from: this.#from,
      // As an object: in a text, a comma would begin another address.
      to: { name: '', address: to },
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      messageId: `<${id}@plinth>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }

  async close(): Promise<void> {
    const transport = await this.#transport?.catch(() => undefined)
    transport?.close()
  }
}

/** Loaded when the first letter goes: a platform without mail need not know how. */
async function connect(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  const timeouts = {
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
  }
  return createTransport({ url, pool: true, maxConnections: 2, ...timeouts } as never)
}
