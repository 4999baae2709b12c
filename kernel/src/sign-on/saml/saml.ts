import { randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { SAML, SamlConfig } from '@node-saml/node-saml'
import type { Config } from '../../config/index.ts'
import type { Attempts } from '../../data/index.ts'
import { Failure } from '../../errors.ts'
import type { Facts } from '../facts.ts'
import { guardedFetch } from '../guarded-fetch.ts'
import type { SamlProvider, SamlSettings } from '../provider.ts'
import { unreachable } from '../unreachable.ts'
import { checkAnswerForm, checkAssertionForm } from './answer-form.ts'
import { readAssertion, TOLERANCE_MS } from './assertion.ts'
import { openAssertion, UNREADABLE, type EncryptedAssertion } from './encrypted-assertion.ts'
import type { SamlPlace } from './own-metadata.ts'
import { readProviderMetadata, type ProviderMetadata } from './provider-metadata.ts'
import { readXml, XmlRefused } from './xml-tree.ts'

const METADATA_MS = 600_000
/** Answers are good for a request of the last ten minutes; what was used is remembered a little longer. */
const REMEMBERED_SECONDS = 900

/** What the browser that begins must bring along when it comes back, and nobody else can know. */
export interface SamlAttempt {
  /** Travels as RelayState. */
  readonly state: string
  /** Id of the request, which the answer has to name. */
  readonly request: string
}

interface Needs {
  readonly config: Pick<Config, 'privateProviders'>
  readonly attempts: Attempts
}

/**
 * Signing in with SAML 2.0: requests are signed and go by redirection, answers are posted. Of an answer nothing is believed but the text of
 * its one assertion as it was signed, by itself or with the answer, with a key that the provider has at that moment.
 */
export class Saml {
  readonly #allowed: ReadonlySet<string>
  readonly #attempts: Attempts
  readonly #metadata = new LRUCache<string, ProviderMetadata>({ max: 500, ttl: METADATA_MS })

  constructor({ config, attempts }: Needs) {
    this.#allowed = config.privateProviders ?? new Set()
    this.#attempts = attempts
  }

  /** Fetches the metadata of a provider. @throws Failure `provider_unreachable` */
  async fetchMetadata(address: string): Promise<ProviderMetadata> {
    const answer = await guardedFetch(address, { headers: { accept: '*/*' } }, this.#allowed)
    if (answer.status !== 200)
      throw unreachable('status_refused', `The metadata is answered with ${answer.status}.`, {
        status: answer.status,
      })
    try {
      const metadata = await readProviderMetadata(await answer.text())
      this.requireEntryPoint(metadata)
      this.#metadata.set(address, metadata)
      return metadata
    } catch (error) {
      if (error instanceof XmlRefused) throw unreachable(error.reason, error.message, { cause: error })
      throw error
    }
  }

  /** Browsers are sent there with what signs people in. @throws XmlRefused */
  requireEntryPoint({ entryPoint }: ProviderMetadata): void {
    const { protocol, host } = new URL(entryPoint)
    if (protocol !== 'https:' && !this.#allowed.has(host))
      throw new XmlRefused('The provider is to be reached without TLS.', 'without_tls')
  }

  /** What the provider says of itself at this moment. @throws Failure `provider_unreachable` */
  async test({ issuer, metadataUrl, entryPoint, certificates }: SamlSettings): Promise<ProviderMetadata> {
    if (metadataUrl === null) {
      if (entryPoint === null) throw unreachable('metadata_missing', 'Its metadata is missing.')
      return { issuer, entryPoint, certificates }
    }
    const metadata = await this.fetchMetadata(metadataUrl)
    if (metadata.issuer !== issuer)
      throw unreachable('provider_other', 'The metadata is that of another provider.')
    return metadata
  }

  /**
   * Where the browser goes to.
   *
   * @param anew whether the provider is to ask who is there even of those it knows
   * @throws Failure `provider_unreachable`
   */
  async begin(
    { settings }: SamlProvider,
    privateKey: string,
    place: SamlPlace,
    { anew = false }: { readonly anew?: boolean } = {},
  ): Promise<{ readonly url: string; readonly attempt: SamlAttempt }> {
    const cached = settings.metadataUrl === null ? undefined : this.#metadata.get(settings.metadataUrl)
    const metadata = cached?.issuer === settings.issuer ? cached : await this.test(settings)
    const attempt = {
      state: randomBytes(32).toString('base64url'),
      // An xs:ID begins with no digit.
      request: `_${randomBytes(20).toString('hex')}`,
    }
    const client = await this.#client(metadata, place, {
      entryPoint: metadata.entryPoint,
      privateKey,
      generateUniqueId: () => attempt.request,
      forceAuthn: anew,
    })
    return { url: await client.getAuthorizeUrlAsync(attempt.state, undefined, {}), attempt }
  }

  /**
   * Reads what the provider says of who has come back.
   *
   * @param answer parameters the provider had the browser post
   * @param decryptionKeys PEM; without any, nothing may be encrypted
   * @param anew whether they must have proven it just now, and the provider says so
   * @throws Failure `sign_on_failed` | `provider_unreachable`
   */
  async finish(
    tenantId: string,
    { id, settings }: SamlProvider,
    place: SamlPlace,
    {
      answer,
      attempt,
      decryptionKeys = [],
      anew = false,
    }: {
      readonly answer: URLSearchParams
      readonly attempt: SamlAttempt
      readonly decryptionKeys?: readonly string[]
      readonly anew?: boolean
    },
  ): Promise<Facts> {
    const text = decoded(answer.get('SAMLResponse') ?? '')
    try {
      const form = checkAnswerForm(await readXml(text, { onlyData: true }), {
        ...place,
        issuer: settings.issuer,
        takesEncrypted: decryptionKeys.length > 0,
      })
      const metadata = await this.test(settings)
      const opened = form.encrypted && (await open(form.encrypted, form.isSigned, decryptionKeys))
      const signed = await this.#verify(text, metadata, place, { ...form, ...opened, attempt })
      const assertion = readAssertion(await readXml(signed, { onlyData: true }), settings, {
        issuer: settings.issuer,
        acs: place.acs,
        request: attempt.request,
        anew,
      })
      const limit = { max: 1, seconds: REMEMBERED_SECONDS }
      if ((await this.#attempts.take(tenantId, `assertion ${id} ${assertion.id}`, limit)) > 0)
        throw new XmlRefused('Its assertion was used before.')
      return assertion.facts
    } catch (error) {
      if (error instanceof XmlRefused) throw refused(error.message, error)
      throw error
    }
  }

  /** The text of the assertion that is signed, once signature, conditions and audience are verified. */
  async #verify(
    text: string,
    metadata: ProviderMetadata,
    place: SamlPlace,
    { attempt, isSigned, isAssertionSigned, privateKey }: Verified,
  ): Promise<string> {
    const { ValidateInResponseTo } = await import('@node-saml/node-saml')
    const client = await this.#client(metadata, place, {
      wantAuthnResponseSigned: isSigned,
      wantAssertionsSigned: isAssertionSigned,
      ...(privateKey === undefined ? {} : { decryptionPvk: privateKey }),
      validateInResponseTo: ValidateInResponseTo.always,
      cacheProvider: onlyRequest(attempt.request),
    })
    try {
      const SAMLResponse = Buffer.from(text).toString('base64')
      const { profile } = await client.validatePostResponseAsync({ SAMLResponse })
      const signed = profile?.getAssertionXml?.()
      if (!signed) throw new Error('There is no assertion')
      return signed
    } catch (error) {
      throw refused(reasonOf(error, privateKey !== undefined), error)
    }
  }

  async #client(
    { certificates }: ProviderMetadata,
    { entityId, acs }: SamlPlace,
    more: Partial<SamlConfig>,
  ): Promise<SAML> {
    const { SAML: Client } = await import('@node-saml/node-saml')
    return new Client({
      callbackUrl: acs,
      issuer: entityId,
      audience: entityId,
      idpCert: [...certificates],
      signatureAlgorithm: 'sha256',
      digestAlgorithm: 'sha256',
      acceptedClockSkewMs: TOLERANCE_MS,
      // Providers that are asked for one way of signing in refuse all others.
      disableRequestedAuthnContext: true,
      identifierFormat: null,
      ...more,
    })
  }
}

