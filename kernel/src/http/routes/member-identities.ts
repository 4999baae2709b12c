import { Hono } from 'hono'
import { checkTakeover, giverOf } from '../../accounts/index.ts'
import { isUuid } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import { identitiesOf, unlinkIdentities } from '../../sign-on/index.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { memberIdentitiesRoute, unlinkIdentityRoute } from '../openapi/member-security-descriptions.ts'
import { originOf } from '../origin.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'
import { requireMember } from './session.ts'

/** As whom providers know a member, and having one know them no more. */
export function memberIdentityRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/members/:id/identities', describe(memberIdentitiesRoute), async (c) => {
      c.get('access').require('platform.kernel.member.manage')
      const memberId = c.req.param('id')
      if (!isUuid(memberId)) throw new Failure('not_found')
      const owner = { tenantId: c.get('tenant').id, memberId }
      return c.json({ items: await identitiesOf(services.database, owner) })
    })
    .delete('/members/:id/identities/:provider', describe(unlinkIdentityRoute), async (c) => {
      c.get('access').require('platform.kernel.member.manage')
      const { member: actor } = requireMember(c.get('identity'))
      await requireRecent(c, services)
      const [memberId, provider] = [c.req.param('id'), c.req.param('provider')]
      const tenantId = c.get('tenant').id
      const found = isUuid(memberId) ? await services.members.actingAs(tenantId, memberId) : undefined
      if (!found || !isUuid(provider)) throw new Failure('not_found')
      if (memberId === actor.id) throw new Failure('own_account')
      // Whoever has the address at the provider by now becomes the member.
      checkTakeover(giverOf(c.get('identity'), c.get('plugins')), found)
      await unlinkIdentities(services, { tenantId, memberId }, provider, originOf(c, services))
      return c.body(null, 204)
    })
}
