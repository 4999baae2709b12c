import { Hono } from 'hono'
import { checkWholeReach, giverOf } from '../../accounts/index.ts'
import { isUuid } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { resetFactorsRoute } from '../openapi/second-factor-descriptions.ts'
import { originOf } from '../origin.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'

/** What those who manage members do about second factors. */
export function memberSecondFactorRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().delete(
    '/members/:id/second-factors',
    describe(resetFactorsRoute),
    async (c) => {
      c.get('access').require('platform.kernel.member.manage')
      const memberId = c.req.param('id')
      const tenantId = c.get('tenant').id
      const found = isUuid(memberId) ? await services.members.actingAs(tenantId, memberId) : undefined
      if (!found) throw new Failure('not_found')
      // One's own are removed one by one, each confirmed with what is there.
      if (memberId === c.get('identity').actor.id)
        throw new Failure('action_refused', { detail: 'Nobody resets their own second factors.' })
      // Who knows the password of someone with more rights must not get at them by taking the second factor away.
      checkWholeReach(giverOf(c.get('identity'), c.get('plugins')), found)
      await requireRecent(c, services)
      await services.secondFactors.reset({ tenantId, memberId }, originOf(c, services))
      return c.body(null, 204)
    },
  )
}
