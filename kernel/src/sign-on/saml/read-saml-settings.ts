import { Failure, invalid } from '../../errors.ts'
import {
  commonDefaults,
  commonProperties,
  hasCredentials,
  inputReader,
  nameFor,
  orNull,
  text,
} from '../common-settings.ts'
import type { SamlProvider, SamlSettings } from '../provider.ts'
import { readProviderMetadata, type ProviderMetadata } from './provider-metadata.ts'
import type { Saml } from './saml.ts'
import { ownKeys, readSamlKeys, writeSamlKeys } from './saml-keys.ts'
import { XmlRefused } from './xml-tree.ts'

/** What can be said about a provider of SAML. */
export const samlProperties = {
  kind: { const: 'saml' },
  ...commonProperties,
  metadataUrl: orNull({ ...text(1_000), format: 'uri' }),
  metadata: { type: 'string', minLength: 1, maxLength: 400_000 },
  emailAttribute: orNull(text(200)),
  beginsThere: { type: 'boolean' },
  renewKey: { const: true },
  encryption: { type: 'boolean' },
  renewEncryptionKey: { const: true },
} as const

/** What someone wants to store about a provider of SAML. */
export interface SamlInput {
  readonly kind: 'saml'
  readonly name: string
  readonly enabled: boolean
  readonly settings: SamlSettings
  /** The private keys of ours. Undefined: as before. */
  readonly secret: string | undefined
}

const requireKnown = inputReader(samlProperties)

/**
 * Reads what is to be stored, what is not said being as before. Its metadata is entered or fetched; until it is known the provider
 * cannot be in use, since many give theirs only once they know us.
 *
 * @param secret keys as they are stored
 * @throws Failure `validation_failed` | `provider_unreachable`
 */
export async function readSamlProvider(
  body: Readonly<Record<string, unknown>>,
  saml: Saml,
  before?: SamlProvider,
  secret?: string,
): Promise<SamlInput> {
  requireKnown(body)
  const {
    kind: _,
    name,
    enabled,
    metadata,
    renewKey,
    encryption,
    renewEncryptionKey,
    ...given
  } = body as Record<string, never>
  const called = nameFor(name, before)
  const settings = { ...defaults, ...before?.settings, ...given } as SamlSettings
  const known = await metadataFor(settings, { metadata, saml, before: before?.settings })
  const isUsed = (enabled as boolean | undefined) ?? before?.enabled ?? known.issuer !== ''
  if (isUsed && known.issuer === '')
    throw invalid('/metadata', 'required', 'Its metadata is needed before it can be used.')
  const own = await ownKeys(called, settings, secret === undefined ? undefined : readSamlKeys(secret), {
    renewKey,
    encryption,
    renewEncryptionKey,
  })
  return {
    kind: 'saml',
    name: called,
    enabled: isUsed,
    settings: { ...settings, ...known, ...own?.certificates },
    secret: own && writeSamlKeys(own.keys),
  }
}

const defaults: SamlSettings = {
  ...commonDefaults,
  profile: 'saml',
  issuer: '',
  metadataUrl: null,
  entryPoint: null,
  certificates: [],
  rolesClaim: 'groups',
  emailAttribute: null,
  beginsThere: false,
  certificate: '',
}

type Known = Pick<SamlSettings, 'issuer' | 'metadataUrl' | 'entryPoint' | 'certificates'>

async function metadataFor(
  { metadataUrl, issuer, entryPoint, certificates }: SamlSettings,
  {
    metadata,
    saml,
    before,
  }: {
    readonly metadata: string | undefined
    readonly saml: Saml
    readonly before: SamlSettings | undefined
  },
): Promise<Known> {
  if (metadata !== undefined) {
    const entered = await readEntered(metadata, saml)
    requireSame('/metadata', entered, before)
    return { ...entered, metadataUrl: null }
  }
  if (metadataUrl === null) {
    if (issuer !== '' && entryPoint === null)
      throw invalid('/metadata', 'required', 'Its metadata is needed, or the address it is found at.')
    return { issuer, metadataUrl, entryPoint, certificates }
  }
  if (metadataUrl === before?.metadataUrl) return { issuer, metadataUrl, entryPoint, certificates }
  if (
    !URL.canParse(metadataUrl) ||
    !/^https?:$/.test(new URL(metadataUrl).protocol) ||
    hasCredentials(metadataUrl)
  )
    throw invalid('/metadataUrl', 'format', 'The address of its metadata is needed.')
  const fetched = await saml.fetchMetadata(metadataUrl)
  requireSame('/metadataUrl', fetched, before)
  return { issuer: fetched.issuer, metadataUrl, entryPoint: null, certificates: [] }
}

async function readEntered(xml: string, saml: Saml): Promise<ProviderMetadata> {
  try {
    const metadata = await readProviderMetadata(xml)
    saml.requireEntryPoint(metadata)
    return metadata
  } catch (error) {
    if (error instanceof XmlRefused)
      throw new Failure('validation_failed', {
        errors: [{ pointer: '/metadata', code: 'format', detail: error.message }],
        cause: error,
      })
    throw error
  }
}

function requireSame(pointer: string, { issuer }: ProviderMetadata, before: SamlSettings | undefined): void {
  if (before && before.issuer !== '' && before.issuer !== issuer)
    throw invalid(pointer, 'immutable', 'Another entity is another provider: its people are others.')
}
