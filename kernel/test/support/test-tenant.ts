import { randomBytes } from 'node:crypto'
import type { Tier } from '@plinth/sdk'
import type { Platform } from '../../src/boot.ts'
import type { Home, Level } from '../../src/data/index.ts'
import { asAdmin } from '../../src/data/index.ts'
import { addSampleData } from '../../src/demo/index.ts'
import { runInTenant, type Tenant } from '../../src/tenancy/index.ts'
import { Client, type Credentials, type Send } from './client.ts'

export interface TestTenantOptions {
  readonly slug: string
  /** Default: `custom`, the tier that may have everything. */
  readonly tier?: Tier
  /** Plugins to switch on, with what they require. Default: all the tier permits. */
  readonly plugins?: readonly string[]
  /** How far apart from the others it lives. Default: as the platform was booted. */
  readonly level?: Level
  /** IANA name of its time zone. Default: that of the configuration, UTC. */
  readonly timeZone?: string
  /** Whether each plugin fills the workspace with its sample data. */
  readonly sampleData?: boolean
}

const PASSWORD = 'correct horse battery staple'

/** A workspace with people in it. */
export class TestTenant {
  readonly id: string
  readonly slug: string
  /** How the two sign in, for those who come by browser. */
  readonly credentials: Readonly<Record<'admin' | 'member', Credentials>>
  /** An administrator. */
  readonly admin: Client
  /** An ordinary member, with the roles every member has. */
  readonly member: Client
  /** Someone who has not signed in. */
  readonly anonymous: Client
  readonly #platform: Platform
  readonly #send: Send
  readonly #origin: string

  constructor(platform: Platform, tenant: { id: string; slug: string }, send: Send, origin: string) {
    this.id = tenant.id
    this.slug = tenant.slug
    this.#platform = platform
    this.#send = send
    this.#origin = origin
    this.credentials = {
      admin: credentialsOf('admin', tenant.slug),
      member: credentialsOf('member', tenant.slug),
    }
    this.admin = this.client(this.credentials.admin)
    this.member = this.client(this.credentials.member)
    this.anonymous = this.client()
  }

  /** A client that signs in with these credentials; without them, one that does not. */
  client(credentials?: Credentials): Client {
    return new Client({
      send: this.#send,
      origin: this.#origin,
      ...(credentials ? { credentials } : {}),
    })
  }

  /** A program that uses an API key. */
  clientWithKey(key: string): Client {
    return new Client({ send: this.#send, origin: this.#origin, key })
  }

  /** Where it lives now. */
  async home(): Promise<Home> {
    return this.#platform.root.cradle.tenants.relocate(this.id)
  }

  /** Runs SQL as superuser where the tenant lives. Tables are named as if it lived at level shared: `shared.rooms_room`. */
  async sql<R = Record<string, any>>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    const { server, database, schema } = await this.home()
    const url = this.#platform.root.cradle.servers.adminUrl(server, database)
    const { rows } = await asAdmin(url, (client) =>
      client.query(text.replaceAll(/\bshared\./g, `${schema}.`), [...values]),
    )
    return rows as R[]
  }

  /** Adds a member with the given roles, by full id such as `crm.lead`. */
  async addMember(roles: readonly string[] = []): Promise<Client & { readonly id: string }> {
    const credentials = credentialsOf(`member-${randomBytes(4).toString('hex')}`, this.slug)
    const id = await addMember(this.#platform, this.id, credentials, roles)
    return Object.assign(this.client(credentials), { id })
  }

  /** Switches a plugin on or off, as the administrator would. */
  async switch(action: 'enable' | 'disable', plugin: string): Promise<void> {
    const plan = await this.admin.post(`/plugins/${plugin}/plan`, { action })
    if (plan.status !== 200)
      throw new Error(`Cannot ${action} ${plugin} in ${this.slug}: ${plan.status} ${plan.text}`)
    const { status, text } = await this.admin.post(`/plugins/${plugin}/apply`, {
      action,
      hash: plan.body.hash,
    })
    if (status !== 200) throw new Error(`Cannot ${action} ${plugin} in ${this.slug}: ${status} ${text}`)
  }
}

/** Creates a tenant with an administrator and a member. */
export async function createTestTenant(platform: Platform, options: TestTenantOptions): Promise<Tenant> {
  const { slug, tier = 'custom', level = 'shared' } = options
  const { places, tenants } = platform.root.cradle
  const [server] = places.servers.serving(level)
  if (!server) throw new Error(`No server takes tenants at level ${level}`)
  if (level !== 'shared') await places.prepare(server, level)
  const tenant = await tenants.create({
    level,
    slug,
    name: slug,
    tier,
    locale: 'en',
    hue: 200,
    timeZone: options.timeZone,
  })
  if (!tenant) throw new Error(`There is a tenant "${slug}" already`)
  await Promise.all([
    addMember(platform, tenant.id, credentialsOf('admin', slug), ['admin']),
    addMember(platform, tenant.id, credentialsOf('member', slug), []),
  ])
  return tenant
}

/** Switches on what the options say, and adds sample data. */
export async function furnishTestTenant(
  platform: Platform,
  tenant: Tenant,
  people: TestTenant,
  options: TestTenantOptions,
): Promise<void> {
  const { catalogue, states } = platform.root.cradle
  const { body } = await people.admin.get('/plugins')
  const permitted = (body.items as { id: string; locked?: unknown; state: string }[]).filter(
    (card) => !card.locked && card.state !== 'quarantined',
  )
  for (const id of options.plugins ?? permitted.map((card) => card.id)) {
    if (!(await states.of(tenant)).view.ids.has(id)) await people.switch('enable', id)
  }
  if (!options.sampleData) return
  for (const plugin of (await states.of(tenant)).view.active)
    await runInTenant(tenant, () =>
      addSampleData(platform.root.cradle, tenant, catalogue.plugins.get(plugin.id)!),
    )
}

async function addMember(
  platform: Platform,
  tenantId: string,
  { email, password }: Credentials,
  roles: readonly string[],
): Promise<string> {
  const id = await platform.root.cradle.members.create(tenantId, {
    email,
    name: email.split('@')[0]!,
    password,
    roles: ['member', ...roles],
    locale: null,
  })
  if (id === undefined) throw new Error(`There is a member ${email} already`)
  return id
}

function credentialsOf(name: string, slug: string): Credentials {
  return { email: `${name}@${slug}.example`, password: PASSWORD }
}
