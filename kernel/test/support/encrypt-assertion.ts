import { constants, createCipheriv, publicEncrypt, randomBytes, X509Certificate } from 'node:crypto'

const XMLENC = 'http://www.w3.org/2001/04/xmlenc#'
const XMLENC11 = 'http://www.w3.org/2009/xmlenc11#'

export const AES: Readonly<Record<string, { readonly uri: string; readonly keyBytes: number }>> = {
  'aes-256-gcm': { uri: `${XMLENC11}aes256-gcm`, keyBytes: 32 },
  'aes-128-gcm': { uri: `${XMLENC11}aes128-gcm`, keyBytes: 16 },
  'aes-256-cbc': { uri: `${XMLENC}aes256-cbc`, keyBytes: 32 },
  'aes-128-cbc': { uri: `${XMLENC}aes128-cbc`, keyBytes: 16 },
  'des-ede3-cbc': { uri: `${XMLENC}tripledes-cbc`, keyBytes: 24 },
}

/** How an assertion is encrypted. */
export interface Encrypting {
  readonly cipher?: string
  readonly padding?: 'oaep' | 'pkcs1'
  /** The key beside what it opens, and pointed at. */
  readonly isKeyBeside?: boolean
  /** What is done to the bytes afterwards. */
  readonly spoil?: (content: Buffer) => Buffer
}

/** Encrypts an assertion as a provider does, for the certificate in our metadata, in the canonical form. */
export function encryptAssertion(
  xml: string,
  ourMetadata: string,
  {
    cipher = 'aes-256-gcm',
    padding = 'oaep',
    isKeyBeside = false,
    spoil = (content) => content,
  }: Encrypting = {},
): string {
  const { uri, keyBytes } = AES[cipher]!
  const isGcm = cipher.endsWith('gcm')
  const key = randomBytes(keyBytes)
  const iv = randomBytes(isGcm ? 12 : cipher === 'des-ede3-cbc' ? 8 : 16)
  const closing = createCipheriv(cipher, key, iv)
  const closed: Buffer[] = [iv, closing.update(xml), closing.final()]
  if (isGcm)
    closed.push((closing as ReturnType<typeof createCipheriv> & { getAuthTag: () => Buffer }).getAuthTag())
  const content = spoil(Buffer.concat(closed)).toString('base64')
  const { RSA_PKCS1_OAEP_PADDING, RSA_PKCS1_PADDING } = constants
  const sealed = publicEncrypt(
    {
      key: encryptionKey(ourMetadata),
      padding: padding === 'oaep' ? RSA_PKCS1_OAEP_PADDING : RSA_PKCS1_PADDING,
    },
    key,
  ).toString('base64')
  const transport = `${XMLENC}${padding === 'oaep' ? 'rsa-oaep-mgf1p' : 'rsa-1_5'}`
  const method = (algorithm: string) =>
    `<xenc:EncryptionMethod Algorithm="${algorithm}"></xenc:EncryptionMethod>`
  const value = (base64: string) =>
    `<xenc:CipherData><xenc:CipherValue>${base64}</xenc:CipherValue></xenc:CipherData>`
  const wrapped = (attributes: string) =>
    `<xenc:EncryptedKey${attributes}>${method(transport)}${value(sealed)}</xenc:EncryptedKey>`
  const inside = isKeyBeside
    ? '<ds:RetrievalMethod Type="http://www.w3.org/2001/04/xmlenc#EncryptedKey" URI="#_key"></ds:RetrievalMethod>'
    : wrapped('')
  const beside = isKeyBeside ? wrapped(` xmlns:xenc="${XMLENC}" Id="_key"`) : ''
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="${XMLENC}" Type="${XMLENC}Element">${method(uri)}<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${inside}</ds:KeyInfo>${value(content)}</xenc:EncryptedData>${beside}</saml:EncryptedAssertion>`
}

/** The key our metadata names for it. */
export function encryptionKey(ourMetadata: string): string {
  const found = /use="encryption">.*?<ds:X509Certificate>([^<]+)</s.exec(ourMetadata)
  if (!found) throw new Error('The metadata names no key to encrypt for')
  const { publicKey } = new X509Certificate(Buffer.from(found[1]!, 'base64'))
  return publicKey.export({ type: 'spki', format: 'pem' }).toString()
}
