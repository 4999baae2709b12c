import { Hono } from 'hono'
import { isUuid } from '../../data/index.ts'
import { Failure, invalid } from '../../errors.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { beginViewRoute, endViewRoute } from '../openapi/session-view-descriptions.ts'
import { originOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'
import { mayView, VIEW_AS } from '../viewing.ts'
import { requireMember, sessionDocument } from './session.ts'

/** Seeing the workspace as a colleague does, without changing anything. */
export function sessionViewRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { members, sessions, sessionViews } = services
  const current = async (c: HttpContext) => {
    const found = await sessions.find(c.get('tenant').id, c.get('sessionToken')!)
    return c.json(await sessionDocument(services, found!))
  }
  return new Hono<HttpEnvironment>()
    .post('/session/view', describe(beginViewRoute), async (c) => {
      const own = requireMember(c.get('identity'))
      c.get('access').require(VIEW_AS)
      await requireRecent(c, services)
      const { member: id, ...rest } = await readObject(c)
      refuseUnknown(rest)
      if (typeof id !== 'string') throw invalid('/member', 'type', 'The id of a member is needed here.')
      if (id.toLowerCase() === own.member.id) throw new Failure('own_account')
      const tenantId = c.get('tenant').id
      const viewed = isUuid(id) ? await members.actingAs(tenantId, id) : undefined
      if (!viewed) throw invalid('/member', 'unknown', 'There is no such active member.')
      if (!mayView(own, viewed, c.get('plugins')))
        throw new Failure('permission_missing', {
          detail: 'This member may do something that you may not.',
          extensions: { permission: VIEW_AS },
        })
      await sessionViews.begin(tenantId, own.sessionId!, viewed.member!.id, originOf(c, services))
      return current(c)
    })
    .delete('/session/view', describe(endViewRoute), async (c) => {
      const { sessionId, viewing } = requireMember(c.get('identity'))
      if (!viewing) throw new Failure('not_found')
      await sessionViews.end(c.get('tenant').id, sessionId!, originOf(c, services))
      return current(c)
    })
}
