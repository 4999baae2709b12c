import { Hono } from 'hono'
import type { SessionDocument, TenantDocument } from '@plinth/sdk'
import { Failure, invalid } from '../../errors.ts'
import { methodsOf, type Identity } from '../../identity/index.ts'
import { keepsDevices, readDevice } from '../device-cookie.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import {
  profileRoute,
  sessionRoute,
  signInRoute,
  signOutRoute,
  tenantRoute,
} from '../openapi/session-descriptions.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { readProfileChange } from '../read-member.ts'
import type { HttpServices } from '../services.ts'
import { openSession } from '../open-session.ts'
import { originOf, visitorOf } from '../origin.ts'
import { clearSessionCookie } from '../session-cookie.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { sameOrigin } from '../steps/same-origin.ts'
import { waysIn } from '../ways-in.ts'

/** What may be asked without having signed in: the workspace's name, and to be let in. */
export function publicRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/tenant', describe(tenantRoute), async (c) => {
      const tenant = c.get('tenant')
      const providers = (await services.providers.list(tenant.id)).filter(({ enabled }) => enabled)
      const signOn = providers.map(({ id, name, settings }) => ({ id, name, profile: settings.profile }))
      const signIn = await waysIn(c, services, signOn.length > 0)
      return c.json({
        ...tenantDocument(tenant, services),
        signIn,
        ...(signOn.length > 0 ? { signOn } : {}),
      })
    })
    .post('/session', describe(signInRoute), sameOrigin, async (c) => {
      const { email, password, newPassword, ...rest } = await readObject(c)
      refuseUnknown(rest)
      if (typeof email !== 'string' || email.length > 254)
        throw invalid('/email', 'type', 'An e-mail address is needed here.')
      if (typeof password !== 'string' || password.length > 1_000)
        throw invalid('/password', 'type', 'A password is needed here.')
      if (newPassword !== undefined && (typeof newPassword !== 'string' || newPassword.length > 1_000))
        throw invalid('/newPassword', 'type', 'A password is needed here.')
      const tenant = c.get('tenant')
      const device = keepsDevices(c)
        ? await services.signInMemory.deviceOf(tenant.id, email, (memberId) => readDevice(c, memberId))
        : undefined
      const visitor = visitorOf(c, services)
      const { outdated, ...proven } = await services.credentials.prove(
        tenant,
        { email, password, device },
        visitor,
      )
      const identity = await openSession(c, services, {
        ...proven,
        method: 'password',
        ...(outdated ? { outdated: { ...outdated, replacement: newPassword } } : {}),
      })
      return c.json(await sessionDocument(services, identity), 201)
    })
}

/** The session of who asks. */
export function sessionRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/session', describe(sessionRoute), async (c) =>
      c.json(await sessionDocument(services, c.get('identity'))),
    )
    .patch('/session', describe(profileRoute), async (c) => {
      const change = readProfileChange(await readObject(c))
      const { member } = requireMember(c.get('identity'))
      await services.members.describe(c.get('tenant').id, member, change, originOf(c, services))
      const identity = await services.sessions.find(c.get('tenant').id, c.get('sessionToken')!)
      return c.json(await sessionDocument(services, identity!))
    })
    .delete('/session', describe(signOutRoute), async (c) => {
      requireMember(c.get('identity'))
      const origin = originOf(c, services)
      await services.sessions.end(c.get('tenant').id, c.get('sessionToken')!, origin)
      clearSessionCookie(c)
      return c.body(null, 204)
    })
}

export function tenantDocument(tenant: Tenant, services: HttpServices): TenantDocument {
  const { slug, name, locale, timeZone, hue } = tenant
  const demo = services.demo.get(slug)
  return { slug, name, locale, timeZone, hue, ...(demo ? { demo } : {}) }
}

/** Who sees the workspace as the member of the session does, where somebody else does. */
export function viewing({ viewing: view }: Identity): Pick<SessionDocument, 'viewing'> {
  if (!view) return {}
  const { id, name } = view.viewer.actor
  return { viewing: { viewer: { id: id!, label: name }, until: view.until.toISOString() } }
}

export type MemberIdentity = Identity &
  Required<Pick<Identity, 'member' | 'csrf'>> & { readonly expiresAt: Date }

/** Keys have no session. @throws Failure `session_missing` */
export function requireMember(identity: Identity): MemberIdentity {
  if (!identity.member || identity.csrf === undefined || !identity.expiresAt)
    throw new Failure('session_missing')
  return identity as MemberIdentity
}

/** The session as the browser knows it, with what it waits for. */
export async function sessionDocument(services: HttpServices, identity: Identity): Promise<SessionDocument> {
  const { member, csrf, expiresAt, waits, takesMail = false, tenantId } = requireMember(identity)
  const document = { member, csrf, expiresAt: expiresAt.toISOString(), ...viewing(identity) }
  if (!waits) return document
  if (waits === 'password') {
    const minLength = await services.credentials.shortest(tenantId, member.id)
    return { ...document, waits: { for: waits, methods: [], minLength } }
  }
  const owned = await services.secondFactors.of({ tenantId, memberId: member.id })
  return { ...document, waits: { for: waits, methods: methodsOf(owned, takesMail) } }
}
