import type { SessionDocument } from '@plinth/sdk'
import { Failure } from '../errors.ts'
import type { Enrolling, SecondMethod } from '../identity/index.ts'
import type { HttpContext } from './environment.ts'
import { takesMailCodes } from './mail-code-rules.ts'
import { openSession } from './open-session.ts'
import { originOf } from './origin.ts'
import { partyOf } from './passkey-party.ts'
import { requireMember, sessionDocument } from './routes/session.ts'
import type { HttpServices } from './services.ts'

/** What somebody gives to prove once more who they are. */
export type Given =
  | { readonly method: 'totp' | 'backup' | 'email'; readonly code: string }
  | { readonly method: 'passkey'; readonly response: unknown }
  | { readonly method: 'password'; readonly password: string }

/** @throws Failure `code_wrong` | `passkey_refused` | `method_not_taken` | `second_factor_required` | `credentials_wrong` */
export async function prove(c: HttpContext, services: HttpServices, given: Given): Promise<void> {
  const owner = ownerOf(c)
  if (given.method === 'password') return provePassword(c, services, given.password)
  if (given.method === 'passkey') {
    await services.passkeys.prove(owner.tenantId, given.response, partyOf(c, services), owner)
    return
  }
  if (given.method === 'email' && !(await mayUseMail(c, services))) throw new Failure('method_not_taken')
  if (!(await isGood(services, owner, given))) throw new Failure('code_wrong')
}

/** Whether who asks may give a code by mail now. */
export async function mayUseMail(c: HttpContext, services: HttpServices): Promise<boolean> {
  const { waits, takesMail, method, tenantId } = c.get('identity')
  if (waits) return waits === 'secondFactor' && takesMail === true
  const owned = await services.secondFactors.of(ownerOf(c))
  return takesMailCodes(services, await services.policies.of(tenantId), owned, method)
}

/** The session goes on: one that has waited gives way to one with a token of its own, any other counts as proven anew. */
export async function proceed(
  c: HttpContext,
  services: HttpServices,
  second: SecondMethod | 'password',
): Promise<SessionDocument> {
  const identity = c.get('identity')
  const { member, method } = requireMember(identity)
  const tenantId = c.get('tenant').id
  const token = c.get('sessionToken')!
  if (!identity.waits || second === 'password') {
    await services.sessions.confirm(tenantId, token, originOf(c, services))
    return sessionDocument(services, identity)
  }
  const { outdated } = identity
  const proof = {
    member,
    method: method!,
    second,
    replaces: token,
    ...(outdated ? { outdated: { reason: outdated } } : {}),
  }
  return sessionDocument(services, await openSession(c, services, proof))
}

/** Whose factors, and in which session. */
export function ownerOf(c: HttpContext): { tenantId: string; memberId: string; sessionId: string } {
  const identity = c.get('identity')
  const { member } = requireMember(identity)
  return { tenantId: c.get('tenant').id, memberId: member.id, sessionId: identity.sessionId! }
}

/** Whose factors, by somebody who sets one up. */
export function enrollingOf(c: HttpContext): ReturnType<typeof ownerOf> & Enrolling {
  const owner = ownerOf(c)
  return { ...owner, ...(c.get('identity').waits === 'enrolment' ? { waitingSession: owner.sessionId } : {}) }
}

function isGood(
  { authenticatorApps, secondFactors, mailCodes }: HttpServices,
  owner: ReturnType<typeof ownerOf>,
  { method, code }: Extract<Given, { code: string }>,
): Promise<boolean> {
  if (method === 'totp') return authenticatorApps.use(owner, code)
  return method === 'backup' ? secondFactors.useBackupCode(owner, code) : mailCodes.use(owner, 'verify', code)
}

/** The password is enough to confirm who one is where there is nothing better, and never a second factor. */
async function provePassword(c: HttpContext, services: HttpServices, password: string): Promise<void> {
  const { member, waits } = requireMember(c.get('identity'))
  const { factors } = await services.secondFactors.of(ownerOf(c))
  if (waits || factors.length > 0) throw new Failure('second_factor_required')
  if (!(await services.credentials.knows(c.get('tenant'), member, password, originOf(c, services))))
    throw new Failure('credentials_wrong')
}
