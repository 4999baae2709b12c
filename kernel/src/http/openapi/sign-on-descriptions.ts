import { openIdProperties, samlProperties } from '../../sign-on/index.ts'
import type { JsonSchema } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { itemsOf, ref } from './schema-reference.ts'

const read = { tag: 'sign-on', permission: 'platform.kernel.signOn.read' } as const
const manage = { tag: 'sign-on', permission: 'platform.kernel.signOn.manage' } as const
const text: JsonSchema = { type: 'string' }

const without = (properties: Readonly<Record<string, JsonSchema>>, ...left: readonly string[]) =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !left.includes(name)))

const common: Readonly<Record<string, JsonSchema>> = {
  id: { type: 'string', format: 'uuid' },
  redirectUri: {
    ...text,
    description: { en: 'To be entered at the provider', de: 'Beim Anbieter einzutragen' },
  },
  version: { type: 'integer' },
}

const whole = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
})

const certificate = whole({ fingerprint: text, endsAt: { type: 'string', format: 'date-time' } })

const shared = {
  id: exampleId('provider'),
  enabled: true,
  onboarding: true,
  domains: ['nordwind.example'],
  rolesClaim: 'groups',
  mapping: [{ value: 'Sales', role: 'crm.sales' }],
  defaultRoles: ['member'],
  trustsSecondFactor: false,
  endsSessions: true,
  version: 1,
}

const example = {
  ...shared,
  kind: 'openid',
  name: 'Nordwind',
  profile: 'okta',
  issuer: 'https://nordwind.okta.com',
  clientId: '0oa1b2c3',
  hasSecret: true,
  scopes: ['openid', 'profile', 'email', 'groups'],
  company: null,
  teamId: null,
  keyId: null,
  redirectUri: `https://nordwind.example.com/sign-on/${exampleId('provider')}`,
}

const ownKey = { fingerprint: 'A1:B2:C3:D4', endsAt: '2036-01-01T00:00:00.000Z' }

const samlExample = {
  ...shared,
  kind: 'saml',
  name: 'Nordwind ADFS',
  profile: 'saml',
  issuer: 'http://adfs.nordwind.example/adfs/services/trust',
  metadataUrl: 'https://adfs.nordwind.example/FederationMetadata/2007-06/FederationMetadata.xml',
  entryPoint: null,
  certificates: [],
  emailAttribute: null,
  beginsThere: false,
  redirectUri: `https://nordwind.example.com/api/v1/auth/${exampleId('provider')}/posted`,
  entityId: `https://nordwind.example.com/api/v1/auth/${exampleId('provider')}/metadata`,
  certificate: ownKey,
  encryption: false,
  encryptionCertificates: [],
}

const openId = whole({ ...common, ...without(openIdProperties, 'secret'), hasSecret: { type: 'boolean' } })
const saml = whole({
  ...common,
  ...without(samlProperties, 'metadata', 'renewKey', 'renewEncryptionKey'),
  profile: { const: 'saml' },
  issuer: text,
  entryPoint: { anyOf: [text, { type: 'null' }] },
  certificates: { type: 'array', items: certificate },
  certificate,
  encryptionCertificates: {
    type: 'array',
    items: certificate,
    description: {
      en: 'Of the keys assertions may be encrypted for; the first stands in our metadata',
      de: 'Der Schlüssel, für die Assertions verschlüsselt sein dürfen; der erste steht in unseren Metadaten',
    },
  },
  entityId: {
    ...text,
    description: {
      en: 'Who the workspace is for the provider; its metadata is at this address',
      de: 'Wer der Arbeitsbereich für den Anbieter ist; seine Metadaten stehen an dieser Adresse',
    },
  },
})

/** Schemas others refer to. */
export const signOnSchemas: Readonly<Record<string, JsonSchema>> = {
  SignOnProvider: { anyOf: [ref('OpenIdProvider'), ref('SamlProvider')], example },
  OpenIdProvider: { ...openId, example },
  SamlProvider: { ...saml, example: samlExample },
}

const answer = (en: string, de: string, headers: readonly string[] = []) => ({
  description: { en, de },
  headers,
  content: { schema: ref('SignOnProvider') },
})

