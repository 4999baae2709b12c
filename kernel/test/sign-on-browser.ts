import type { SignOnProviderDocument } from '@plinth/sdk'
import type { Answer, Client, TestTenant } from './support/index.ts'
import type { IdentityProvider } from './support/identity-provider.ts'

/** Adds a provider to a workspace, as its administrator does. */
export async function addProvider(
  { admin }: TestTenant,
  provider: IdentityProvider,
  settings: object = {},
): Promise<SignOnProviderDocument> {
  const { status, body, text } = await admin.post('/sign-on/providers', {
    name: 'Nordwind',
    issuer: provider.issuer,
    clientId: provider.clientId,
    secret: provider.clientSecret,
    ...settings,
  })
  if (status !== 201) throw new Error(`The provider is not taken: ${status} ${text}`)
  return body as SignOnProviderDocument
}

/** A browser of someone who has not signed in: it keeps the cookie of the attempt. */
export class SignOnBrowser {
  readonly #client: Client
  cookie = ''

  constructor({ anonymous }: TestTenant) {
    this.#client = anonymous
  }

  async start(provider: string, returnTo?: string): Promise<Answer> {
    const answer = await this.#post('/auth/start', {
      provider,
      ...(returnTo === undefined ? {} : { returnTo }),
    })
    const [cookie] = answer.headers.getSetCookie()
    if (cookie !== undefined) this.cookie = cookie.split(';')[0]!
    return answer
  }

  finish(provider: string, parameters: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#post('/auth/callback', { provider, parameters })
  }

  /** The whole way: to the provider and back. */
  async signOn(id: string, provider: IdentityProvider, returnTo?: string): Promise<Answer> {
    const { status, body, text } = await this.start(id, returnTo)
    if (status !== 200) throw new Error(`Cannot begin: ${status} ${text}`)
    return this.finish(id, provider.authorize(body.url).parameters)
  }

  #post(path: string, body: unknown): Promise<Answer> {
    return this.#client.post(path, body, { headers: this.cookie === '' ? {} : { cookie: this.cookie } })
  }
}

/** The session cookie an answer sets, `name=value`. */
export function sessionCookie({ headers }: Answer): string | undefined {
  return headers
    .getSetCookie()
    .map((each) => each.split(';')[0]!)
    .find((each) => each.startsWith('plinth_session='))
}
