import { createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Vault } from '../../crypto/index.ts'

const PERIOD_MS = 30 * 86_400_000

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/**
 * The keys that sign the access tokens of a tenant: Ed25519, a new one every thirty days. They follow from the platform's secret, the
 * tenant and the day, so every node has them and none is stored. The one before and the one to come count too.
 */
export class SigningKeys {
  readonly #vault: Vault
  readonly #keys = new LRUCache<string, SigningKey>({ max: 3_000 })

  constructor({ vault }: { vault: Vault }) {
    this.#vault = vault
  }

  current(tenantId: string): SigningKey {
    return this.#key(tenantId, period())
  }

  /** Those a token may be signed with at this moment, the current one first. */
  accepted(tenantId: string): readonly SigningKey[] {
    const now = period()
    return [now, now - 1, now + 1].map((each) => this.#key(tenantId, each))
  }

  /** The public halves, for whoever wants to verify tokens without asking (RFC 7517). */
  publicKeys(tenantId: string): readonly Readonly<Record<string, string>>[] {
    return this.accepted(tenantId).map(({ kid, publicKey }) => {
      const { kty, crv, x } = publicKey.export({ format: 'jwk' })
      return { kty: kty!, crv: crv!, x: x!, kid, alg: 'EdDSA', use: 'sig' }
    })
  }

  #key(tenantId: string, number: number): SigningKey {
    const id = `${tenantId} ${number}`
    let key = this.#keys.get(id)
    if (!key) this.#keys.set(id, (key = this.#derive(id)))
    return key
  }

  #derive(id: string): SigningKey {
    const seed = createHmac('sha256', this.#vault.key('access tokens')).update(id).digest()
    const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
    const publicKey = createPublicKey(privateKey)
    const kid = createHash('sha256')
      .update(publicKey.export({ format: 'der', type: 'spki' }))
      .digest('base64url')
    return { kid: kid.slice(0, 22), privateKey, publicKey }
  }
}

function period(): number {
  return Math.floor(Date.now() / PERIOD_MS)
}
