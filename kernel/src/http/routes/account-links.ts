import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { AccountLinks, checkTakeover, LINKS } from '../../accounts/index.ts'
import { Failure } from '../../errors.ts'
import { isHttps } from '../answer.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { openSession } from '../open-session.ts'
import {
  askForLinkRoute,
  askForPasswordRoute,
  lookAtPasswordLinkRoute,
  openLinkRoute,
  resetPasswordRoute,
} from '../openapi/account-link-descriptions.ts'
import { describe } from '../openapi/describe.ts'
import { visitorOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { readAddress, readNewPassword, readToken } from '../read-member.ts'
import type { HttpServices } from '../services.ts'
import { stillVouches } from '../still-vouches.ts'
import { sameOrigin } from '../steps/same-origin.ts'
import { sessionDocument } from './session.ts'

const COOKIE = 'plinth_link'

/**
 * Links in mail for those who cannot sign in, or do so by them. Tokens travel in bodies alone: nothing that merely follows a link, as mail
 * servers do, uses it up.
 */
export function accountLinkRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { accountLinks, credentials, members } = services
  /** @throws Failure `link_invalid` */
  const look = async (c: HttpContext, token: string) => {
    const tenantId = c.get('tenant').id
    const found = await accountLinks.look(tenantId, token)
    const { id, madeBy } = found
    const whose = madeBy === null ? undefined : await members.actingAs(tenantId, id)
    if (whose && !(await stillVouches(c, services, madeBy, (giver) => checkTakeover(giver, whose))))
      throw new Failure('link_invalid')
    return found
  }
  return new Hono<HttpEnvironment>()
    .post('/session/password/forgotten', describe(askForPasswordRoute), sameOrigin, async (c) => {
      await accountLinks.ask(c.get('tenant'), 'reset', await readAsker(c), visitorOf(c, services))
      return c.json({ minutes: LINKS.reset.minutes }, 202)
    })
    .post('/session/password/link', describe(lookAtPasswordLinkRoute), sameOrigin, async (c) => {
      const { token, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const { id, email } = await look(c, readToken(token))
      return c.json({ email, minLength: await credentials.shortest(c.get('tenant').id, id) })
    })
    .post('/session/password/reset', describe(resetPasswordRoute), sameOrigin, async (c) => {
      const { token, password, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const [tenant, given, wanted] = [c.get('tenant'), readToken(token), readNewPassword(password)]
      const { id, name, madeBy } = await look(c, given)
      const origin = { ...visitorOf(c, services), actor: { kind: 'member', id, name } as const }
      const permit = AccountLinks.use(tenant.id, given, 'reset')
      const change = { memberId: id, password: wanted, action: 'password.reset', permit, madeBy } as const
      await credentials.set(tenant, change, origin)
      return c.body(null, 204)
    })
    .post('/session/link', describe(askForLinkRoute), sameOrigin, async (c) => {
      const email = await readAsker(c)
      const browser = await accountLinks.ask(c.get('tenant'), 'signIn', email, visitorOf(c, services))
      setCookie(c, COOKIE, browser, { ...cookieOptions(c), maxAge: LINKS.signIn.minutes * 60 })
      return c.json({ minutes: LINKS.signIn.minutes }, 202)
    })
    .post('/session/link/open', describe(openLinkRoute), sameOrigin, async (c) => {
      const { token, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const proven = await accountLinks.open(c.get('tenant').id, readToken(token), getCookie(c, COOKIE))
      const identity = await openSession(c, services, { ...proven, method: 'link' })
      deleteCookie(c, COOKIE, cookieOptions(c))
      return c.json(await sessionDocument(services, identity), 201)
    })
}

async function readAsker(c: HttpContext): Promise<string> {
  const { email, ...rest } = await readObject(c)
  refuseUnknown(rest)
  return readAddress(email)
}

function cookieOptions(c: HttpContext) {
  return {
    path: `${c.get('base')}/api/v1/session/link`,
    httpOnly: true,
    sameSite: 'Lax',
    secure: isHttps(c.req.url, c.req.header('x-forwarded-proto')),
  } as const
}
