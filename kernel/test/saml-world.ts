import { join } from 'node:path'
import { inject } from 'vitest'
import type { SamlProviderDocument } from '@plinth/sdk'
import {
  SamlProvider,
  type Around,
  type Said,
  type SeenRequest,
  type Signing,
} from './support/saml-provider.ts'
import { SignOnBrowser } from './sign-on-browser.ts'
import { bootForTest, type Answer, type TestPlatform, type TestTenant } from './support/index.ts'

/** Someone’s browser, on its way between the workspace and a provider of SAML. */
export class SamlBrowser extends SignOnBrowser {
  readonly #tenant: TestTenant
  readonly #provider: SamlProvider

  constructor(tenant: TestTenant, provider: SamlProvider) {
    super(tenant)
    this.#tenant = tenant
    this.#provider = provider
  }

  /** Goes to the provider, which reads the request. */
  async ask(id: string, returnTo?: string): Promise<SeenRequest> {
    const { status, body, text } = await this.start(id, returnTo)
    if (status !== 200) throw new Error(`Cannot begin: ${status} ${text}`)
    const { text: metadata } = await this.#tenant.anonymous.get(`/auth/${id}/metadata`)
    return this.#provider.receive(body.url, metadata)
  }

  /** The provider has it post an answer: across sites, so without any cookie. */
  post(id: string, xml: string, relayState?: string): Promise<Answer> {
    return this.#tenant.anonymous.send('POST', `/auth/${id}/posted`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://idp.example' },
      body: new URLSearchParams({
        SAMLResponse: Buffer.from(xml).toString('base64'),
        ...(relayState === undefined ? {} : { RelayState: relayState }),
      }).toString(),
    })
  }

  /** Posts an answer, and goes on where that leads. */
  async bring(id: string, request: SeenRequest, xml: string): Promise<Answer> {
    const posted = await this.post(id, xml, request.relayState)
    if (posted.status !== 303) return posted
    const { searchParams } = new URL(posted.headers.get('location')!)
    return this.finish(id, { posted: searchParams.get('posted')! })
  }
}

export interface SamlWorld {
  readonly platform: TestPlatform
  readonly acme: TestTenant
  readonly provider: SamlProvider
  /** `provider` as the workspace knows it, by its metadata entered. */
  readonly adfs: SamlProviderDocument
  readonly add: (settings?: object) => Promise<SamlProviderDocument>
  readonly browser: () => SamlBrowser
  /** The whole way, with an answer that says this. */
  readonly signOn: (said?: Said, around?: Around, signing?: Signing) => Promise<Answer>
  readonly memberOf: (email: string) => Promise<{ id: string; roles: string[]; name: string } | undefined>
  /** Words of someone the workspace does not know. */
  readonly stranger: (
    attributes?: Readonly<Record<string, readonly string[]>>,
  ) => Said & { readonly email: string }
  readonly stop: () => Promise<void>
}

export async function bootSaml(): Promise<SamlWorld> {
  const provider = await SamlProvider.start()
  const platform = await bootForTest({
    adminUrl: inject('adminUrl'),
    pluginsFolder: join(import.meta.dirname, '../../plugins'),
    plugins: ['employees'],
    tenants: [{ slug: 'acme' }, { slug: 'beta' }],
    config: { publicUrl: 'http://{tenant}.localhost', privateProviders: new Set([provider.host]) },
  })
  const acme = platform.tenant('acme')
  const add = async (settings: object = {}): Promise<SamlProviderDocument> => {
    const { status, body, text } = await acme.admin.post('/sign-on/providers', {
      kind: 'saml',
      name: 'Nordwind ADFS',
      metadata: provider.metadata(),
      onboarding: true,
      domains: ['acme.example'],
      mapping: [{ value: 'People', role: 'employees.people-lead' }],
      ...settings,
    })
    if (status !== 201) throw new Error(`The provider is not taken: ${status} ${text}`)
    return body as SamlProviderDocument
  }
  const adfs = await add()
  const browser = () => new SamlBrowser(acme, provider)
  let count = 0
  return {
    platform,
    acme,
    provider,
    adfs,
    add,
    browser,
    async signOn(said = {}, around = {}, signing = {}) {
      const someone = browser()
      const request = await someone.ask(adfs.id)
      const { whole } = provider.assertion(request, said, signing)
      return someone.bring(adfs.id, request, provider.answer(request, whole, around))
    },
    async memberOf(email) {
      const [member] = await acme.sql<{ id: string; roles: string[]; name: string }>(
        'SELECT id, roles, name FROM plinth.member WHERE email = $1',
        [email],
      )
      return member
    },
    stranger(attributes = {}) {
      count += 1
      const email = `person-${count}@acme.example`
      return {
        email,
        nameId: `person-${count}`,
        attributes: { mail: [email], displayName: [`Grace Nr${count}`], ...attributes },
      }
    },
    async stop() {
      await platform.stop()
      await provider.stop()
    },
  }
}
