import { Hono } from 'hono'
import { invalid } from '../../errors.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { changePasswordRoute } from '../openapi/session-descriptions.ts'
import { originOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { readNewPassword } from '../read-member.ts'
import type { HttpServices } from '../services.ts'
import { requireMember } from './session.ts'

/** Changing one's own password. */
export function passwordRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { credentials } = services
  return new Hono<HttpEnvironment>().post('/session/password', describe(changePasswordRoute), async (c) => {
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
}
