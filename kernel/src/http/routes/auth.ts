import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { storeEntry } from '../../data/index.ts'
import { Failure, invalid } from '../../errors.ts'
import {
  ATTEMPT_SECONDS,
  beginsThere,
  keepPosted,
  MEMBER_ONBOARDED,
  openAttempt,
  ownMetadata,
  sealAttempt,
  takePosted,
  welcome,
  type Facts,
  type Provider,
} from '../../sign-on/index.ts'
import { isPathWithin } from '../../tenancy/index.ts'
import { isHttps } from '../answer.ts'
import { confirmByProvider, sessionToConfirm } from '../confirm-by-provider.ts'
import { clientAddress } from '../client-address.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { openSession } from '../open-session.ts'
import { callbackRoute, metadataRoute, postedRoute, startRoute } from '../openapi/auth-descriptions.ts'
import { describe } from '../openapi/describe.ts'
import { visitorOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import type { HttpServices } from '../services.ts'
import { isAtHome, samlPlace, signOnPage } from '../sign-on-addresses.ts'
import { beginSignOn, finishSignOn } from '../sign-on-protocol.ts'
import { sameOrigin } from '../steps/same-origin.ts'
import { sessionDocument } from './session.ts'

const COOKIE = 'plinth_sign_on'
/** For each address. A whole company may come from one, in the morning. */
const LIMIT = { max: 300, seconds: 600 }
const MOST_PARAMETERS = 20
const MOST_POSTED = 300_000

/** Signing in with a provider: the browser fetches where to go, and comes back with what the provider gave it. */
export function authRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .post('/auth/start', describe(startRoute), sameOrigin, async (c) => {
      const { provider: id, returnTo = '/', confirm = false, ...rest } = await readObject(c)
      refuseUnknown(rest)
      if (!isPathWithin(returnTo))
        throw invalid('/returnTo', 'path', 'A path within the workspace is needed.')
      if (typeof confirm !== 'boolean') throw invalid('/confirm', 'type', 'True or false is needed here.')
      await countAttempt(c, services)
      const tenant = c.get('tenant')
      const provider = await services.providers.inUse(tenant.id, idOf(id))
      const session = confirm ? await sessionToConfirm(c, services, provider) : undefined
      // The provider sends browsers to one address of the workspace; the cookie has to be there.
      if (!isAtHome(c, services.config, tenant))
        return c.json({
          url: `${signOnPage(services, tenant, provider)}?returnTo=${encodeURIComponent(returnTo)}`,
        })
      const { url, proof } = await orNoted(c, services, provider, () =>
        beginSignOn(services, tenant, provider, { anew: confirm }),
      )
      const confirms = session && { confirms: session.sessionId }
      setCookie(
        c,
        COOKIE,
        sealAttempt(services.vault, tenant.id, { provider: provider.id, returnTo, ...confirms, ...proof }),
        { ...cookieOptions(c), maxAge: ATTEMPT_SECONDS },
      )
      return c.json({ url })
    })
    .post('/auth/callback', describe(callbackRoute), sameOrigin, async (c) => {
      const { provider: id, parameters, ...rest } = await readObject(c)
      refuseUnknown(rest)
      const given = readParameters(parameters)
      await countAttempt(c, services)
      const tenant = c.get('tenant')
      const provider = await services.providers.inUse(tenant.id, idOf(id))
      const sealed = getCookie(c, COOKIE)
      deleteCookie(c, COOKIE, cookieOptions(c))
      return orNoted(c, services, provider, async () => {
        const attempt = sealed === undefined ? undefined : openAttempt(services.vault, tenant.id, sealed)
        if (attempt?.provider !== provider.id)
          throw new Failure('sign_on_failed', {
            detail: 'This browser has not begun to sign in with the provider.',
          })
        const answer = await received(services, tenant.id, provider, given)
        const facts = await finishSignOn(services, tenant, provider, {
          proof: attempt,
          answer,
          seconds: ATTEMPT_SECONDS,
          anew: attempt.confirms !== undefined,
        })
        const { returnTo, confirms } = attempt
        if (confirms !== undefined) {
          const confirmed = await confirmByProvider(c, services, { provider, facts, confirms })
          const session = await sessionDocument(services, confirmed)
          return c.json({ session, returnTo, confirmed: true }, 201)
        }
        const member = await admit(c, services, provider, facts)
        const vouched = provider.settings.trustsSecondFactor && facts.secondFactor
        const identity = await openSession(c, services, {
          member,
          method: provider.kind,
          provider: provider.id,
          ...(vouched ? { second: 'provider' as const } : {}),
        })
        return c.json({ session: await sessionDocument(services, identity), returnTo }, 201)
      })
    })
    .post('/auth/:provider/posted', describe(postedRoute), async (c) => {
      const tenant = c.get('tenant')
      await countAttempt(c, services)
      const provider = await services.providers.inUse(tenant.id, c.req.param('provider'))
      const text = await readForm(c)
      const posted = new URLSearchParams(text)
      if (await beginsThere(provider, posted)) {
        const going = posted.get('RelayState')
        const returnTo = isPathWithin(going) ? going : '/'
        return c.redirect(
          `${signOnPage(services, tenant, provider)}?returnTo=${encodeURIComponent(returnTo)}`,
          303,
        )
      }
      const handle = await keepPosted(services, tenant.id, provider.id, text)
      return c.redirect(`${signOnPage(services, tenant, provider)}?posted=${handle}`, 303)
    })
    .get('/auth/:provider/metadata', describe(metadataRoute), async (c) => {
      const tenant = c.get('tenant')
      const provider = await services.providers.get(tenant.id, c.req.param('provider'))
      if (provider.kind !== 'saml') throw new Failure('not_found')
      const xml = ownMetadata(samlPlace(services, tenant, provider), provider.settings)
      return c.body(xml, 200, { 'content-type': 'application/samlmetadata+xml' })
    })
}

