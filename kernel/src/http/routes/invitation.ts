import { Hono } from 'hono'
import { checkReach } from '../../accounts/index.ts'
import { Failure } from '../../errors.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { acceptInvitationRoute, lookInvitationRoute } from '../openapi/invitation-descriptions.ts'
import { openSession } from '../open-session.ts'
import { visitorOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { readNewPassword, readPersonName, readToken } from '../read-member.ts'
import type { HttpServices } from '../services.ts'
import { stillVouches } from '../still-vouches.ts'
import { sameOrigin } from '../steps/same-origin.ts'
import { sessionDocument } from './session.ts'

/** What someone does who was invited and has no account yet. The token travels in bodies, so that it gets into no log. */
export function invitationRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { invitations, policies } = services
  /** @throws Failure `link_invalid` */
  const look = async (c: HttpContext, token: string) => {
    const found = await invitations.look(c.get('tenant').id, token)
    if (!(await stillVouches(c, services, found.madeBy, (giver) => checkReach(giver, found.roles))))
      throw new Failure('link_invalid')
    return found
  }
  return new Hono<HttpEnvironment>()
    .post('/invitation', describe(lookInvitationRoute), sameOrigin, async (c) => {
      const { token, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const { email, name } = await look(c, readToken(token))
      const { minLength } = (await policies.of(c.get('tenant').id)).password
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
      const { email } = await look(c, wish.token)
      const member = await invitations.accept(c.get('tenant'), { ...wish, email }, visitorOf(c, services))
      const identity = await openSession(c, services, { member, method: 'invitation' })
      return c.json(await sessionDocument(services, identity), 201)
    })
}
