import { X509Certificate } from 'node:crypto'
import type { SignOnCertificate, SignOnProviderDocument } from '@plinth/sdk'
import type { Config } from '../config/index.ts'
import type { Provider } from '../sign-on/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { redirectUri, samlPlace } from './sign-on-addresses.ts'

/** A provider as those see it who look after them. What is secret about it is left out. */
export function providerDocument(
  needs: { readonly config: Config },
  tenant: Tenant,
  provider: Provider,
): SignOnProviderDocument {
  const { id, name, enabled, secret, version } = provider
  const common = { id, name, enabled, version, redirectUri: redirectUri(needs, tenant, provider) }
  if (provider.kind === 'openid')
    return { ...common, kind: 'openid', ...provider.settings, hasSecret: secret !== null }
  const { certificate, certificates, encryptionCertificates = [], ...settings } = provider.settings
  return {
    ...common,
    kind: 'saml',
    ...settings,
    certificates: certificates.map(certificateDocument),
    certificate: certificateDocument(certificate),
    encryption: encryptionCertificates.length > 0,
    encryptionCertificates: encryptionCertificates.map(certificateDocument),
    entityId: samlPlace(needs, tenant, provider).entityId,
  }
}

/** @param der base64 of DER */
export function certificateDocument(der: string): SignOnCertificate {
  const { fingerprint256, validTo } = new X509Certificate(Buffer.from(der, 'base64'))
  return { fingerprint: fingerprint256, endsAt: new Date(validTo).toISOString() }
}
