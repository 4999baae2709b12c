import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto'

/*
 * Format 1: one byte format, two bytes number of the key, 12 bytes nonce, ciphertext, 16 bytes tag. The header is authenticated with
 * the place the value belongs to, so a value opens nowhere else and under no other key.
 */

const FORMAT = 1
const HEADER = 3
const NONCE = 12
const TAG = 16

/** What was read is not what was written here: changed, or brought here from somewhere else. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

/**
 * Encrypts a text, as UTF-8, or bytes with AES-256-GCM.
 *
 * @param keyNumber 1 to 65535, to find the key again
 * @param place what the value belongs to; opening takes the same
 */
export function seal(key: KeyObject, keyNumber: number, content: string | Buffer, place: string): Buffer {
  const header = Buffer.alloc(HEADER)
  header.writeUInt8(FORMAT, 0)
  header.writeUInt16BE(keyNumber, 1)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.concat([header, Buffer.from(place)]))
  const body = Buffer.concat([
    cipher.update(typeof content === 'string' ? Buffer.from(content) : content),
    cipher.final(),
  ])
  return Buffer.concat([header, nonce, body, cipher.getAuthTag()])
}

/** Number of the key a value was sealed with. @throws SealBroken */
export function keyNumberOf(sealed: Buffer): number {
  if (sealed.length < HEADER + NONCE + TAG || sealed.readUInt8(0) !== FORMAT)
    throw new SealBroken('This is no sealed value')
  return sealed.readUInt16BE(1)
}

/** Decrypts what `seal` made. @throws SealBroken when anything about it or its place is different */
export function unseal(key: KeyObject, sealed: Buffer, place: string): string {
  return unsealBytes(key, sealed, place).toString('utf8')
}

/** The same of bytes. @throws SealBroken */
export function unsealBytes(key: KeyObject, sealed: Buffer, place: string): Buffer {
  keyNumberOf(sealed)
  const body = HEADER + NONCE
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(HEADER, body), { authTagLength: TAG })
  decipher.setAAD(Buffer.concat([sealed.subarray(0, HEADER), Buffer.from(place)]))
  decipher.setAuthTag(sealed.subarray(-TAG))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(body, -TAG)), decipher.final()])
  } catch (cause) {
    throw new SealBroken('The value was changed, or belongs elsewhere', { cause })
  }
}
