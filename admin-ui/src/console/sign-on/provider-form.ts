import type {
  EntityMeta,
  FieldMeta,
  SignOnMapping,
  SignOnProfile,
  SignOnProviderDocument,
  SignOnRole,
  Text,
} from '@plinth/sdk'
import type { FormValues } from '@plinth/ui/form'
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }

/*
 * The settings of a provider as a form: the same form records are filled in with, drawn from metadata that is made here.
 */

const PROFILES: readonly SignOnProfile[] = [
  'generic',
  'azure',
  'google-workspace',
  'okta',
  'auth0',
  'google',
  'apple',
  'saml',
]
/** Their address is known. */
const ISSUERS: Partial<Record<SignOnProfile, string>> = {
  'google-workspace': 'https://accounts.google.com',
  google: 'https://accounts.google.com',
  apple: 'https://appleid.apple.com',
}
const COMPANY = ['azure', 'google-workspace'] as const
const CLAIMS: Partial<Record<SignOnProfile, string>> = { okta: 'groups', azure: 'roles', saml: 'groups' }

const both = (key: keyof typeof en): Text => ({ en: en[key], de: de[key] })

const field = (
  name: string,
  type: FieldMeta['type'],
  label: Text,
  more: Partial<FieldMeta> = {},
): FieldMeta => ({
  name,
  type,
  label,
  required: false,
  readOnly: false,
  immutable: false,
  sortable: false,
  ...more,
})

/** What the form is drawn from. Follows the kind of provider. */
export function providerMeta(
  values: FormValues,
  before: SignOnProviderDocument | undefined,
  roles: readonly SignOnRole[],
): EntityMeta {
  const profile = profileOf(values)
  const groups: (readonly [Text | null, readonly FieldMeta[]])[] = [
    [
      null,
      [
        field('name', 'string', both('signOn.name'), {
          required: true,
          maxLength: 60,
          help: both('signOn.name.help'),
        }),
        ...(before
          ? []
          : [
              field('profile', 'enum', both('signOn.profile'), {
                required: true,
                values: PROFILES.map((value) => ({ value, label: both(`signOn.profile.${value}`) })),
              }),
            ]),
        ...protocolFields(profile, before),
        field('enabled', 'bool', both('signOn.enabled')),
        field('endsSessions', 'bool', both('signOn.endsSessions'), {
          help: both('signOn.endsSessions.help'),
        }),
      ],
    ],
    [
      both('signOn.group.people'),
      [
        field('onboarding', 'bool', both('signOn.onboarding'), { help: both('signOn.onboarding.help') }),
        field('domains', 'tags', both('signOn.domains'), { help: both('signOn.domains.help') }),
        field('trustsSecondFactor', 'bool', both('signOn.trusts')),
        ...(profile === 'saml' ? ATTRIBUTES : [CLAIM]),
        field('defaultRole', 'enum', both('signOn.defaultRole'), {
          required: true,
          help: both('signOn.defaultRole.help'),
          values: roles.filter(({ id }) => id !== 'admin').map(({ id, label }) => ({ value: id, label })),
        }),
      ],
    ],
  ]
  return {
    fields: groups.flatMap(([, fields]) => fields),
    form: { groups: groups.map(([label, fields]) => ({ label, fields: fields.map(({ name }) => name) })) },
  } as unknown as EntityMeta
}

const CLAIM = field('rolesClaim', 'string', both('signOn.rolesClaim'), {
  help: both('signOn.rolesClaim.help'),
})

const ATTRIBUTES = [
  field('emailAttribute', 'string', both('signOn.emailAttribute'), {
    help: both('signOn.emailAttribute.help'),
  }),
  field('rolesClaim', 'string', both('signOn.rolesAttribute'), { help: both('signOn.rolesAttribute.help') }),
]

