import { createPrivateKey } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Configuration, ServerMetadata } from 'openid-client'
import { Failure } from '../errors.ts'
import { joinClaims, readFacts, type Facts } from './facts.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { profileTraits } from './profiles.ts'
import type { OpenIdProvider, OpenIdSettings } from './provider.ts'
import { unreachable } from './unreachable.ts'

const METADATA_MS = 600_000
/** How far the clocks of providers may be off, in seconds. */
const TOLERANCE = 60
const SECRET_SECONDS = 300

/** What the browser that begins must bring along when it comes back, and nobody else can know. */
export interface OpenIdAttempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/**
 * Signing in with OpenID Connect: code with PKCE, state and nonce; the ID token's signature is verified with the keys the provider has at
 * that moment, whatever they were before.
 */
export class OpenId {
  readonly #allowed: ReadonlySet<string>
  readonly #metadata = new LRUCache<string, ServerMetadata>({ max: 500, ttl: METADATA_MS })

  /** @param allowed hosts of providers that may be anywhere and go without TLS */
  constructor(allowed: ReadonlySet<string>) {
    this.#allowed = allowed
  }

  /** Asks the provider for its metadata, as if for the first time. @throws Failure `provider_unreachable` */
  async test(settings: OpenIdSettings): Promise<ServerMetadata> {
    this.#metadata.delete(settings.issuer)
    return this.#describe(settings)
  }

  /**
   * Where the browser goes to.
   *
   * @param anew whether the provider is to ask who is there even of those it knows
   * @throws Failure `provider_unreachable`
   */
  async begin(
    provider: OpenIdProvider,
    redirectUri: string,
    { anew = false }: { readonly anew?: boolean } = {},
  ): Promise<{ readonly url: string; readonly attempt: OpenIdAttempt }> {
    const client = await import('openid-client')
    const { settings } = provider
    const { posts } = profileTraits[settings.profile]
    const attempt = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    }
    const url = client.buildAuthorizationUrl(await this.#configure(settings, undefined), {
      redirect_uri: redirectUri,
      scope: settings.scopes.join(' '),
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      ...(posts ? { response_mode: 'form_post' } : {}),
      ...(anew ? { prompt: 'login', max_age: '0' } : {}),
      ...(settings.profile === 'google-workspace' && settings.company ? { hd: settings.company } : {}),
    })
    return { url: url.href, attempt }
  }

  /**
   * Fetches what the provider says of who has come back.
   *
   * @param answer parameters the browser brought from the provider
   * @param anew whether they must have proven it just now: the provider says when, and what it does not say is refused
   * @throws Failure `sign_on_failed` | `provider_unreachable`
   */
  async finish(
    { settings }: OpenIdProvider,
    secret: string | undefined,
    redirectUri: string,
    {
      answer,
      attempt,
      anew = false,
    }: { readonly answer: URLSearchParams; readonly attempt: OpenIdAttempt; readonly anew?: boolean },
  ): Promise<Facts> {
    const client = await import('openid-client')
    const configuration = await this.#configure(settings, secret)
    try {
      const url = new URL(redirectUri)
      url.search = answer.toString()
      const tokens = await client.authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
        ...(anew ? { maxAge: 0 } : {}),
      })
      const claims = tokens.claims()!
      requireCompany(settings, claims)
      let said: Readonly<Record<string, unknown>> = claims
      const { rolesClaim } = settings
      const isMissing =
        claims['email'] === undefined || (rolesClaim !== null && !Object.hasOwn(claims, rolesClaim))
      if (isMissing && configuration.serverMetadata().userinfo_endpoint)
        said = joinClaims(claims, await client.fetchUserInfo(configuration, tokens.access_token, claims.sub))
      return withPostedName(readFacts(said, rolesClaim), answer.get('user'))
    } catch (error) {
      throw asFailure(error)
    }
  }

  async #configure(settings: OpenIdSettings, secret: string | undefined): Promise<Configuration> {
    const client = await import('openid-client')
    const metadata = await this.#describe(settings)
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const known = secret === undefined ? undefined : await clientSecret(settings, secret)
    const authentication =
      known === undefined
        ? client.None()
        : methods.includes('client_secret_basic')
          ? client.ClientSecretBasic(known)
          : client.ClientSecretPost(known)
    const configuration = new client.Configuration(
      metadata,
      settings.clientId,
      { [client.clockTolerance]: TOLERANCE },
      authentication,
    )
    configuration[client.customFetch] = this.#fetch
    if (this.#isPlain(metadata.issuer)) client.allowInsecureRequests(configuration)
    // The library takes the token endpoint's word for it otherwise.
    client.enableNonRepudiationChecks(configuration)
    return configuration
  }

  async #describe(settings: OpenIdSettings): Promise<ServerMetadata> {
    const known = this.#metadata.get(settings.issuer)
    if (known) return known
    const { protocol, host } = new URL(settings.issuer)
    if (protocol !== 'https:' && !this.#isPlain(settings.issuer))
      throw unreachable('without_tls', `${host} is to be reached without TLS`, { host })
    const client = await import('openid-client')
    try {
      const configuration = await client.discovery(
        new URL(settings.issuer),
        settings.clientId,
        undefined,
        client.None(),
        {
          [client.customFetch]: this.#fetch,
          execute: this.#isPlain(settings.issuer) ? [client.allowInsecureRequests] : [],
        },
      )
      const metadata: ServerMetadata = { ...configuration.serverMetadata() }
      if (metadata.authorization_endpoint === undefined || metadata.token_endpoint === undefined)
        throw unreachable('sign_in_address_missing', 'The provider names no address to sign in at.')
      requireWebAddress(metadata.authorization_endpoint)
      // What is believed without a signature, or with a shared one, is not taken at all.
      const algorithms = (metadata.id_token_signing_alg_values_supported ?? ['RS256']).filter(isAsymmetric)
      const usable = { ...metadata, id_token_signing_alg_values_supported: algorithms }
      this.#metadata.set(settings.issuer, usable)
      return usable
    } catch (error) {
      throw asFailure(error, (detail) => unreachable('answer_refused', detail, { cause: error }))
    }
  }

  readonly #fetch = (address: string, options: object): Promise<Response> =>
    guardedFetch(address, options, this.#allowed)

  /** Whether it may be asked without TLS. Which of its addresses may, is judged for each. */
  #isPlain(issuer: string): boolean {
    const { protocol, host } = new URL(issuer)
    return protocol === 'http:' && this.#allowed.has(host)
  }
}

