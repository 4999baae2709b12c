import type { SamlSettings } from '../provider.ts'
import { CIPHER_NAMES, KEY_TRANSPORT } from './encrypted-assertion.ts'
import { NAMESPACES } from './xml-tree.ts'

/** Where a workspace is found by one provider. */
export interface SamlPlace {
  /** Who we are for it; its metadata is found there too. */
  readonly entityId: string
  /** Where it has browsers post its answers. */
  readonly acs: string
}

/** What providers read to know us: our name, the address for answers, the key requests are signed with, and the one to encrypt for. */
export function ownMetadata(
  { entityId, acs }: SamlPlace,
  {
    certificate,
    encryptionCertificates: [forEncryption] = [],
  }: Pick<SamlSettings, 'certificate' | 'encryptionCertificates'>,
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${NAMESPACES.metadata}" entityID="${escaped(entityId)}">
  <md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="${NAMESPACES.protocol}">
    <md:KeyDescriptor use="signing">
      ${keyInfo(certificate)}
    </md:KeyDescriptor>${forEncryption === undefined ? '' : encryptionKey(forEncryption)}
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${escaped(acs)}" index="0" isDefault="true"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`
}

function encryptionKey(certificate: string): string {
  const methods = [...CIPHER_NAMES, KEY_TRANSPORT].map((each) => `<md:EncryptionMethod Algorithm="${each}"/>`)
  return `
    <md:KeyDescriptor use="encryption">
      ${keyInfo(certificate)}
      ${methods.join('')}
    </md:KeyDescriptor>`
}

function keyInfo(certificate: string): string {
  return `<ds:KeyInfo xmlns:ds="${NAMESPACES.signature}"><ds:X509Data><ds:X509Certificate>${escaped(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
