import { expect } from 'vitest'
import type { Answer, Client, TestTenant } from './support/index.ts'

type Fields = Readonly<Record<string, string>>

/** A program that talks to the authorisation server of a workspace. */
export class OAuthProgram {
  readonly id: string
  readonly secret: string | null
  readonly #tenant: TestTenant

  constructor(tenant: TestTenant, { id, secret }: { id: string; secret: string | null }) {
    this.#tenant = tenant
    this.id = id
    this.secret = secret
  }

  /** Has a client made by somebody. */
  static async made(tenant: TestTenant, maker: Client, wish: object): Promise<OAuthProgram> {
    const { status, body, text } = await maker.post('/oauth/clients', {
      kind: 'service',
      name: 'Nightly sync',
      ...wish,
    })
    if (status !== 201) throw new Error(`No client: ${text}`)
    return new OAuthProgram(tenant, body)
  }

  /** Sends a form to an endpoint, with the client's name and secret in it. */
  send(endpoint: string, fields: Fields, headers: Fields = {}): Promise<Answer> {
    const secret = this.secret === null ? {} : { client_secret: this.secret }
    return sendForm(this.#tenant, endpoint, { client_id: this.id, ...secret, ...fields }, headers)
  }

  /** A token in its own name. */
  async token(scope?: string): Promise<string> {
    const fields = { grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }
    const { status, body, text } = await this.send('token', fields)
    if (status !== 200) throw new Error(`No token: ${text}`)
    return body.access_token
  }

  /** Somebody who uses a token. */
  using(token: string): Client {
    return this.#tenant.clientWithKey(token)
  }
}

export function sendForm(
  tenant: TestTenant,
  endpoint: string,
  fields: Fields | string,
  headers: Fields = {},
): Promise<Answer> {
  const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  return tenant.anonymous.send('POST', `/oauth/${endpoint}`, { body, headers: { ...type, ...headers } })
}

/** Expects a refusal in the words of OAuth. */
export function expectRefused({ status, body, text, headers }: Answer, code: string, wanted = 400): void {
  expect({ status, error: body?.error }, text).toEqual({ status: wanted, error: code })
  expect(headers.get('content-type')).toBe('application/json')
  expect(headers.get('cache-control')).toBe('no-store')
}
