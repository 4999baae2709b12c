import type { Provider } from './provider.ts'
import { readOpenIdProvider, type OpenIdInput } from './read-openid-settings.ts'
import { readSamlProvider, type SamlInput } from './saml/read-saml-settings.ts'
import type { Saml } from './saml/saml.ts'
import { invalid } from '../errors.ts'

/** What someone wants to store about a provider. */
export type ProviderInput = OpenIdInput | SamlInput

/**
 * Reads what is to be stored about a provider, what is not said being as before.
 *
 * @param secret what is shared with it, as it was stored
 * @throws Failure `validation_failed` | `provider_unreachable`
 */
export async function readProvider(
  body: Readonly<Record<string, unknown>>,
  saml: Saml,
  before?: Provider,
  secret?: string,
): Promise<ProviderInput> {
  const kind = body['kind'] ?? before?.kind ?? 'openid'
  if (before && kind !== before.kind)
    throw invalid('/kind', 'immutable', 'Another kind of provider is another provider.')
  if (kind !== 'saml') return readOpenIdProvider(body, before?.kind === 'openid' ? before : undefined)
  return readSamlProvider(body, saml, before?.kind === 'saml' ? before : undefined, secret)
}
