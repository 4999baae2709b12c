import { randomUUID } from 'node:crypto'
import type { Config } from '../../config/index.ts'
import { isUuid } from '../../data/index.ts'
import { workspaceUrl, type Tenant } from '../../tenancy/index.ts'
import type { SigningKeys } from './signing-keys.ts'

export const ACCESS_SECONDS = 15 * 60

/** What an access token says. */
export interface AccessClaims {
  /** Names the token. */
  readonly id: string
  readonly clientId: string
  /** Who acts: the client itself, or a member who let it. */
  readonly subject: string
  readonly scopes: readonly string[]
  /** What the member agreed to; undefined for tokens of a client in its own name. */
  readonly grantId: string | undefined
  readonly issuedAt: number
  /** Seconds since 1970. */
  readonly expiresAt: number
}

type Wish = Pick<AccessClaims, 'clientId' | 'subject' | 'scopes' | 'grantId'>

/** Access tokens: JWTs after RFC 9068, signed with Ed25519, for one workspace and a quarter of an hour. */
export class AccessTokens {
  readonly #keys: SigningKeys
  readonly #config: Config

  constructor({ signingKeys, config }: { signingKeys: SigningKeys; config: Config }) {
    this.#keys = signingKeys
    this.#config = config
  }

  async issue(tenant: Tenant, { clientId, subject, scopes, grantId }: Wish): Promise<string> {
    const { SignJWT } = await import('jose')
    const { kid, privateKey } = this.#keys.current(tenant.id)
    const issuer = workspaceUrl(this.#config, tenant.slug)
    const now = Math.floor(Date.now() / 1_000)
    const claims = { client_id: clientId, scope: scopes.join(' '), ...(grantId ? { gid: grantId } : {}) }
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
      .setIssuer(issuer)
      .setAudience(issuer)
      .setSubject(subject)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_SECONDS)
      .sign(privateKey)
  }

  /** What the token says, if it is one of this tenant that has not ended; whatever its header proposes, only our keys count. */
  async read(tenant: Tenant, token: string): Promise<AccessClaims | undefined> {
    const { errors, jwtVerify } = await import('jose')
    const issuer = workspaceUrl(this.#config, tenant.slug)
    const keys = this.#keys.accepted(tenant.id)
    try {
      const { payload } = await jwtVerify(
        token,
        ({ kid }) => {
          const key = keys.find((each) => each.kid === kid)
          if (!key) throw new errors.JWKSNoMatchingKey()
          return key.publicKey
        },
        {
          algorithms: ['EdDSA'],
          typ: 'at+jwt',
          issuer,
          audience: issuer,
          requiredClaims: ['exp', 'iat', 'jti', 'sub'],
        },
      )
      const { jti, sub, client_id: clientId, scope, gid, iat, exp } = payload
      if (!isId(jti) || !isId(clientId) || !isId(sub) || typeof scope !== 'string') return undefined
      if (gid !== undefined && !isId(gid)) return undefined
      const scopes = scope.split(' ').filter(Boolean)
      return { id: jti, clientId, subject: sub, scopes, grantId: gid, issuedAt: iat!, expiresAt: exp! }
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined
      throw error
    }
  }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && isUuid(value)
}
