import { Hono } from 'hono'
import { checkTakeover, giverOf } from '../../accounts/index.ts'
import { isUuid } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { makePasswordLinkRoute } from '../openapi/member-security-descriptions.ts'
import { originOf } from '../origin.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'
import { requireMember } from './session.ts'

/** What those who manage members do for one who has no way in any more. */
export function memberPasswordLinkRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().post(
    '/members/:id/password-link',
    describe(makePasswordLinkRoute),
    async (c) => {
      c.get('access').require('platform.kernel.member.manage')
      // In person: a program that can make such links could be anybody.
      const { member: maker } = requireMember(c.get('identity'))
      await requireRecent(c, services)
      const id = c.req.param('id')
      const tenant = c.get('tenant')
      const found = isUuid(id) ? await services.members.actingAs(tenant.id, id) : undefined
      if (!found?.member) throw new Failure('not_found')
      if (id === maker.id) throw new Failure('own_account')
      checkTakeover(giverOf(c.get('identity'), c.get('plugins')), found)
      return c.json(
        await services.passwordLinks.make(tenant, found.member, maker, originOf(c, services)),
        201,
      )
    },
  )
}
