import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { seal, unseal } from './sealed-value.ts'

/** There is one key for each purpose, so its number says nothing. */
const ONLY_KEY = 1

/**
 * Keys that follow from the root secret, one for each purpose, and secrets of the kernel's own that are stored sealed under them: what
 * second factors and sign-on providers share with the platform. They stay readable as long as the root secret is the same.
 */
export class Vault {
  readonly #secret: string
  readonly #keys = new Map<string, KeyObject>()

  constructor(secret: string) {
    this.#secret = secret
  }

  /** 256 bits that nobody else derives. Always the same ones for a purpose. */
  key(purpose: string): KeyObject {
    let key = this.#keys.get(purpose)
    if (!key) {
      key = createSecretKey(Buffer.from(hkdfSync('sha256', this.#secret, '', `plinth ${purpose}`, 32)))
      this.#keys.set(purpose, key)
    }
    return key
  }

  /** @param place what the value belongs to, tenant and row; opening takes the same */
  seal(purpose: string, place: string, text: string): Buffer {
    return seal(this.key(purpose), ONLY_KEY, text, place)
  }

  /** @throws SealBroken when value or place are others */
  open(purpose: string, place: string, sealed: Buffer): string {
    return unseal(this.key(purpose), sealed, place)
  }
}
