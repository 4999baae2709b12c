import { addProvider, SignOnBrowser } from '../sign-on-browser.ts'
import { asOperator } from '../operator.ts'
import { OAuthProgram } from '../oauth-client.ts'
import type { IdentityProvider } from '../support/identity-provider.ts'
import { consentDeeds } from './consent-deeds.ts'
import { personDeeds } from './person-deeds.ts'
import { scimDeeds } from './scim-deeds.ts'
import type { Deed, DeedWorld } from './deed-world.ts'

/** Why an operation leaves no entry of its own, or cannot fail for want of one. */
export const WITHOUT_ENTRY: Readonly<Record<string, string>> = {
  'POST /plugins/{id}/plan': 'says what would happen',
  'POST /oauth/introspect': 'only looks',
  'POST /oauth/authorization': 'only says what a program asks for; what is decided is an entry',
  'POST /invitation': 'only looks at the invitation',
  'POST /session/password/link': 'only looks at the link',
  'POST /sign-on/providers/{id}/test': 'only asks the provider for its metadata',
  'POST /auth/start': 'sends the browser to the provider; what comes of it is an entry',
  'POST /auth/{provider}/posted':
    'keeps an answer for the browser that asked, which then comes to /auth/callback',
  'POST /session/passkey/options': 'asks a question; the answer is an entry',
  'POST /session/second-factor/verify/passkey': 'asks a question; the answer is an entry',
  'POST /session/second-factor/verify/email': 'sends a code; giving it is an entry',
  'POST /session/second-factor/email': 'sends a code; giving it is an entry',
  'POST /session/second-factor/passkey': 'asks a question; the answer is an entry',
  'POST /session/second-factor/totp':
    'shows a secret that counts for nothing until it is confirmed, which is an entry',
}

/** What takes letters, or parties of its own, and is looked at where those are. */
export const TRIED_ELSEWHERE: Readonly<Record<string, string>> = {
  'POST /session/second-factor/email/confirm': 'mail-codes.integration.test.ts',
  'POST /session/password/forgotten': 'account-links.integration.test.ts',
  'POST /session/password/reset': 'account-links.integration.test.ts',
  'POST /session/link': 'account-links.integration.test.ts',
  'POST /session/link/open': 'account-links.integration.test.ts',
}

