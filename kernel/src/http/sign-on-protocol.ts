import { Failure } from '../errors.ts'
import { readSamlKeys, type Attempt, type Facts, type Provider } from '../sign-on/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { HttpServices } from './services.ts'
import { redirectUri, samlPlace } from './sign-on-addresses.ts'

type Proof = Pick<Attempt, 'openid' | 'saml'>

/** Begins to sign in, by the protocol the provider speaks. @param anew whether it is to ask even those it knows @throws Failure `provider_unreachable` */
export async function beginSignOn(
  services: HttpServices,
  tenant: Tenant,
  provider: Provider,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<{ readonly url: string; readonly proof: Proof }> {
  if (provider.kind === 'openid') {
    const { url, attempt } = await services.openId.begin(provider, redirectUri(services, tenant, provider), {
      anew,
    })
    return { url, proof: { openid: attempt } }
  }
  const { signing } = readSamlKeys(services.providers.secretOf(tenant.id, provider)!)
  const { url, attempt } = await services.saml.begin(
    provider,
    signing,
    samlPlace(services, tenant, provider),
    { anew },
  )
  return { url, proof: { saml: attempt } }
}

/**
 * Reads what the provider says of who has come back. An answer is taken once: whoever has copied it, and the cookie, comes second.
 *
 * @throws Failure `sign_on_failed` | `provider_unreachable`
 */
export async function finishSignOn(
  services: HttpServices,
  tenant: Tenant,
  provider: Provider,
  {
    proof: { openid, saml },
    answer,
    seconds,
    anew = false,
  }: { proof: Proof; answer: URLSearchParams; seconds: number; anew?: boolean },
): Promise<Facts> {
  const once = async (state: string, brought: string | null) => {
    if (brought !== state) throw refused('The answer belongs to another attempt.')
    if ((await services.attempts.take(tenant.id, `sign-on ${state}`, { max: 1, seconds })) > 0)
      throw refused('The answer was used before.')
  }
  if (provider.kind === 'openid' && openid) {
    await once(openid.state, answer.get('state'))
    const secret = services.providers.secretOf(tenant.id, provider)
    const uri = redirectUri(services, tenant, provider)
    return services.openId.finish(provider, secret, uri, { answer, attempt: openid, anew })
  }
  if (provider.kind === 'saml' && saml) {
    await once(saml.state, answer.get('RelayState'))
    const place = samlPlace(services, tenant, provider)
    const { decryption: decryptionKeys } = readSamlKeys(services.providers.secretOf(tenant.id, provider)!)
    return services.saml.finish(tenant.id, provider, place, { answer, attempt: saml, decryptionKeys, anew })
  }
  throw refused('The attempt is not one of this provider.')
}

function refused(detail: string): Failure {
  return new Failure('sign_on_failed', { detail })
}