const body = {
  schema: {
    anyOf: [
      { type: 'object', additionalProperties: false, properties: openIdProperties },
      { type: 'object', additionalProperties: false, required: ['kind'], properties: samlProperties },
    ],
  },
  example: {
    name: 'Nordwind',
    profile: 'okta',
    issuer: 'https://nordwind.okta.com',
    clientId: '0oa1b2c3',
    secret: 'a secret of the provider',
    onboarding: true,
    domains: ['nordwind.example'],
    mapping: [{ value: 'Sales', role: 'crm.sales' }],
  },
} as const

export const providersRoute: RouteDescription = {
  ...read,
  id: 'list_sign_on_providers',
  summary: { en: 'The providers of the workspace', de: 'Die Anbieter des Arbeitsbereichs' },
  answers: {
    200: {
      description: { en: 'Providers', de: 'Anbieter' },
      content: { schema: itemsOf(ref('SignOnProvider')), example: { items: [example] } },
    },
  },
}

export const rolesRoute: RouteDescription = {
  ...read,
  id: 'list_sign_on_roles',
  summary: {
    en: 'Roles that groups can be mapped to',
    de: 'Rollen, die aus Gruppen folgen können',
  },
  answers: {
    200: {
      description: { en: 'Roles', de: 'Rollen' },
      content: {
        schema: itemsOf({
          type: 'object',
          required: ['id', 'label'],
          properties: { id: text, label: ref('Text') },
        }),
        example: { items: [{ id: 'admin', label: { en: 'Administration', de: 'Administration' } }] },
      },
    },
  },
}

export const createProviderRoute: RouteDescription = {
  ...manage,
  id: 'create_sign_on_provider',
  summary: { en: 'Add a provider', de: 'Einen Anbieter hinzufügen' },
  description: {
    en: 'What is not said is as the profile has it. Roles that are given this way must be within the rights of who adds it.',
    de: 'Was nicht angegeben ist, folgt aus dem Profil. So vergebene Rollen dürfen nicht über die eigenen Rechte hinausgehen.',
  },
  body,
  answers: { 201: answer('Added', 'Hinzugefügt', ['Location', 'ETag']) },
  problems: ['confirmation_needed', 'provider_unreachable'],
}

export const providerRoute: RouteDescription = {
  ...read,
  id: 'get_sign_on_provider',
  summary: { en: 'A provider', de: 'Ein Anbieter' },
  answers: { 200: answer('The provider', 'Der Anbieter', ['ETag']) },
  problems: ['not_found'],
}

export const changeProviderRoute: RouteDescription = {
  ...manage,
  id: 'update_sign_on_provider',
  summary: { en: 'Change a provider', de: 'Einen Anbieter ändern' },
  parameters: [
    {
      name: 'If-Match',
      in: 'header',
      description: { en: 'The version you have seen', de: 'Die gesehene Version' },
      example: '"1"',
    },
  ],
  body,
  answers: { 200: answer('Changed', 'Geändert', ['ETag']) },
  problems: [
    'confirmation_needed',
    'not_found',
    'version_conflict',
    'version_required',
    'provider_unreachable',
  ],
}

export const removeProviderRoute: RouteDescription = {
  ...manage,
  id: 'delete_sign_on_provider',
  summary: {
    en: 'Remove a provider, with the roles that followed from it. Members stay.',
    de: 'Einen Anbieter entfernen, samt den Rollen, die aus ihm folgten. Mitglieder bleiben.',
  },
  answers: { 204: { description: { en: 'Removed', de: 'Entfernt' } } },
  problems: ['confirmation_needed', 'not_found'],
}

export const testProviderRoute: RouteDescription = {
  ...manage,
  id: 'test_sign_on_provider',
  summary: {
    en: 'Ask the provider for its metadata, as signing in would',
    de: 'Den Anbieter nach seinen Angaben fragen, wie es die Anmeldung täte',
  },
  answers: {
    200: {
      description: { en: 'It answers', de: 'Er antwortet' },
      content: {
        schema: {
          type: 'object',
          additionalProperties: false,
          required: ['issuer', 'authorizationEndpoint'],
          properties: {
            issuer: text,
            authorizationEndpoint: text,
            tokenEndpoint: text,
            algorithms: { type: 'array', items: text },
            certificates: { type: 'array', items: certificate },
          },
        },
        example: {
          issuer: 'https://nordwind.okta.com',
          authorizationEndpoint: 'https://nordwind.okta.com/oauth2/v1/authorize',
          tokenEndpoint: 'https://nordwind.okta.com/oauth2/v1/token',
          algorithms: ['RS256'],
        },
      },
    },
  },
  problems: ['not_found', 'provider_unreachable'],
}