/** What of an answer has to be signed, by its form: all that it shows a signature of, and one of the two at least. */
interface Verified {
  readonly attempt: SamlAttempt
  readonly isSigned: boolean
  readonly isAssertionSigned: boolean
  /** Of ours, that opens the assertion. */
  readonly privateKey?: string
}

/** Opens an encrypted assertion and judges its form, before the library does the same. @throws XmlRefused without saying which of it failed */
async function open(
  encrypted: EncryptedAssertion,
  isSigned: boolean,
  keys: readonly string[],
): Promise<Pick<Verified, 'isAssertionSigned' | 'privateKey'>> {
  try {
    const { xml, privateKey } = openAssertion(encrypted, keys)
    const isAssertionSigned = checkAssertionForm(await readXml(xml, { onlyData: true }))
    if (isSigned || isAssertionSigned) return { isAssertionSigned, privateKey }
  } catch (error) {
    if (!(error instanceof XmlRefused)) throw error
  }
  throw new XmlRefused(UNREADABLE)
}

/** Knows the request this browser has made, and no other. That it is answered once is counted in the database, for all nodes. */
function onlyRequest(request: string): NonNullable<SamlConfig['cacheProvider']> {
  return {
    saveAsync: async () => null,
    getAsync: async (key) => (key === request ? new Date().toISOString() : null),
    removeAsync: async () => null,
  }
}

function decoded(value: string): string {
  const plain = value.replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) throw refused('It is no answer to a sign-in.')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(plain, 'base64'))
  } catch (error) {
    throw refused('It is not written in UTF-8.', error)
  }
}

/** What is said of it to people; in words of ours, since those of the library hold parts of the answer. */
function reasonOf(error: unknown, isEncrypted: boolean): string {
  const { message } = error as Error
  if (/signature/i.test(message)) return isEncrypted ? UNREADABLE : 'Its signature is not valid.'
  if (/audience/i.test(message)) return 'It is meant for someone else.'
  if (/expired|not yet valid|subject confirmation/i.test(message))
    return 'Its time has passed, or has not come.'
  if (/InResponseTo/i.test(message)) return 'It answers another request.'
  return isEncrypted ? UNREADABLE : 'What it says is not accepted.'
}

function refused(reason: string, cause?: unknown): Failure {
  return new Failure('sign_on_failed', { detail: `The provider’s answer is not accepted: ${reason}`, cause })
}
