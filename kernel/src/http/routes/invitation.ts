import { Hono } from 'hono'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { acceptInvitationRoute, lookInvitationRoute } from '../openapi/invitation-descriptions.ts'
import { openSession } from '../open-session.ts'
import { visitorOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { readNewPassword, readPersonName, readToken } from '../read-member.ts'
import type { HttpServices } from '../services.ts'
import { sameOrigin } from '../steps/same-origin.ts'
import { sessionDocument } from './session.ts'

/** What someone does who was invited and has no account yet. The token travels in bodies, so that it gets into no log. */
export function invitationRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { invitations, policies } = services
  return new Hono<HttpEnvironment>()
    .post('/invitation', describe(lookInvitationRoute), sameOrigin, async (c) => {
      const { token, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const tenant = c.get('tenant')
      const { email, name } = await invitations.look(tenant.id, readToken(token))
      const { minLength } = (await policies.of(tenant.id)).password
      return c.json({ email, name, minLength })
    })
    .post('/invitation/accept', describe(acceptInvitationRoute), sameOrigin, async (c) => {
      const { token, name, password, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const wish = {
        token: readToken(token),
        name: readPersonName(name),
        password: readNewPassword(password),
      }
      const member = await invitations.accept(c.get('tenant'), wish, visitorOf(c, services))
      const identity = await openSession(c, services, { member, method: 'invitation' })
      return c.json(await sessionDocument(services, identity), 201)
    })
}
