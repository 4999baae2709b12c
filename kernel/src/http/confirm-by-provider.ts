import { Failure } from '../errors.ts'
import type { Identity } from '../identity/index.ts'
import { asksAnew, findIdentity, firstProofs, type Facts, type Provider } from '../sign-on/index.ts'
import type { HttpContext } from './environment.ts'
import { visitorOf } from './origin.ts'
import type { HttpServices } from './services.ts'
import { readSessionCookie } from './session-cookie.ts'
import { isAtHome } from './sign-on-addresses.ts'

/** Ways for a member without a second factor to prove once more who they are: what they sign in with. */
export async function firstMethods(
  c: HttpContext,
  services: HttpServices,
  memberId: string,
): Promise<{ methods: ('password' | 'provider')[]; providers?: { id: string; name: string }[] }> {
  const tenant = c.get('tenant')
  const proofs = await firstProofs(services.database, { tenantId: tenant.id, memberId })
  const known = (await services.providers.list(tenant.id)).filter(
    (each) => each.enabled && asksAnew(each) && proofs.providers.includes(each.id),
  )
  const providers = isAtHome(c, services.config, tenant) ? known.map(({ id, name }) => ({ id, name })) : []
  return {
    methods: [
      ...(proofs.hasPassword ? (['password'] as const) : []),
      ...(providers.length > 0 ? (['provider'] as const) : []),
    ],
    ...(providers.length > 0 ? { providers } : {}),
  }
}

/** The session that is to be confirmed by going to a provider. @throws Failure `session_missing` | `method_not_taken` */
export async function sessionToConfirm(
  c: HttpContext,
  services: HttpServices,
  provider: Provider,
): Promise<Identity & { readonly sessionId: string }> {
  const found = await presentSession(c, services)
  if (!found) throw new Failure('session_missing')
  if (!asksAnew(provider)) throw new Failure('method_not_taken')
  // Whoever has a second factor confirms with that: less would make it worthless.
  const owner = { tenantId: found.tenantId, memberId: found.member!.id }
  if ((await services.secondFactors.of(owner)).factors.length > 0) throw new Failure('second_factor_required')
  return found
}

/**
 * Counts a session as proven anew: its member was asked by a provider that knows them, just now. Nobody is let in by it.
 *
 * @param confirms id of the session that began
 * @throws Failure `sign_on_failed` when another session is here by now, or the provider speaks of somebody else
 */
export async function confirmByProvider(
  c: HttpContext,
  services: HttpServices,
  {
    provider,
    facts,
    confirms,
  }: { readonly provider: Provider; readonly facts: Facts; readonly confirms: string },
): Promise<Identity> {
  const found = await presentSession(c, services)
  if (found?.sessionId !== confirms)
    throw new Failure('sign_on_failed', {
      detail: 'The session that was to be confirmed is not here any more.',
    })
  const owner = { tenantId: found.tenantId, memberId: found.member!.id }
  const rows = await services.database.query(
    { tenantId: found.tenantId },
    findIdentity(owner, provider, facts.subject),
  )
  if (rows.length === 0)
    throw new Failure('sign_on_failed', { detail: 'Somebody else is signed in with the provider.' })
  await services.sessions.confirm(found.tenantId, readSessionCookie(c)!, {
    ...visitorOf(c, services),
    actor: found.actor,
  })
  return found
}

async function presentSession(
  c: HttpContext,
  services: HttpServices,
): Promise<(Identity & { readonly sessionId: string }) | undefined> {
  const token = readSessionCookie(c)
  const found = token === undefined ? undefined : await services.sessions.find(c.get('tenant').id, token)
  if (!found?.member || found.sessionId === undefined || found.waits || found.viewing) return undefined
  return found as Identity & { readonly sessionId: string }
}