/** What ties the workspace and the provider together. */
function protocolFields(
  profile: SignOnProfile,
  before: SignOnProviderDocument | undefined,
): readonly FieldMeta[] {
  if (profile === 'saml')
    return [
      field('metadataUrl', 'string', both('signOn.metadataUrl'), { help: both('signOn.metadataUrl.help') }),
      field('metadata', 'text', both('signOn.metadata'), {
        help: both(before ? 'signOn.metadata.keep' : 'signOn.metadata.help'),
      }),
      field('beginsThere', 'bool', both('signOn.beginsThere'), { help: both('signOn.beginsThere.help') }),
      field('encryption', 'bool', both('signOn.encryption'), { help: both('signOn.encryption.help') }),
    ]
  const isApple = profile === 'apple'
  const company = COMPANY.find((each) => each === profile)
  const hasSecret = before?.kind === 'openid' && before.hasSecret
  return [
    ...(before || ISSUERS[profile] !== undefined
      ? []
      : [
          field('issuer', 'string', both('signOn.issuer'), {
            required: true,
            help: both('signOn.issuer.help'),
          }),
        ]),
    field('clientId', 'string', both('signOn.clientId'), { required: true }),
    ...(isApple
      ? [
          field('teamId', 'string', both('signOn.teamId'), { required: true }),
          field('keyId', 'string', both('signOn.keyId'), { required: true }),
        ]
      : []),
    field('secret', isApple ? 'text' : 'string', both(isApple ? 'signOn.secret.key' : 'signOn.secret'), {
      help: both(hasSecret ? 'signOn.secret.keep' : 'signOn.secret.help'),
    }),
    ...(company
      ? [
          field('company', 'string', both(`signOn.company.${company}`), {
            required: true,
            help: both('signOn.company.help'),
          }),
        ]
      : []),
  ]
}

/** What the form starts with. */
export function providerValues(before: SignOnProviderDocument | undefined): FormValues {
  if (!before)
    return {
      profile: 'generic',
      enabled: true,
      onboarding: false,
      domains: [],
      trustsSecondFactor: false,
      endsSessions: true,
      defaultRole: 'member',
    }
  return { ...before, secret: null, metadata: null, defaultRole: before.defaultRoles[0] ?? null }
}

/** What is sent. An empty secret says nothing about the one there is. */
export function toInput(
  values: FormValues,
  mapping: readonly SignOnMapping[],
  before: SignOnProviderDocument | undefined,
): Record<string, unknown> {
  const profile = profileOf(values)
  const text = (name: string): string => {
    const value = values[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  return {
    name: text('name'),
    ...(profile === 'saml' ? samlInput(text, values, before) : openIdInput(text, profile, before)),
    onboarding: values['onboarding'] === true,
    domains: domainsOf(values['domains']),
    trustsSecondFactor: values['trustsSecondFactor'] === true,
    endsSessions: values['endsSessions'] === true,
    rolesClaim: text('rolesClaim') || (before ? null : (CLAIMS[profile] ?? null)),
    mapping: mapping
      .map(({ value, role }) => ({ value: value.trim(), role }))
      .filter(({ value }) => value !== ''),
    defaultRoles: rolesOf(text('defaultRole'), before),
    enabled: values['enabled'] === true && !isIncomplete(text, profile, before),
  }
}

type TextOf = (name: string) => string

function openIdInput(
  text: TextOf,
  profile: SignOnProfile,
  before: SignOnProviderDocument | undefined,
): Record<string, unknown> {
  const orNull = (name: string): string | null => text(name) || null
  return {
    ...(before ? {} : { profile, issuer: ISSUERS[profile] ?? text('issuer') }),
    clientId: text('clientId'),
    ...(text('secret') === '' ? {} : { secret: text('secret') }),
    ...(COMPANY.some((each) => each === profile) ? { company: orNull('company') } : {}),
    ...(profile === 'apple' ? { teamId: orNull('teamId'), keyId: orNull('keyId') } : {}),
  }
}

/** Metadata that is entered takes the place of the address it was read at. */
function samlInput(
  text: TextOf,
  values: FormValues,
  before: SignOnProviderDocument | undefined,
): Record<string, unknown> {
  const entered = text('metadata')
  return {
    ...(before ? {} : { kind: 'saml' }),
    ...(entered === '' ? { metadataUrl: text('metadataUrl') || null } : { metadata: entered }),
    emailAttribute: text('emailAttribute') || null,
    beginsThere: values['beginsThere'] === true,
    encryption: values['encryption'] === true,
  }
}

/** Many providers give their metadata only once they know us: until then there is nothing to sign in with. */
function isIncomplete(
  text: TextOf,
  profile: SignOnProfile,
  before: SignOnProviderDocument | undefined,
): boolean {
  return profile === 'saml' && !before?.issuer && text('metadata') === '' && text('metadataUrl') === ''
}

function profileOf(values: FormValues): SignOnProfile {
  return (values['profile'] as SignOnProfile | undefined) ?? 'generic'
}

function domainsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? (value as readonly string[]) : []
  return list.map((each) => each.trim().toLowerCase().replace(/^@/, ''))
}

/** The form asks for one role; where there are several and the first stays, so do the others. */
function rolesOf(role: string, before: SignOnProviderDocument | undefined): readonly string[] {
  if (role === '') return []
  return before?.defaultRoles[0] === role ? before.defaultRoles : [role]
}
