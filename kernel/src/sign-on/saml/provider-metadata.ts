import { X509Certificate } from 'node:crypto'
import { childrenOf, everyElement, isNamed, readXml, XmlRefused, type XmlElement } from './xml-tree.ts'

const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
const MOST_CERTIFICATES = 6
const FEWEST_BITS = 2_048

/** What a provider says of itself. */
export interface ProviderMetadata {
  readonly issuer: string
  /** Where browsers are sent to. */
  readonly entryPoint: string
  /** With whose keys it signs, base64 of DER. Two while it changes its key. */
  readonly certificates: readonly string[]
}

/** Reads the metadata of a provider. @throws XmlRefused */
export async function readProviderMetadata(xml: string): Promise<ProviderMetadata> {
  const all = [...everyElement(await readXml(xml))]
  const roles = all.filter((each) => isNamed(each, 'metadata', 'IDPSSODescriptor'))
  const [role] = roles
  if (!role || roles.length > 1)
    throw new XmlRefused('The metadata is not that of one provider.', 'metadata_of_several')
  const issuer = role.parent?.attributes.get('entityID') ?? ''
  if (issuer === '' || issuer.length > 500 || /\s/.test(issuer))
    throw new XmlRefused('The metadata does not say whose it is.', 'metadata_nameless')
  const entry = childrenOf(role, 'metadata', 'SingleSignOnService').find(
    ({ attributes }) => attributes.get('Binding') === REDIRECT,
  )
  const entryPoint = entry?.attributes.get('Location') ?? ''
  if (!URL.canParse(entryPoint) || !/^https?:$/.test(new URL(entryPoint).protocol))
    throw new XmlRefused(
      'The metadata names no address that browsers are redirected to (HTTP-Redirect).',
      'metadata_without_redirect',
    )
  const keys = childrenOf(role, 'metadata', 'KeyDescriptor').filter(
    ({ attributes }) => (attributes.get('use') ?? 'signing') === 'signing',
  )
  const certificates = [...new Set(keys.flatMap(certificatesIn))]
  if (certificates.length === 0)
    throw new XmlRefused('The metadata holds no certificate to sign with.', 'metadata_without_certificate')
  if (certificates.length > MOST_CERTIFICATES)
    throw new XmlRefused('The metadata holds too many certificates.', 'metadata_certificates_too_many')
  return { issuer, entryPoint, certificates }
}

function certificatesIn(key: XmlElement): string[] {
  return [...everyElement(key)]
    .filter((each) => isNamed(each, 'signature', 'X509Certificate'))
    .map(({ text }) => readCertificate(text))
}

function readCertificate(text: string): string {
  const der = Buffer.from(text.replaceAll(/\s/g, ''), 'base64')
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(der)
  } catch {
    throw new XmlRefused('A certificate of the metadata cannot be read.', 'metadata_certificate_unreadable')
  }
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
  if (asymmetricKeyType !== 'rsa' || (asymmetricKeyDetails?.modulusLength ?? 0) < FEWEST_BITS)
    throw new XmlRefused(
      `A key of the metadata is not of the kind that is taken: RSA, ${FEWEST_BITS} bits.`,
      'metadata_key_unsuitable',
    )
  return der.toString('base64')
}
