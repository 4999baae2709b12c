import type { JsonSchema } from '../../data/index.ts'
import { exampleId } from './example-values.ts'

const text = { type: 'string' } as const
const texts = { type: 'array', items: text } as const
const at = '2026-03-16T09:30:00Z'
const root = 'https://nordwind.example.com/api/v1/scim/v2'

const meta: JsonSchema = {
  type: 'object',
  required: ['resourceType', 'location'],
  properties: {
    resourceType: text,
    created: { type: 'string', format: 'date-time' },
    lastModified: { type: 'string', format: 'date-time' },
    location: text,
    version: text,
  },
}

const parts = (...names: readonly string[]): JsonSchema => ({
  type: 'array',
  items: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, {}])) },
})

/** Schemas others refer to. */
export const scimSchemas: Readonly<Record<string, JsonSchema>> = {
  ScimUser: {
    type: 'object',
    required: ['schemas', 'id'],
    properties: {
      schemas: texts,
      id: { type: 'string', format: 'uuid' },
      externalId: text,
      userName: text,
      displayName: text,
      name: { type: 'object', properties: { formatted: text, givenName: text, familyName: text } },
      emails: parts('value', 'type', 'primary'),
      active: { type: 'boolean' },
      groups: parts('value', 'display'),
      meta,
    },
    example: {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      id: exampleId('member'),
      externalId: '00u1a2b3',
      userName: 'mara.lindner@nordwind.example',
      name: { givenName: 'Mara', familyName: 'Lindner' },
      emails: [{ value: 'mara.lindner@nordwind.example', type: 'work', primary: true }],
      active: true,
      groups: [],
      meta: {
        resourceType: 'User',
        created: at,
        lastModified: at,
        location: `${root}/Users/${exampleId('member')}`,
        version: 'W/"1"',
      },
    },
  },
  ScimGroup: {
    type: 'object',
    required: ['schemas', 'id'],
    properties: {
      schemas: texts,
      id: { type: 'string', format: 'uuid' },
      externalId: text,
      displayName: text,
      members: parts('value', 'display', 'type'),
      meta,
    },
    example: {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      id: exampleId('scim-group'),
      displayName: 'Sales',
      members: [{ value: exampleId('member'), display: 'Mara Lindner', type: 'User' }],
      meta: {
        resourceType: 'Group',
        created: at,
        lastModified: at,
        location: `${root}/Groups/${exampleId('scim-group')}`,
        version: 'W/"1"',
      },
    },
  },
  ScimError: {
    type: 'object',
    required: ['schemas', 'status', 'detail'],
    properties: { schemas: texts, status: text, scimType: text, detail: text },
    example: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '400',
      scimType: 'invalidFilter',
      detail: 'The filter ends too early.',
    },
  },
}
