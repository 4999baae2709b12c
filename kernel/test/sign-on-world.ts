import { join } from 'node:path'
import { inject } from 'vitest'
import type { SignOnProviderDocument } from '@plinth/sdk'
import { IdentityProvider } from './support/identity-provider.ts'
import { addProvider, SignOnBrowser } from './sign-on-browser.ts'
import { bootForTest, type Answer, type TestPlatform, type TestTenant } from './support/index.ts'

/** Settings of a provider that takes people in. */
export const WHOLE = {
  onboarding: true,
  domains: ['acme.example'],
  rolesClaim: 'groups',
  mapping: [
    { value: 'People', role: 'employees.people-lead' },
    { value: 'Root', role: 'admin' },
  ],
}

/** A workspace with two providers, `beta` beside it with none. */
export interface SignOnWorld {
  readonly platform: TestPlatform
  readonly acme: TestTenant
  readonly provider: IdentityProvider
  readonly other: IdentityProvider
  /** `provider` as the workspace knows it, and `other`. */
  readonly nordwind: SignOnProviderDocument
  readonly second: SignOnProviderDocument
  /** Claims of someone the provider knows and the workspace does not. */
  readonly stranger: (claims?: object) => Readonly<Record<string, unknown>>
  readonly memberOf: (email: unknown) => Promise<{ id: string; roles: string[]; name: string } | undefined>
  /** Signs in with `provider`. */
  readonly signOn: () => Promise<Answer>
  /** Has both providers behave again. */
  readonly forgive: () => void
  readonly stop: () => Promise<void>
}

export async function bootSignOn(): Promise<SignOnWorld> {
  const provider = await IdentityProvider.start()
  const other = await IdentityProvider.start()
  const platform = await bootForTest({
    adminUrl: inject('adminUrl'),
    pluginsFolder: join(import.meta.dirname, '../../plugins'),
    plugins: ['employees'],
    tenants: [{ slug: 'acme' }, { slug: 'beta' }],
    config: {
      publicUrl: 'http://{tenant}.localhost',
      privateProviders: new Set([provider.host, other.host]),
    },
  })
  const acme = platform.tenant('acme')
  const nordwind = await addProvider(acme, provider, WHOLE)
  const second = await addProvider(acme, other, { ...WHOLE, name: 'Other' })
  let count = 0
  return {
    platform,
    acme,
    provider,
    other,
    nordwind,
    second,
    stranger(claims = {}) {
      count += 1
      const sub = `someone-${count}`
      return { sub, email: `${sub}@acme.example`, email_verified: true, name: `Ada Nr${count}`, ...claims }
    },
    async memberOf(email) {
      const [member] = await acme.sql<{ id: string; roles: string[]; name: string }>(
        'SELECT id, roles, name FROM plinth.member WHERE email = $1',
        [email],
      )
      return member
    },
    signOn: () => new SignOnBrowser(acme).signOn(nordwind.id, provider),
    forgive() {
      for (const each of [provider, other]) Object.assign(each, { misdeeds: {}, userinfo: {} })
    },
    async stop() {
      await platform.stop()
      await Promise.all([provider.stop(), other.stop()])
    },
  }
}
