import { Hono } from 'hono'
import { invalid } from '../../errors.ts'
import { readProvider, type Provider } from '../../sign-on/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { rolesOf } from '../grantable-roles.ts'
import { describe } from '../openapi/describe.ts'
import {
  changeProviderRoute,
  createProviderRoute,
  providerRoute,
  providersRoute,
  removeProviderRoute,
  rolesRoute,
  testProviderRoute,
} from '../openapi/sign-on-descriptions.ts'
import { originOf } from '../origin.ts'
import { readObject } from '../read-json.ts'
import { requireReach } from '../provider-reach.ts'
import { readVersion } from '../read-version.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'
import { certificateDocument, providerDocument } from '../provider-document.ts'

const MOST_PROVIDERS = 50
const READ = 'platform.kernel.signOn.read'
const MANAGE = 'platform.kernel.signOn.manage'

/** The providers a workspace lets people sign in with. */
export function signOnRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { providers, openId, saml } = services
  const tell = (c: HttpContext, provider: Provider) => providerDocument(services, c.get('tenant'), provider)
  return new Hono<HttpEnvironment>()
    .get('/sign-on/providers', describe(providersRoute), async (c) => {
      c.get('access').require(READ)
      const items = await providers.list(c.get('tenant').id)
      return c.json({ items: items.map((each) => tell(c, each)) })
    })
    .get('/sign-on/roles', describe(rolesRoute), (c) => {
      c.get('access').require(READ)
      const { view } = c.get('plugins')
      const items = rolesOf(c.get('plugins')).map((id) => ({
        id,
        label: SYSTEM_LABELS[id] ?? view.roles.get(id)?.label ?? { en: id },
      }))
      return c.json({ items })
    })
    .post('/sign-on/providers', describe(createProviderRoute), async (c) => {
      c.get('access').require(MANAGE)
      await requireRecent(c, services)
      const { id: tenantId } = c.get('tenant')
      const input = await readProvider(await readObject(c), saml)
      await requireReach(c, services, input)
      if ((await providers.list(tenantId)).length >= MOST_PROVIDERS)
        throw invalid('', 'too_many', `A workspace has at most ${MOST_PROVIDERS} providers.`)
      const provider = await providers.create(tenantId, originOf(c, services), input)
      return c.json(tell(c, provider), 201, {
        location: `${c.get('base')}/api/v1/sign-on/providers/${provider.id}`,
        etag: `"${provider.version}"`,
      })
    })
    .get('/sign-on/providers/:id', describe(providerRoute), async (c) => {
      c.get('access').require(READ)
      const provider = await providers.get(c.get('tenant').id, c.req.param('id'))
      return c.json(tell(c, provider), 200, { etag: `"${provider.version}"` })
    })
    .patch('/sign-on/providers/:id', describe(changeProviderRoute), async (c) => {
      c.get('access').require(MANAGE)
      await requireRecent(c, services)
      const { id: tenantId } = c.get('tenant')
      const before = await providers.get(tenantId, c.req.param('id'))
      const version = readVersion(c.req.header('if-match'), undefined)
      const input = await readProvider(
        await readObject(c),
        saml,
        before,
        providers.secretOf(tenantId, before),
      )
      // Other people than before would come in under the same rights.
      await requireReach(c, services, input, before.id)
      if (input.kind === 'openid' && input.settings.issuer !== before.settings.issuer)
        throw invalid('/issuer', 'immutable', 'Another issuer is another provider: its people are others.')
      const provider = await providers.update(tenantId, originOf(c, services), before, version, input)
      return c.json(tell(c, provider), 200, { etag: `"${provider.version}"` })
    })
    .delete('/sign-on/providers/:id', describe(removeProviderRoute), async (c) => {
      c.get('access').require(MANAGE)
      await requireRecent(c, services)
      const { id: tenantId } = c.get('tenant')
      await providers.remove(
        tenantId,
        originOf(c, services),
        await providers.get(tenantId, c.req.param('id')),
      )
      return c.body(null, 204)
    })
    .post('/sign-on/providers/:id/test', describe(testProviderRoute), async (c) => {
      c.get('access').require(MANAGE)
      const provider = await providers.get(c.get('tenant').id, c.req.param('id'))
      if (provider.kind === 'saml') {
        const { issuer, entryPoint, certificates } = await saml.test(provider.settings)
        return c.json({
          issuer,
          authorizationEndpoint: entryPoint,
          certificates: certificates.map(certificateDocument),
        })
      }
      const said = await openId.test(provider.settings)
      return c.json({
        issuer: said.issuer,
        authorizationEndpoint: said.authorization_endpoint,
        tokenEndpoint: said.token_endpoint,
        algorithms: said['id_token_signing_alg_values_supported'],
      })
    })
}

const SYSTEM_LABELS: Readonly<Record<string, { en: string; de: string }>> = {
  member: { en: 'Member', de: 'Mitglied' },
  admin: { en: 'Administration', de: 'Administration' },
}