/** Lets in whom the provider speaks of. */
async function admit(c: HttpContext, services: HttpServices, provider: Provider, facts: Facts) {
  const tenant = c.get('tenant')
  const { view } = await services.states.of(tenant)
  const { member } = await welcome(services, tenant.id, provider, facts, {
    origin: visitorOf(c, services),
    consumers: view.consumers.get(MEMBER_ONBOARDED) ?? [],
  })
  return member
}

/** What the provider gave the browser: in the address, or posted and kept here. */
async function received(
  services: HttpServices,
  tenantId: string,
  provider: Provider,
  given: URLSearchParams,
): Promise<URLSearchParams> {
  const handle = given.get('posted')
  if (handle === null) return given
  const posted = await takePosted(services, tenantId, provider.id, handle)
  if (posted === undefined)
    throw new Failure('sign_on_failed', { detail: 'The answer was used before, or has expired.' })
  return new URLSearchParams(posted)
}

/**
 * Notes why somebody could not sign in. What is wrong on the way to the provider is for those who look after it: it names addresses within
 * the network, and whoever asks here has not said who they are.
 */
async function orNoted<T>(
  c: HttpContext,
  services: HttpServices,
  provider: Provider,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await noteRefusal(c, services, provider, error)
    if (error instanceof Failure && error.code === 'provider_unreachable')
      throw new Failure('provider_unreachable', { cause: error })
    throw error
  }
}

async function noteRefusal(
  c: HttpContext,
  services: HttpServices,
  provider: Provider,
  error: unknown,
): Promise<void> {
  if (!(error instanceof Failure)) return
  const { id } = c.get('tenant')
  const entry = storeEntry(id, visitorOf(c, services), {
    action: 'signIn.refused',
    subjectType: 'platform.signIn',
    subjectId: provider.id,
    after: {
      provider: provider.name,
      code: error.code,
      detail: error.publicDetail ?? null,
      ...(error.code === 'provider_unreachable' ? error.data : {}),
    },
  })
  await services.database.transaction({ tenantId: id }, async (transaction) => transaction.later(entry))
}

async function countAttempt(c: HttpContext, services: HttpServices): Promise<void> {
  const address = clientAddress(c, services.config.proxies ?? 0)
  if (address === null) return
  const seconds = await services.attempts.take(c.get('tenant').id, `sign-on from ${address}`, LIMIT)
  if (seconds === 0) return
  c.header('retry-after', String(seconds))
  throw new Failure('too_many_attempts', { extensions: { retryAfter: seconds } })
}

function idOf(value: unknown): string {
  if (typeof value !== 'string') throw invalid('/provider', 'type', 'The id of a provider is needed.')
  return value
}

/** A parameter that stands twice could be read as either. */
function readParameters(value: unknown): URLSearchParams {
  const fault = invalid(
    '/parameters',
    'type',
    'The parameters of the provider’s answer are needed, as texts.',
  )
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault
  const entries = Object.entries(value)
  if (entries.length === 0 || entries.length > MOST_PARAMETERS) throw fault
  for (const [, each] of entries) if (typeof each !== 'string' || each.length > 8_000) throw fault
  return new URLSearchParams(entries as [string, string][])
}

async function readForm(c: HttpContext): Promise<string> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') throw new Failure('media_type_unsupported')
  if (Number(c.req.header('content-length') ?? 0) > MOST_POSTED) throw new Failure('body_too_large')
  const text = await c.req.text()
  if (text.length > MOST_POSTED) throw new Failure('body_too_large')
  const names = [...new URLSearchParams(text).keys()]
  if (names.length === 0 || names.length > MOST_PARAMETERS || new Set(names).size !== names.length)
    throw new Failure('body_invalid', { detail: 'This is no answer of a provider.' })
  return text
}

function cookieOptions(c: HttpContext) {
  return {
    path: `${c.get('base')}/api/v1/auth`,
    httpOnly: true,
    sameSite: 'Lax',
    secure: isHttps(c.req.url, c.req.header('x-forwarded-proto')),
  } as const
}
