import type { SessionDocument } from '@plinth/sdk'

/** Anything that answers requests: an application in this process, or a socket somewhere. */
export type Send = (request: Request) => Response | Promise<Response>

export interface Credentials {
  readonly email: string
  readonly password: string
}

/** What came back. `body` is the parsed JSON, or undefined when there was none. */
export interface Answer<T = any> {
  readonly status: number
  readonly body: T
  readonly text: string
  readonly headers: Headers
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** Version of the record you have seen; sent as If-Match. */
  readonly version?: number
}

/** A body that is sent as it is, instead of as JSON of a value. */
export interface RawRequest {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream | undefined
}

export interface ClientOptions {
  readonly send: Send
  /** Address of the workspace without trailing slash, e.g. `http://acme.localhost`. */
  readonly origin: string
  /** Signs in with these before the first request. */
  readonly credentials?: Credentials
  /** Sends this API key. */
  readonly key?: string
}

/**
 * Someone who uses the API of one workspace. Paths count from `/api/v1`, unless they start with `/api/`, `/healthz/` or
 * `/platform/`. Cookie and CSRF token are seen to.
 */
export class Client {
  readonly #options: ClientOptions
  #session: Promise<{ cookie: string; document: SessionDocument } | undefined> | undefined

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** Whether this is a program with an API key, which is no member. */
  get isKey(): boolean {
    return this.#options.key !== undefined
  }

  get<T = any>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    return this.#json('GET', path, undefined, options)
  }

  post<T = any>(path: string, body: unknown = {}, options: RequestOptions = {}): Promise<Answer<T>> {
    return this.#json('POST', path, body, options)
  }

  patch<T = any>(path: string, body: unknown, options: RequestOptions = {}): Promise<Answer<T>> {
    return this.#json('PATCH', path, body, options)
  }

  delete<T = any>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    return this.#json('DELETE', path, undefined, options)
  }

  /** The session document; signs in if that has not happened. */
  async session(): Promise<SessionDocument> {
    const session = await this.#open()
    if (!session) throw new Error('This client does not sign in')
    return session.document
  }

  /** The session cookie as sent by a browser, `name=value`. */
  async cookie(): Promise<string> {
    const session = await this.#open()
    if (!session) throw new Error('This client does not sign in')
    return session.cookie
  }

  /** Sends a request with a body of your own making. Given headers win over the client's. */
  async send(method: string, path: string, request: RawRequest = {}): Promise<Answer> {
    return read(await this.raw(method, path, request))
  }

  /** The same, with the answer as it comes: for files. */
  async raw(method: string, path: string, { headers = {}, body }: RawRequest = {}): Promise<Response> {
    const all = new Headers(await this.#proof(method))
    for (const [name, value] of Object.entries(headers)) all.set(name, value)
    const init = { method, headers: all, ...(body === undefined ? {} : { body, duplex: 'half' }) }
    return this.#options.send(new Request(this.url(path), init as RequestInit))
  }

  /** Absolute address of a path. */
  url(path: string): string {
    const absolute = /^\/(api|healthz|platform)\//.test(path)
    return `${this.#options.origin}${absolute ? path : `/api/v1${path}`}`
  }

  async #json(method: string, path: string, body: unknown, options: RequestOptions): Promise<Answer> {
    const version = options.version === undefined ? {} : { 'if-match': `"${options.version}"` }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const send = () =>
      this.send(method, path, {
        headers: { ...type, ...version, ...options.headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
    const answer = await send()
    return answer.body?.code === 'confirmation_needed' && (await this.#confirm()) ? send() : answer
  }

  /** Proves once more who this is, as a browser would ask its person to. */
  async #confirm(): Promise<boolean> {
    const { credentials } = this.#options
    if (!credentials) return false
    const proof = { method: 'password', password: credentials.password }
    return (await this.post('/session/second-factor/verify', proof)).status === 201
  }

  async #proof(method: string): Promise<Record<string, string>> {
    const { key } = this.#options
    if (key !== undefined) return { authorization: `Bearer ${key}` }
    const session = await this.#open()
    if (!session) return {}
    const { cookie, document } = session
    return method === 'GET' ? { cookie } : { cookie, 'x-csrf-token': document.csrf }
  }

  #open(): Promise<{ cookie: string; document: SessionDocument } | undefined> {
    this.#session ??= this.#signIn()
    return this.#session
  }

  async #signIn(): Promise<{ cookie: string; document: SessionDocument } | undefined> {
    const { credentials, send } = this.#options
    if (!credentials) return undefined
    const request = new Request(this.url('/session'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(credentials),
    })
    const answer = await read(await send(request))
    if (answer.status !== 201)
      throw new Error(`${credentials.email} cannot sign in: ${answer.status} ${answer.text}`)
    const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!
    return { cookie, document: answer.body as SessionDocument }
  }
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    body: isJson && text !== '' ? JSON.parse(text) : undefined,
    text,
    headers: response.headers,
  }
}