function isAsymmetric(algorithm: string): boolean {
  return /^(?:RS|PS|ES)\d{3}$|^Ed(?:DSA|25519)$|^ML-DSA/.test(algorithm)
}

/** The browser is sent there. */
function requireWebAddress(address: string): void {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw unreachable('sign_in_address_missing', 'The provider names no address to sign in at.')
}

/** A provider of many companies vouches only for the people of this one. */
function requireCompany(
  { profile, company }: OpenIdSettings,
  claims: Readonly<Record<string, unknown>>,
): void {
  const { companyClaim } = profileTraits[profile]
  if (companyClaim !== undefined && (company === null || claims[companyClaim] !== company))
    throw new Failure('sign_on_failed', { detail: 'The provider speaks of someone from another company.' })
}

/** Some providers want a secret that is signed for the occasion. */
async function clientSecret(settings: OpenIdSettings, secret: string): Promise<string> {
  if (!profileTraits[settings.profile].signsSecret) return secret
  const { SignJWT } = await import('jose')
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: settings.keyId! })
    .setIssuer(settings.teamId!)
    .setSubject(settings.clientId)
    .setAudience(settings.issuer)
    .setIssuedAt()
    .setExpirationTime(`${SECRET_SECONDS}s`)
    .sign(createPrivateKey(secret))
}

/** Apple says the name once, beside its answer and unsigned: good for a name, and for nothing else. */
function withPostedName(facts: Facts, posted: string | null): Facts {
  if (posted === null || facts.name !== undefined || posted.length > 2_000) return facts
  try {
    const { name } = JSON.parse(posted) as { name?: { firstName?: unknown; lastName?: unknown } }
    const { givenName, familyName } = readFacts(
      { given_name: name?.firstName, family_name: name?.lastName },
      null,
    )
    return { ...facts, givenName, familyName }
  } catch {
    return facts
  }
}

/** What went wrong; as it was said where it was found, which the library wraps in words of its own. */
function asFailure(
  error: unknown,
  failure = (detail: string) => new Failure('sign_on_failed', { detail, cause: error }),
): Failure {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof Failure) return each
  return failure(reasonOf(error))
}

/** What is said of it to people; never an answer of the provider, which holds tokens. */
function reasonOf(error: unknown): string {
  const { code, error: said } = error as { code?: unknown; error?: unknown }
  if (typeof said === 'string' && /^[a-z_]{1,60}$/.test(said)) return `The provider says: ${said}.`
  return typeof code === 'string'
    ? `What the provider answered is not accepted: ${code}.`
    : 'The provider’s answer is not accepted.'
}