/** How everything is changed that is the kernel's own. */
export function kernelDeeds(world: DeedWorld, provider: IdentityProvider): Record<string, Deed> {
  const { acme, platform } = world
  const { admin } = acme
  let count = 0
  const fresh = (what: string): string => `${what} ${(count += 1)}`
  const made = async (path: string, body: object): Promise<any> => {
    const answer = await admin.post(path, body)
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`)
    return answer.body
  }
  const key = () => made('/api-keys', { name: fresh('Key'), permissions: ['platform.kernel.member.read'] })
  const wish = { kind: 'service', scopes: ['platform.kernel.member.read'] }
  const client = () => made('/oauth/clients', { name: fresh('Client'), ...wish })
  const role = () => made('/roles', { label: fresh('Role') })
  const email = () => `${fresh('guest').replace(' ', '')}@else.example`
  const invitation = () => made('/members/invitations', { email: email(), name: 'Noor Haddad' })
  const plan = async (action: string, id: string): Promise<string> =>
    (await admin.post(`/plugins/${id}/plan`, { action })).body.hash
  const FIELDS = '/custom-fields/garage/car'
  const field = () => made(FIELDS, { type: 'text', label: fresh('Field') })
  return {
    ...personDeeds(world),
    ...scimDeeds(world),
    'POST /api-keys': async () => () =>
      admin.post('/api-keys', { name: fresh('Key'), permissions: ['platform.kernel.member.read'] }),
    'PATCH /api-keys/{id}': async () => {
      const { id } = await key()
      return () => admin.patch(`/api-keys/${id}`, { name: fresh('Renamed') })
    },
    'POST /api-keys/{id}/rotate': async () => {
      const { id } = await key()
      return () => admin.post(`/api-keys/${id}/rotate`)
    },
    'DELETE /api-keys/{id}': async () => {
      const { id } = await key()
      return () => admin.delete(`/api-keys/${id}`)
    },
    'POST /oauth/clients': async () => () => admin.post('/oauth/clients', { name: fresh('Client'), ...wish }),
    'PATCH /oauth/clients/{id}': async () => {
      const { id } = await client()
      return () => admin.patch(`/oauth/clients/${id}`, { name: fresh('Renamed') })
    },
    'POST /oauth/clients/{id}/rotate': async () => {
      const { id } = await client()
      return () => admin.post(`/oauth/clients/${id}/rotate`)
    },
    'DELETE /oauth/clients/{id}': async () => {
      const { id } = await client()
      return () => admin.delete(`/oauth/clients/${id}`)
    },
    'POST /oauth/token': async () => {
      const program = new OAuthProgram(acme, await client())
      return () => program.send('token', { grant_type: 'client_credentials' })
    },
    'POST /oauth/revoke': async () => {
      const program = new OAuthProgram(acme, await client())
      const token = await program.token()
      return () => program.send('revoke', { token })
    },
    ...consentDeeds(world),
    'POST /roles': async () => () => admin.post('/roles', { label: fresh('Role') }),
    'PATCH /roles/{id}': async () => {
      const { id, version } = await role()
      return () => admin.patch(`/roles/${id}`, { description: fresh('Changed') }, { version })
    },
    'DELETE /roles/{id}': async () => {
      const { id } = await role()
      return () => admin.delete(`/roles/${id}`)
    },
    'POST /members/invitations': async () => {
      const body = { email: email(), name: 'Noor Haddad' }
      return () => admin.post('/members/invitations', body)
    },
    'POST /members/invitations/{id}/resend': async () => {
      const { id } = await invitation()
      return () => admin.post(`/members/invitations/${id}/resend`)
    },
    'DELETE /members/invitations/{id}': async () => {
      const { id } = await invitation()
      return () => admin.delete(`/members/invitations/${id}`)
    },
    'POST /invitation/accept': async () => {
      const { link } = await invitation()
      const body = {
        token: link.split(/[#=/]/).at(-1),
        name: 'Noor Haddad',
        password: 'a wholly new passphrase',
      }
      return () => acme.anonymous.post('/invitation/accept', body)
    },
    'PATCH /members/{id}': async () => {
      const { id } = await acme.addMember()
      return () => admin.patch(`/members/${id}`, { name: fresh('Renamed') })
    },
    'PATCH /security/policy': async () => {
      const attempts = 5 + (count += 1)
      return () => admin.patch('/security/policy', { lockout: { attempts } })
    },
    'POST /security/policy/versions/{number}/restore': async () => {
      await admin.patch('/security/policy', { lockout: { attempts: 5 + (count += 1) } })
      const { body } = await admin.get('/security/policy/versions')
      return () => admin.post(`/security/policy/versions/${body.items[1].number}/restore`)
    },
    'POST /security/baseline': async () => {
      await admin.patch('/security/policy', {
        password: { minLength: 8 },
        secondFactor: { required: 'administrators' },
      })
      const { body } = await admin.get('/security/baseline')
      return () => admin.post('/security/baseline', { version: body.version })
    },
    'POST /audit/verify': async () => () => admin.post('/audit/verify'),
    'POST /plugins/{id}/apply': async () => {
      const { body } = await admin.get('/plugins')
      const { state } = body.items.find(({ id }: { id: string }) => id === 'billboard')
      const action = state === 'enabled' ? 'disable' : 'enable'
      const hash = await plan(action, 'billboard')
      return () => admin.post('/plugins/billboard/apply', { action, hash })
    },
    'POST /plugins/{id}/retry': async () => {
      await acme.sql(
        `UPDATE plinth.plugin_state SET state = 'quarantined', reason = 'It stumbled' WHERE tenant_id = $1 AND plugin = 'billboard'`,
        [acme.id],
      )
      await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
      return () => admin.post('/plugins/billboard/retry')
    },
    'PATCH /features/{plugin}/{feature}': async () => {
      const { body } = await admin.get('/features')
      const { override, version } = body.items.find(({ id }: { id: string }) => id === 'survey')
      return () => admin.patch('/features/yard/survey', { on: override ? null : true }, { version })
    },
    'DELETE /operator-accesses/{id}': async () => {
      const { body } = await asOperator(platform, 'POST', '/tenants/acme/access', {
        reason: 'Ticket 4711: a total looks wrong',
      })
      return () => admin.delete(`/operator-accesses/${body.id}`)
    },
    'POST /custom-fields/{plugin}/{entity}': async () => {
      const label = fresh('Field')
      return () => admin.post(FIELDS, { type: 'text', label })
    },
    'PATCH /custom-fields/{plugin}/{entity}/{id}': async () => {
      const { id, version } = await field()
      return () => admin.patch(`${FIELDS}/${id}`, { label: fresh('Renamed') }, { version })
    },
    'DELETE /custom-fields/{plugin}/{entity}/{id}': async () => {
      const { id } = await field()
      return () => admin.delete(`${FIELDS}/${id}`)
    },
    ...providerDeeds(world, provider, () => fresh('Provider')),
  }
}

const TAKES_IN = { onboarding: true, domains: ['acme.example'] }

function providerDeeds(
  { acme }: DeedWorld,
  provider: IdentityProvider,
  fresh: () => string,
): Record<string, Deed> {
  const { admin } = acme
  const added = () => addProvider(acme, provider, { ...TAKES_IN, name: fresh() })
  let people = 0
  return {
    'POST /sign-on/providers': async () => {
      const { issuer, clientId, clientSecret: secret } = provider
      return () => admin.post('/sign-on/providers', { name: fresh(), issuer, clientId, secret })
    },
    'PATCH /sign-on/providers/{id}': async () => {
      const { id, version } = await added()
      return () => admin.patch(`/sign-on/providers/${id}`, { name: fresh() }, { version })
    },
    'DELETE /members/{id}/identities/{provider}': async () => {
      const [{ id }, { id: theirs }] = await Promise.all([added(), acme.addMember()])
      await acme.sql(
        'INSERT INTO plinth.sign_on_identity (tenant_id, provider_id, subject, member_id) VALUES ($1, $2, $3, $4)',
        [acme.id, id, `subject of ${theirs}`, theirs],
      )
      return () => admin.delete(`/members/${theirs}/identities/${id}`)
    },
    'DELETE /sign-on/providers/{id}': async () => {
      const { id } = await added()
      return () => admin.delete(`/sign-on/providers/${id}`)
    },
    'POST /auth/callback': async () => {
      const { id } = await added()
      const sub = `someone-${(people += 1)}`
      provider.claims = { sub, email: `${sub}@acme.example`, email_verified: true, name: 'Ada Kessler' }
      const browser = new SignOnBrowser(acme)
      const { body } = await browser.start(id)
      const { parameters } = provider.authorize(body.url)
      return () => browser.finish(id, parameters)
    },
  }
}
