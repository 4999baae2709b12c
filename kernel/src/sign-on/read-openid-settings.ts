import { Failure, invalid } from '../errors.ts'
import {
  commonProperties,
  commonDefaults,
  hasCredentials,
  inputReader,
  nameFor,
  orNull,
  text,
} from './common-settings.ts'
import { PROFILES, profilesFor, profileTraits } from './profiles.ts'
import type { OpenIdSettings } from './provider.ts'

/** What can be said about a provider of OpenID Connect. */
export const openIdProperties = {
  kind: { const: 'openid' },
  ...commonProperties,
  profile: { enum: [...PROFILES] },
  issuer: { ...text(500), format: 'uri' },
  clientId: text(300),
  secret: orNull({ type: 'string', minLength: 1, maxLength: 4_000, format: 'password' }),
  scopes: {
    type: 'array',
    minItems: 1,
    maxItems: 20,
    uniqueItems: true,
    items: { type: 'string', pattern: '^[!#-\\[\\]-~]{1,200}$' },
  },
  company: orNull(text(100)),
  teamId: orNull(text(40)),
  keyId: orNull(text(40)),
} as const

/** What someone wants to store about a provider of OpenID Connect. */
export interface OpenIdInput {
  readonly kind: 'openid'
  readonly name: string
  readonly enabled: boolean
  readonly settings: OpenIdSettings
  /** Undefined: as before. */
  readonly secret: string | null | undefined
}

const requireKnown = inputReader(openIdProperties)

/**
 * Reads what is to be stored, what is not said being as before, or as the profile has it.
 *
 * @throws Failure `validation_failed`
 */
export function readOpenIdProvider(
  body: Readonly<Record<string, unknown>>,
  before?: { readonly name: string; readonly enabled: boolean; readonly settings: OpenIdSettings },
): OpenIdInput {
  requireKnown(body)
  const { kind = 'openid', name, enabled, secret, ...given } = body as Record<string, never>
  if (before && given['profile'] !== undefined && given['profile'] !== before.settings.profile)
    throw invalid('/profile', 'immutable', 'Another kind of provider is another provider.')
  const profile: OpenIdSettings['profile'] = given['profile'] ?? before?.settings.profile ?? 'generic'
  const traits = profileTraits[profile]
  const settings: OpenIdSettings = {
    profile,
    issuer: traits.issuer ?? '',
    clientId: '',
    scopes: traits.scopes,
    ...commonDefaults,
    rolesClaim: traits.rolesClaim ?? null,
    company: null,
    teamId: null,
    keyId: null,
    ...before?.settings,
    ...given,
  }
  checkSettings(settings)
  const profiles = before ? undefined : profilesFor(settings.issuer)
  if (profiles && !profiles.includes(profile))
    throw invalid(
      '/profile',
      'mismatch',
      `Anyone has an account there. Choose the kind that tells yours from others: ${profiles.join(', ')}.`,
    )
  return {
    kind,
    name: nameFor(name, before),
    enabled: (enabled as boolean | undefined) ?? before?.enabled ?? true,
    settings,
    secret,
  }
}

function checkSettings(settings: OpenIdSettings): void {
  const { companyClaim, isPublic, signsSecret } = profileTraits[settings.profile]
  const faults: [string, string, string][] = []
  if (!URL.canParse(settings.issuer) || !/^https?:$/.test(new URL(settings.issuer).protocol))
    faults.push(['/issuer', 'format', 'The address of the provider is needed.'])
  else if (hasCredentials(settings.issuer) || /[?#]/.test(settings.issuer))
    faults.push(['/issuer', 'format', 'An issuer has neither query nor fragment nor a name to sign in with.'])
  if (settings.clientId === '') faults.push(['/clientId', 'required', 'The client ID is needed.'])
  if (!settings.scopes.includes('openid')) faults.push(['/scopes', 'required', 'openid is among the scopes.'])
  if (companyClaim !== undefined && settings.company === null)
    faults.push([
      '/company',
      'required',
      `Anyone’s company is there: say which one is yours (${companyClaim}).`,
    ])
  if (isPublic && settings.onboarding && settings.domains.length === 0)
    faults.push([
      '/domains',
      'required',
      'Anyone can have an account there: say whose addresses may come in.',
    ])
  if (signsSecret)
    for (const name of ['teamId', 'keyId'] as const)
      if (settings[name] === null)
        faults.push([`/${name}`, 'required', 'It is needed to sign the client secret.'])
  if (faults.length > 0)
    throw new Failure('validation_failed', {
      errors: faults.map(([pointer, code, detail]) => ({ pointer, code, detail })),
    })
}
