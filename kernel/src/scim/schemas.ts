import { GROUP_SCHEMA } from './group-resource.ts'
import { USER_SCHEMA } from './user-resource.ts'

/** Resources a page of a list has at most. */
export const MOST_RESOURCES = 200

interface Attribute {
  readonly name: string
  readonly description: string
  readonly type?: 'string' | 'boolean' | 'complex' | 'reference' | 'dateTime'
  readonly multiValued?: true
  readonly required?: true
  readonly caseExact?: true
  readonly unique?: true
  readonly mutability?: 'readOnly' | 'immutable'
  readonly parts?: readonly Attribute[]
  readonly referenceTypes?: readonly string[]
}

const externalId: Attribute = {
  name: 'externalId',
  description: 'What the provider calls it.',
  caseExact: true,
}

const reference = (type: string): readonly Attribute[] => [
  {
    name: '$ref',
    description: `Address of the ${type}.`,
    type: 'reference',
    referenceTypes: [type],
    mutability: 'readOnly',
  },
  { name: 'display', description: `Name of the ${type}.`, mutability: 'readOnly' },
]

const USER: readonly Attribute[] = [
  { name: 'userName', description: 'Name to sign on with at the provider.', required: true, unique: true },
  externalId,
  {
    name: 'name',
    description: 'Parts of the name.',
    type: 'complex',
    parts: [
      { name: 'formatted', description: 'The whole name.' },
      { name: 'givenName', description: 'Given name.' },
      { name: 'familyName', description: 'Family name.' },
    ],
  },
  { name: 'displayName', description: 'What the member is called.' },
  {
    name: 'emails',
    description: 'Mail addresses. The primary one is kept.',
    type: 'complex',
    multiValued: true,
    parts: [
      { name: 'value', description: 'The address.' },
      { name: 'type', description: 'Kind of address.' },
      { name: 'primary', description: 'Whether it is the primary one.', type: 'boolean' },
    ],
  },
  { name: 'active', description: 'Whether the member has access.', type: 'boolean' },
  {
    name: 'groups',
    description: 'Groups the user is in.',
    type: 'complex',
    multiValued: true,
    mutability: 'readOnly',
    parts: [
      { name: 'value', description: 'Id of the group.', mutability: 'readOnly' },
      ...reference('Group'),
    ],
  },
]

const GROUP: readonly Attribute[] = [
  { name: 'displayName', description: 'Name of the group.', required: true, unique: true },
  externalId,
  {
    name: 'members',
    description: 'Users in the group.',
    type: 'complex',
    multiValued: true,
    parts: [
      { name: 'value', description: 'Id of the user.', mutability: 'immutable' },
      { name: 'type', description: 'Always User.', mutability: 'immutable' },
      ...reference('User'),
    ],
  },
]

function described({
  name,
  description,
  type = 'string',
  parts,
  referenceTypes,
  ...traits
}: Attribute): object {
  return {
    name,
    description,
    type,
    multiValued: traits.multiValued ?? false,
    required: traits.required ?? false,
    ...(type === 'boolean' || type === 'complex' ? {} : { caseExact: traits.caseExact ?? false }),
    mutability: traits.mutability ?? 'readWrite',
    returned: 'default',
    ...(type === 'boolean' ? {} : { uniqueness: traits.unique ? 'server' : 'none' }),
    ...(referenceTypes ? { referenceTypes } : {}),
    ...(parts ? { subAttributes: parts.map(described) } : {}),
  }
}

/** What resources are made of (RFC 7643, section 7). @param root address below which resources are */
export function schemas(root: string): readonly { readonly id: string }[] {
  const one = (id: string, name: string, attributes: readonly Attribute[]) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    name,
    description: name,
    attributes: attributes.map(described),
    meta: { resourceType: 'Schema', location: `${root}/Schemas/${id}` },
  })
  return [one(USER_SCHEMA, 'User', USER), one(GROUP_SCHEMA, 'Group', GROUP)]
}

/** Which resources there are. */
export function resourceTypes(root: string): readonly { readonly id: string }[] {
  const one = (id: string, endpoint: string, schema: string) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id,
    name: id,
    endpoint,
    description: id,
    schema,
    schemaExtensions: [],
    meta: { resourceType: 'ResourceType', location: `${root}/ResourceTypes/${id}` },
  })
  return [one('User', '/Users', USER_SCHEMA), one('Group', '/Groups', GROUP_SCHEMA)]
}

/** What of SCIM there is here. */
export function serviceProviderConfig(root: string): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: MOST_RESOURCES },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'The token that was made for the provider, as RFC 6750 has it.',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${root}/ServiceProviderConfig` },
  }
}
