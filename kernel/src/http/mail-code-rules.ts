import type { OwnedFactors, Proof, SecurityPolicy } from '../identity/index.ts'
import type { HttpServices } from './services.ts'

/** Whoever has come by a letter has the mailbox: a second letter would prove nothing. */
const BY_MAIL: ReadonlySet<Proof['method']> = new Set(['invitation', 'link'])

export function cameByMail(method: Proof['method']): boolean {
  return BY_MAIL.has(method)
}

/** Whether codes by mail can be had in the workspace at all. */
export function offersMailCodes({ mail }: HttpServices, { secondFactor }: SecurityPolicy): boolean {
  return mail.isOffered && secondFactor.emailCodes !== 'nobody'
}

/** Whether a member who has signed in by that method may give a code by mail as their second factor. */
export function takesMailCodes(
  services: HttpServices,
  policy: SecurityPolicy,
  { factors }: OwnedFactors,
  method: Proof['method'] | undefined,
): boolean {
  if (!offersMailCodes(services, policy) || (method !== undefined && cameByMail(method))) return false
  return factors.some(({ kind }) => kind === 'email')
}
