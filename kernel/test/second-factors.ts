import { generate } from 'otplib'
import type { FactorAddedDocument, SessionDocument, TotpDocument } from '@plinth/sdk'
import type { Answer, TestTenant } from './support/index.ts'
import type { Credentials } from './support/client.ts'

/** A browser of someone who signs in step by step. */
export class StepByStep {
  readonly #tenant: TestTenant
  cookie = ''
  csrf = ''
  /** Origin of the page, as a browser says it. */
  origin = ''
  /** What comes along with each request, as from a proxy. */
  headers: Readonly<Record<string, string>> = {}
  /** Cookies that are not the session's, by name. */
  readonly others = new Map<string, string>()

  constructor(tenant: TestTenant) {
    this.#tenant = tenant
  }

  async signIn(credentials: Credentials): Promise<Answer<SessionDocument>> {
    return this.#keep(await this.send('POST', '/session', credentials))
  }

  async verify(method: string, code: string): Promise<Answer> {
    return this.#keep(await this.send('POST', '/session/second-factor/verify', { method, code }))
  }

  /** Sets up an authenticator app, with the code of the step before the present one, so that the present one is still good. */
  async addTotp(name = 'Phone'): Promise<{ totp: TotpDocument; added: FactorAddedDocument; code: string }> {
    const begun = await this.send('POST', '/session/second-factor/totp', { name })
    if (begun.status !== 201) throw new Error(begun.text)
    const totp = begun.body as TotpDocument
    const code = await codeOf(totp.secret, -1)
    const confirmed = await this.send('POST', `/session/second-factor/totp/${totp.id}/confirm`, {
      code,
    })
    if (confirmed.status !== 201) throw new Error(confirmed.text)
    this.#keep(confirmed, (confirmed.body as FactorAddedDocument).session)
    return { totp, added: confirmed.body as FactorAddedDocument, code }
  }

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.#tenant.anonymous.send(method, path, {
      headers: {
        ...this.headers,
        ...(this.#cookies === '' ? {} : { cookie: this.#cookies }),
        ...(this.csrf === '' ? {} : { 'x-csrf-token': this.csrf }),
        ...(this.origin === '' ? {} : { origin: this.origin }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  }

  /** Sends a request, and goes on with the session it answers. */
  async keep(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.#keep(await this.send(method, path, body))
  }

  get #cookies(): string {
    return [this.cookie, ...this.others.values()].filter(Boolean).join('; ')
  }

  #keep(answer: Answer, document: SessionDocument = answer.body): Answer {
    for (const line of answer.headers.getSetCookie()) {
      const pair = line.split(';')[0]!
      if (pair.startsWith('plinth_session=')) this.cookie = pair
      else this.others.set(pair.split('=')[0]!, pair)
    }
    if (document?.csrf) this.csrf = document.csrf
    return answer
  }
}

/** What an app shows, so many steps from now. */
export function codeOf(secret: string, steps = 0): Promise<string> {
  return generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 })
}
