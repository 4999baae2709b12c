import { join } from 'node:path'
import { inject } from 'vitest'
import type { SignOnProviderDocument } from '@plinth/sdk'
import { bootForTest, type Answer, type TestPlatform, type TestTenant } from './support/index.ts'

/** What a provider sends and gets, with a token of its own. */
export class ScimProvider {
  readonly #tenant: TestTenant
  token: string

  constructor(tenant: TestTenant, token: string) {
    this.#tenant = tenant
    this.token = token
  }

  send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const type = body === undefined ? {} : { 'content-type': 'application/scim+json' }
    return this.#tenant.anonymous.send(method, `/scim/v2${path}`, {
      headers: { authorization: `Bearer ${this.token}`, ...type, ...headers },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    })
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path)
  }

  find(collection: string, filter: string): Promise<Answer> {
    return this.get(`/${collection}?filter=${encodeURIComponent(filter)}`)
  }

  patch(path: string, ...operations: unknown[]): Promise<Answer> {
    return this.send('PATCH', path, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: operations,
    })
  }

  /** Makes somebody a member. */
  async add(userName: string, more: object = {}): Promise<string> {
    const { status, body, text } = await this.send('POST', '/Users', { userName, active: true, ...more })
    if (status !== 201) throw new Error(`${userName} is not taken in: ${status} ${text}`)
    return body.id as string
  }

  async group(displayName: string, ...members: string[]): Promise<string> {
    const group = { displayName, members: members.map((value) => ({ value })) }
    const { status, body, text } = await this.send('POST', '/Groups', group)
    if (status !== 201) throw new Error(`${displayName} is not added: ${status} ${text}`)
    return body.id as string
  }
}

export interface ScimWorld {
  readonly platform: TestPlatform
  readonly acme: TestTenant
  readonly nordwind: SignOnProviderDocument
  /** Nordwind, as it speaks to the workspace. */
  readonly idp: ScimProvider
  /** Adds a provider, with a token. */
  readonly join: (
    tenant: TestTenant,
    settings?: object,
  ) => Promise<{ readonly provider: SignOnProviderDocument; readonly idp: ScimProvider }>
  readonly memberOf: (
    id: string,
  ) => Promise<{ name: string; email: string; roles: string[]; status: string } | undefined>
}

/** Workspaces `acme` and `beta`, and a provider that keeps members of acme in step. */
export async function bootScim(): Promise<ScimWorld> {
  const platform = await bootForTest({
    adminUrl: inject('adminUrl'),
    pluginsFolder: join(import.meta.dirname, '../../plugins'),
    plugins: ['employees'],
    tenants: [{ slug: 'acme' }, { slug: 'beta' }],
    config: { publicUrl: 'http://{tenant}.localhost' },
  })
  const acme = platform.tenant('acme')
  let count = 0
  const joinWith: ScimWorld['join'] = async (tenant, settings = {}) => {
    count += 1
    const made = await tenant.admin.post('/sign-on/providers', {
      name: `Provider ${count}`,
      issuer: `https://idp-${count}.example`,
      clientId: 'plinth',
      domains: ['acme.example'],
      mapping: [
        { value: 'People', role: 'employees.people-lead' },
        { value: 'Root', role: 'admin' },
      ],
      ...settings,
    })
    if (made.status !== 201) throw new Error(`The provider is not taken: ${made.status} ${made.text}`)
    const { body } = await tenant.admin.post(`/sign-on/providers/${made.body.id}/provisioning/tokens`)
    return {
      provider: made.body as SignOnProviderDocument,
      idp: new ScimProvider(tenant, body.token as string),
    }
  }
  const { provider: nordwind, idp } = await joinWith(acme, { name: 'Nordwind' })
  return {
    platform,
    acme,
    nordwind,
    idp,
    join: joinWith,
    async memberOf(id) {
      const [member] = await acme.sql<{ name: string; email: string; roles: string[]; status: string }>(
        'SELECT name, email, roles, status FROM plinth.member WHERE id = $1',
        [id],
      )
      return member
    },
  }
}
