import { Hono } from 'hono'
import { MAIL_CODE_MINUTES } from '../../accounts/index.ts'
import { Failure, invalid } from '../../errors.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { enrollingOf, mayUseMail, ownerOf, proceed } from '../give-second-factor.ts'
import { offersMailCodes } from '../mail-code-rules.ts'
import { describe } from '../openapi/describe.ts'
import { askMailCodeRoute, beginMailRoute, confirmMailRoute } from '../openapi/mail-code-descriptions.ts'
import { originOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { refuseDemoAccount } from '../refuse-demo-account.ts'
import { requireRecent } from '../require-recent.ts'
import { isMailEnough } from '../second-factor-demand.ts'
import { admitGuess } from '../second-factor-guesses.ts'
import type { HttpServices } from '../services.ts'
import { requireMember } from './session.ts'

/** Codes by mail as a second factor: setting them up, and having one sent. */
export function mailCodeRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { mailCodes } = services
  const send = async (c: HttpContext, purpose: 'add' | 'verify') => {
    const { member } = requireMember(c.get('identity'))
    const { sessionId } = ownerOf(c)
    const sentTo = await mailCodes.send(c.get('tenant'), { member, sessionId }, purpose)
    return c.json({ sentTo, minutes: MAIL_CODE_MINUTES }, 201)
  }
  return new Hono<HttpEnvironment>()
    .post('/session/second-factor/verify/email', describe(askMailCodeRoute), async (c) => {
      if (!(await mayUseMail(c, services))) throw new Failure('method_not_taken')
      return send(c, 'verify')
    })
    .post('/session/second-factor/email', describe(beginMailRoute), async (c) => {
      refuseDemoAccount(c, services)
      await requireRecent(c, services)
      await requireOffered(c, services)
      return send(c, 'add')
    })
    .post('/session/second-factor/email/confirm', describe(confirmMailRoute), async (c) => {
      refuseDemoAccount(c, services)
      const { code, ...rest } = await readObject(c)
      refuseUnknown(rest)
      if (typeof code !== 'string' || code.length > 20)
        throw invalid('/code', 'type', 'The code of the letter is needed here.')
      await requireOffered(c, services)
      const owner = enrollingOf(c)
      const { member } = requireMember(c.get('identity'))
      const guesses = await admitGuess(services, owner)
      const codes = await mailCodes.add(
        owner,
        { code: code.replaceAll(' ', ''), address: member.email },
        originOf(c, services),
        await isMailEnough(services, c.get('tenant'), owner.memberId),
      )
      await guesses.succeeded()
      const waited = c.get('identity').waits !== undefined
      return c.json({ codes, ...(waited ? { session: await proceed(c, services, 'email') } : {}) }, 201)
    })
}

/** @throws Failure `method_not_taken` */
async function requireOffered(c: HttpContext, services: HttpServices): Promise<void> {
  if (!offersMailCodes(services, await services.policies.of(c.get('tenant').id)))
    throw new Failure('method_not_taken')
}
