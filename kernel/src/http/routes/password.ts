import { Hono } from 'hono'
import { Failure, invalid } from '../../errors.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { changePasswordRoute, renewPasswordRoute } from '../openapi/session-descriptions.ts'
import { openSession } from '../open-session.ts'
import { originOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { readNewPassword } from '../read-member.ts'
import type { HttpServices } from '../services.ts'
import { RENEWAL } from '../waiting-session.ts'
import { requireMember, sessionDocument } from './session.ts'

/** Changing one's own password, and replacing one that is no longer good after the second factor was given. */
export function passwordRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { credentials } = services
  return new Hono<HttpEnvironment>()
    .post('/session/password', describe(changePasswordRoute), async (c) => {
      const { member, sessionId } = requireMember(c.get('identity'))
      const { current, password, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const [known, wanted] = [readNewPassword(current, '/current'), readNewPassword(password)]
      const [tenant, origin] = [c.get('tenant'), originOf(c, services)]
      // A session that was left open must not become a password of someone else's choice.
      if (!(await credentials.knows(tenant, member, known, origin)))
        throw invalid('/current', 'passwordWrong', 'This is not the present password.')
      const change = { memberId: member.id, password: wanted, action: 'password.changed' } as const
      await credentials.set(tenant, { ...change, keepSession: sessionId }, origin)
      return c.body(null, 204)
    })
    .post(RENEWAL, describe(renewPasswordRoute), async (c) => {
      const identity = c.get('identity')
      const { member, method, second } = { method: identity.method!, ...requireMember(identity) }
      if (identity.waits !== 'password') throw new Failure('not_found')
      const { password, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const change = { password: readNewPassword(password), action: 'password.renewed' } as const
      await credentials.set(
        c.get('tenant'),
        { ...change, memberId: member.id, keepSession: identity.sessionId },
        originOf(c, services),
      )
      const proof = { member, method, replaces: c.get('sessionToken')!, ...(second ? { second } : {}) }
      return c.json(await sessionDocument(services, await openSession(c, services, proof)), 201)
    })
}
