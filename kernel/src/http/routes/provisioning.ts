import { Hono } from 'hono'
import { isUuid } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import { provisioningOf } from '../../scim/index.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import {
  createScimTokenRoute,
  provisioningRoute,
  removeScimTokenRoute,
} from '../openapi/provisioning-descriptions.ts'
import { originOf } from '../origin.ts'
import { requireReach } from '../provider-reach.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { readEnd } from '../read-key.ts'
import { requireRecent } from '../require-recent.ts'
import { scimRoot } from '../scim/answer-scim.ts'
import type { HttpServices } from '../services.ts'

const READ = 'platform.kernel.signOn.read'
const MANAGE = 'platform.kernel.signOn.manage'
const PEOPLE = 'platform.kernel.member.manage'

/** How a provider keeps members in step by SCIM, and the tokens it does so with. */
export function provisioningRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { database, providers, scimTokens } = services
  return new Hono<HttpEnvironment>()
    .get('/sign-on/providers/:id/provisioning', describe(provisioningRoute), async (c) => {
      c.get('access').require(READ)
      const { id: tenantId, slug } = c.get('tenant')
      const provider = await providers.get(tenantId, c.req.param('id'))
      const [tokens, kept] = await Promise.all([
        scimTokens.list(tenantId, provider.id),
        provisioningOf(database, tenantId, provider),
      ])
      return c.json({ baseUrl: scimRoot(services, slug), tokens, ...kept })
    })
    .post('/sign-on/providers/:id/provisioning/tokens', describe(createScimTokenRoute), async (c) => {
      // Whoever has the token takes people in and shuts them out.
      for (const permission of [MANAGE, PEOPLE]) c.get('access').require(permission)
      await requireRecent(c, services)
      const { id: tenantId } = c.get('tenant')
      const provider = await providers.get(tenantId, c.req.param('id'))
      await requireReach(c, services, provider, provider.id)
      const { expiresAt = null, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const made = await scimTokens.create(tenantId, provider.id, readEnd(expiresAt), originOf(c, services))
      return c.json(made, 201)
    })
    .delete(
      '/sign-on/providers/:id/provisioning/tokens/:token',
      describe(removeScimTokenRoute),
      async (c) => {
        c.get('access').require(MANAGE)
        const { id: tenantId } = c.get('tenant')
        const provider = await providers.get(tenantId, c.req.param('id'))
        const token = c.req.param('token')
        if (!isUuid(token)) throw new Failure('not_found')
        await scimTokens.remove(tenantId, provider.id, token, originOf(c, services))
        return c.body(null, 204)
      },
    )
}
