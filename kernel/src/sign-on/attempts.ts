import { SealBroken, type Vault } from '../crypto/index.ts'
import type { OpenIdAttempt } from './openid.ts'
import type { SamlAttempt } from './saml/saml.ts'

const PURPOSE = 'sign-on attempt'

/** As long as someone may take at the provider, in seconds. */
export const ATTEMPT_SECONDS = 600

/** What a browser keeps while someone is at the provider. */
export interface Attempt {
  readonly provider: string
  readonly returnTo: string
  /** Id of the session whose member confirms who they are; absent where somebody signs in. */
  readonly confirms?: string
  /** What the protocol of the provider needs to be sure of it. */
  readonly openid?: OpenIdAttempt
  readonly saml?: SamlAttempt
}

/** Seals an attempt for the browser that makes it. */
export function sealAttempt(vault: Vault, tenantId: string, attempt: Attempt): string {
  const text = JSON.stringify({ ...attempt, until: Date.now() + ATTEMPT_SECONDS * 1_000 })
  return vault.seal(PURPOSE, tenantId, text).toString('base64url')
}

/** The attempt a browser brings back; undefined when it is too old, of another tenant or not ours. */
export function openAttempt(vault: Vault, tenantId: string, sealed: string): Attempt | undefined {
  try {
    const { until, ...attempt } = JSON.parse(
      vault.open(PURPOSE, tenantId, Buffer.from(sealed, 'base64url')),
    ) as Attempt & { until: number }
    return until > Date.now() ? attempt : undefined
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}
