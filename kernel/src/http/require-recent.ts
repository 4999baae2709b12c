import { Failure } from '../errors.ts'
import { methodsOf, type Identity } from '../identity/index.ts'
import { firstMethods } from './confirm-by-provider.ts'
import type { HttpContext } from './environment.ts'
import { takesMailCodes } from './mail-code-rules.ts'
import type { HttpServices } from './services.ts'

const MINUTE_MS = 60_000

/** Whether who asks has proven lately who they are. Programs prove it with every request. */
export async function isRecent(
  { policies }: HttpServices,
  { tenantId, provenAt }: Identity,
): Promise<boolean> {
  if (!provenAt) return true
  const { confirmMinutes } = (await policies.of(tenantId)).secondFactor
  return provenAt.getTime() + confirmMinutes * MINUTE_MS > Date.now()
}

/**
 * Demands that whoever is at the browser has proven lately who they are: a session that someone else has got hold of, or that was left
 * open, must not be enough for what is sensitive. Programs prove it with every request.
 *
 * @throws Failure `confirmation_needed`, with the methods that are taken at `POST /session/second-factor/verify`
 */
export async function requireRecent(c: HttpContext, services: HttpServices): Promise<void> {
  const identity = c.get('identity')
  const { member, waits, method, tenantId } = identity
  // What waits has just been opened, or was held while it was recent.
  if (!member || waits || (await isRecent(services, identity))) return
  const policy = await services.policies.of(tenantId)
  const owned = await services.secondFactors.of({ tenantId, memberId: member.id })
  const methods = methodsOf(owned, takesMailCodes(services, policy, owned, method))
  throw new Failure('confirmation_needed', {
    extensions: methods.length > 0 ? { methods } : await firstMethods(c, services, member.id),
  })
}
