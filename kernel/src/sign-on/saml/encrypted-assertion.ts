import { constants, createDecipheriv, privateDecrypt } from 'node:crypto'
import { childrenOf, isNamed, onlyChild, XmlRefused, type XmlElement } from './xml-tree.ts'

const XMLENC = 'http://www.w3.org/2001/04/xmlenc#'
const XMLENC11 = 'http://www.w3.org/2009/xmlenc11#'
/** With SHA-1, as it is defined: nothing here rests on collisions. PKCS #1 v1.5 is refused, since answers to it can be told apart. */
export const KEY_TRANSPORT = `${XMLENC}rsa-oaep-mgf1p`
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#sha1'
const TAG_BYTES = 16
const BLOCK_BYTES = 16

interface Cipher {
  readonly name: 'aes-128-gcm' | 'aes-256-gcm' | 'aes-128-cbc' | 'aes-256-cbc'
  readonly keyBytes: number
  readonly ivBytes: number
}

/** How assertions may be encrypted, the best first. */
const CIPHERS: ReadonlyMap<string, Cipher> = new Map([
  [`${XMLENC11}aes256-gcm`, { name: 'aes-256-gcm', keyBytes: 32, ivBytes: 12 }],
  [`${XMLENC11}aes128-gcm`, { name: 'aes-128-gcm', keyBytes: 16, ivBytes: 12 }],
  [`${XMLENC}aes256-cbc`, { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 }],
  [`${XMLENC}aes128-cbc`, { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 }],
])

export const CIPHER_NAMES: readonly string[] = [...CIPHERS.keys()]

/**
 * All that is ever said of what was encrypted and cannot be believed. Whoever could tell a wrong padding from a wrong signature could read an
 * assertion by asking often enough.
 */
export const UNREADABLE = 'What is encrypted in it cannot be read, or is not signed as it has to be.'

/** What is encrypted, as it was found in its one place. */
export interface EncryptedAssertion {
  readonly cipher: Cipher
  readonly key: Buffer
  readonly content: Buffer
}

/** Reads the form of an encrypted assertion: one content, one key for it, algorithms that are taken. @throws XmlRefused */
export function readEncryptedAssertion(element: XmlElement): EncryptedAssertion {
  const data = onlyChild(element, 'encryption', 'EncryptedData')
  const cipher = CIPHERS.get(algorithmOf(data))
  if (!cipher) throw notTaken()
  const key = keyOf(element, data)
  const [digest, ...more] = childrenOf(
    onlyChild(key, 'encryption', 'EncryptionMethod'),
    'signature',
    'DigestMethod',
  )
  if (
    algorithmOf(key) !== KEY_TRANSPORT ||
    more.length > 0 ||
    (digest && digest.attributes.get('Algorithm') !== SHA1)
  )
    throw notTaken()
  return { cipher, key: valueOf(key), content: valueOf(data) }
}

/** The key stands within what it opens, or beside it and is pointed at. */
function keyOf(element: XmlElement, data: XmlElement): XmlElement {
  const info = onlyChild(data, 'signature', 'KeyInfo')
  const inside = childrenOf(info, 'encryption', 'EncryptedKey')
  const beside = childrenOf(element, 'encryption', 'EncryptedKey')
  const pointers = childrenOf(info, 'signature', 'RetrievalMethod')
  const [key, ...others] = [...inside, ...beside]
  if (!key || others.length > 0 || pointers.length !== beside.length)
    throw new XmlRefused('It has not exactly one key.')
  const own = key.attributes.get('Id')
  for (const { attributes } of pointers)
    if (own === undefined || /['"]/.test(own) || attributes.get('URI') !== `#${own}`)
      throw new XmlRefused('Its key is not the one that is pointed at.')
  if (element.children.some((each) => !isNamed(each, 'encryption', 'EncryptedData') && each !== key))
    throw new XmlRefused('There is more in what is encrypted than belongs there.')
  return key
}

/**
 * Opens what was encrypted for one of these keys.
 *
 * @param keys PEM
 * @throws XmlRefused with the one reason there is for all that goes wrong
 */
export function openAssertion(
  { cipher, key, content }: EncryptedAssertion,
  keys: readonly string[],
): { readonly xml: string; readonly privateKey: string } {
  for (const privateKey of keys) {
    try {
      const padding = constants.RSA_PKCS1_OAEP_PADDING
      const secret = privateDecrypt({ key: privateKey, padding, oaepHash: 'sha1' }, key)
      const xml = new TextDecoder('utf-8', { fatal: true }).decode(decipher(cipher, secret, content))
      return { xml, privateKey }
    } catch {
      // Meant for another key, or changed on its way: which of the two is nobody's business.
    }
  }
  throw new XmlRefused(UNREADABLE)
}

function decipher({ name, keyBytes, ivBytes }: Cipher, key: Buffer, content: Buffer): Buffer {
  const iv = content.subarray(0, ivBytes)
  if (key.byteLength !== keyBytes || content.byteLength < ivBytes + BLOCK_BYTES) throw new Error('Too short')
  if (name === 'aes-128-gcm' || name === 'aes-256-gcm') {
    const opening = createDecipheriv(name, key, iv, { authTagLength: TAG_BYTES })
    opening.setAuthTag(content.subarray(-TAG_BYTES))
    return Buffer.concat([opening.update(content.subarray(ivBytes, -TAG_BYTES)), opening.final()])
  }
  const opening = createDecipheriv(name, key, iv).setAutoPadding(false)
  const padded = Buffer.concat([opening.update(content.subarray(ivBytes)), opening.final()])
  const excess = padded.at(-1) ?? 0
  if (excess < 1 || excess > BLOCK_BYTES) throw new Error('Not padded')
  return padded.subarray(0, -excess)
}

function algorithmOf(element: XmlElement): string {
  return onlyChild(element, 'encryption', 'EncryptionMethod').attributes.get('Algorithm') ?? ''
}

function valueOf(element: XmlElement): Buffer {
  const data = onlyChild(element, 'encryption', 'CipherData')
  const text = onlyChild(data, 'encryption', 'CipherValue').text.replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    throw new XmlRefused('What is encrypted in it is not written as it should be.')
  return Buffer.from(text, 'base64')
}

function notTaken(): XmlRefused {
  return new XmlRefused('It is encrypted in a way that is not taken: RSA-OAEP with AES-GCM or AES-CBC.')
}
