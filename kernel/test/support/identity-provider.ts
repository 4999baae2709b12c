import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose'

interface Code {
  readonly request: URLSearchParams
  readonly claims: Readonly<Record<string, unknown>>
}

interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

/** What the provider does other than it should. */
export interface Misdeeds {
  /** Claims of the ID token that are not what they should be. */
  readonly idToken?: Readonly<Record<string, unknown>>
  readonly algorithm?: 'none' | 'HS256' | 'foreign key'
  /** Members of the discovery document. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** The issuer it says the answer comes from. */
  readonly iss?: string
}

/** An OpenID provider on this machine, which signs in whoever it is told to, and can be told to misbehave. */
export class IdentityProvider {
  readonly clientId = 'plinth'
  readonly clientSecret = 'a secret between the two of them'
  /** Who is signed in at the provider. */
  claims: Readonly<Record<string, unknown>> = { sub: 'nobody' }
  /** Claims only the userinfo endpoint tells. */
  userinfo: Readonly<Record<string, unknown>> = {}
  misdeeds: Misdeeds = {}
  /** Requests it got, by path. */
  readonly seen: { path: string; body: URLSearchParams }[] = []
  readonly #codes = new Map<string, Code>()
  readonly #tokens = new Map<string, string>()
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  #keys: SigningKey[] = []

  static async start(): Promise<IdentityProvider> {
    const provider = new IdentityProvider()
    await provider.rotateKeys()
    await new Promise<void>((done) => provider.#server.listen(0, '127.0.0.1', done))
    return provider
  }

  get issuer(): string {
    return `http://${this.host}`
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Signs with a new key from now on, and no longer knows the old one. */
  async rotateKeys(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const kid = randomBytes(4).toString('hex')
    this.#keys = [
      { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } },
    ]
  }

  /** What the browser is sent back with, when it goes where the platform sent it. */
  authorize(address: string): { to: string; parameters: Record<string, string> } {
    const request = new URL(address).searchParams
    for (const [name, value] of Object.entries({
      response_type: 'code',
      client_id: this.clientId,
      code_challenge_method: 'S256',
    }))
      if (request.get(name) !== value) throw new Error(`${name} is ${request.get(name)}`)
    for (const name of ['state', 'nonce', 'code_challenge'])
      if ((request.get(name) ?? '').length < 32) throw new Error(`${name} is missing`)
    const code = randomBytes(16).toString('hex')
    this.#codes.set(code, { request, claims: this.claims })
    return {
      to: request.get('redirect_uri')!,
      parameters: { code, state: request.get('state')!, iss: this.misdeeds.iss ?? this.issuer },
    }
  }

  async stop(): Promise<void> {
    await new Promise<void>((done) => {
      this.#server.close(() => done())
      this.#server.closeAllConnections()
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.issuer).pathname
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = new URLSearchParams(Buffer.concat(chunks).toString())
    this.seen.push({ path, body })
    if (path === '/authorize') {
      const { to, parameters } = this.authorize(`${this.issuer}${request.url}`)
      response.writeHead(302, { location: `${to}?${new URLSearchParams(parameters).toString()}` }).end()
      return
    }
    const answer = await this.#answer(path, body, request.headers.authorization)
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  }

  async #answer(
    path: string,
    body: URLSearchParams,
    authorization: string | undefined,
  ): Promise<{ status: number; body: unknown }> {
    if (path === '/.well-known/openid-configuration') return { status: 200, body: this.#metadata() }
    if (path === '/jwks') return { status: 200, body: { keys: this.#keys.map(({ jwk }) => jwk) } }
    if (path === '/userinfo') {
      const sub = this.#tokens.get((authorization ?? '').replace('Bearer ', ''))
      return sub === undefined ? { status: 401, body: {} } : { status: 200, body: { sub, ...this.userinfo } }
    }
    if (path !== '/token') return { status: 404, body: {} }
    const code = this.#codes.get(body.get('code') ?? '')
    this.#codes.delete(body.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url')
    if (
      !code ||
      challenge !== code.request.get('code_challenge') ||
      body.get('redirect_uri') !== code.request.get('redirect_uri')
    )
      return { status: 400, body: { error: 'invalid_grant' } }
    const token = randomBytes(16).toString('hex')
    this.#tokens.set(token, String(code.claims['sub']))
    return {
      status: 200,
      body: {
        access_token: token,
        token_type: 'Bearer',
        expires_in: 300,
        id_token: await this.#idToken(code),
      },
    }
  }

  #metadata(): object {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      jwks_uri: `${this.issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
      authorization_response_iss_parameter_supported: true,
      ...this.misdeeds.metadata,
    }
  }

  async #idToken({ request, claims }: Code): Promise<string> {
    const now = Math.floor(Date.now() / 1_000)
    const content = {
      iss: this.issuer,
      aud: this.clientId,
      iat: now,
      exp: now + 300,
      nonce: request.get('nonce'),
      ...claims,
      ...this.misdeeds.idToken,
    }
    const [key] = this.#keys
    switch (this.misdeeds.algorithm) {
      case 'none':
        return new UnsecuredJWT(content).encode()
      case 'HS256':
        return new SignJWT(content)
          .setProtectedHeader({ alg: 'HS256', kid: key!.kid })
          .sign(Buffer.from(JSON.stringify(key!.jwk)))
      case 'foreign key': {
        const { privateKey } = await generateKeyPair('RS256')
        return new SignJWT(content).setProtectedHeader({ alg: 'RS256', kid: key!.kid }).sign(privateKey)
      }
      default:
        return new SignJWT(content).setProtectedHeader({ alg: 'RS256', kid: key!.kid }).sign(key!.privateKey)
    }
  }
}
