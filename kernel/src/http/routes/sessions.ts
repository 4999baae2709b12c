import { Hono } from 'hono'
import { checkReach, giverOf } from '../../accounts/index.ts'
import { isUuid } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import {
  endMemberSessionsRoute,
  endOtherSessionsRoute,
  endSessionRoute,
  memberSessionsRoute,
  sessionsRoute,
} from '../openapi/session-list-descriptions.ts'
import { originOf } from '../origin.ts'
import type { HttpServices } from '../services.ts'
import { requireMember } from './session.ts'

const MANAGE = 'platform.kernel.member.manage'

/** Where members are signed in: one's own sessions, and those of others for who manages members. */
export function sessionListRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { sessionList } = services
  return new Hono<HttpEnvironment>()
    .get('/sessions', describe(sessionsRoute), async (c) => {
      const { member, sessionId } = requireMember(c.get('identity'))
      return c.json({ items: await sessionList.of(c.get('tenant').id, member.id, sessionId) })
    })
    .delete('/sessions', describe(endOtherSessionsRoute), async (c) => {
      const { member, sessionId = null } = requireMember(c.get('identity'))
      const choice = { except: sessionId }
      const ended = await sessionList.end(c.get('tenant').id, member.id, choice, originOf(c, services))
      return c.json({ ended })
    })
    .delete('/sessions/:id', describe(endSessionRoute), async (c) => {
      const { member } = requireMember(c.get('identity'))
      const choice = { only: idOf(c) }
      if ((await sessionList.end(c.get('tenant').id, member.id, choice, originOf(c, services))) === 0)
        throw new Failure('not_found')
      return c.body(null, 204)
    })
    .get('/members/:id/sessions', describe(memberSessionsRoute), async (c) => {
      c.get('access').require(MANAGE)
      const { sessionId } = c.get('identity')
      return c.json({
        items: await sessionList.of(c.get('tenant').id, await memberOf(c, services), sessionId),
      })
    })
    .delete('/members/:id/sessions', describe(endMemberSessionsRoute), async (c) => {
      c.get('access').require(MANAGE)
      const member = idOf(c)
      const { roles } = await services.memberAccounts.get(c.get('tenant').id, member)
      const giver = giverOf(c.get('identity'), c.get('plugins'))
      // Else whoever manages members could keep out those above them.
      if (member !== giver.memberId) checkReach(giver, roles)
      const own = c.get('identity').sessionId ?? null
      const ended = await sessionList.end(c.get('tenant').id, member, { except: own }, originOf(c, services))
      return c.json({ ended })
    })
}

function idOf(c: HttpContext): string {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Failure('not_found')
  return id
}

/** The member of the address, active or not. @throws Failure `not_found` */
async function memberOf(c: HttpContext, { members }: HttpServices): Promise<string> {
  const id = idOf(c)
  if (!(await members.names(c.get('tenant').id, [id])).has(id)) throw new Failure('not_found')
  return id
}
