import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { itemsOf, ref } from './schema-reference.ts'

export const membersRoute: RouteDescription = {
  id: 'list_members',
  tag: 'members',
  permission: 'platform.kernel.member.read',
  summary: { en: 'Active members, to choose from', de: 'Aktive Mitglieder, zur Auswahl' },
  parameters: [
    {
      name: 'q',
      description: { en: 'Part of the name', de: 'Teil des Namens' },
      schema: { type: 'string', maxLength: 200 },
      example: 'mara',
    },
  ],
  answers: {
    200: {
      description: { en: 'At most 50', de: 'Höchstens 50' },
      content: {
        schema: itemsOf(ref('Member')),
        example: {
          items: [{ id: exampleId('member'), label: 'Mara Lindner', email: 'mara.lindner@nordwind.example' }],
        },
      },
    },
  },
  problems: ['query_invalid'],
}

export const auditRoute: RouteDescription = {
  id: 'list_audit',
  tag: 'audit',
  permission: 'platform.kernel.audit.read',
  summary: { en: 'The latest changes, newest first', de: 'Die letzten Änderungen, neueste zuerst' },
  parameters: [
    {
      name: 'subjectType',
      description: { en: 'Only of this entity', de: 'Nur dieser Entität' },
      schema: { type: 'string', maxLength: 200 },
      example: 'crm.customer',
    },
    {
      name: 'subjectId',
      description: { en: 'Only of this record', de: 'Nur dieses Datensatzes' },
      schema: { type: 'string', maxLength: 200 },
      example: exampleId('record'),
    },
    {
      name: 'before',
      description: { en: 'Id of an entry: only older ones', de: 'Kennung eines Eintrags: nur ältere' },
      schema: { type: 'string', format: 'uuid' },
      example: exampleId('audit'),
    },
  ],
  answers: {
    200: {
      description: { en: 'At most 100', de: 'Höchstens 100' },
      content: { schema: itemsOf(ref('AuditEntry')), example: { items: [] } },
    },
  },
  problems: ['query_invalid'],
}

export const keysRoute: RouteDescription = {
  id: 'list_api_keys',
  tag: 'api-keys',
  permission: 'platform.kernel.key.manage',
  summary: { en: 'Keys, without their secrets', de: 'Schlüssel, ohne ihr Geheimnis' },
  answers: {
    200: {
      description: { en: 'All keys', de: 'Alle Schlüssel' },
      content: { schema: itemsOf(ref('ApiKey')), example: { items: [] } },
    },
  },
}

export const createKeyRoute: RouteDescription = {
  id: 'create_api_key',
  tag: 'api-keys',
  permission: 'platform.kernel.key.manage',
  summary: { en: 'A new key', de: 'Ein neuer Schlüssel' },
  description: {
    en: 'It gets the permissions named, at most those its maker holds. A trailing * stands for all that begin so.',
    de: 'Er bekommt die genannten Rechte, höchstens die seines Erstellers. Ein * am Ende steht für alle, die so beginnen.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'permissions'],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        permissions: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 200 },
      },
    },
    example: { name: 'Website', permissions: ['platform.kernel.member.read'] },
  },
  answers: {
    201: {
      description: { en: 'Shown this once', de: 'Nur dieses eine Mal zu sehen' },
      content: { schema: ref('NewApiKey') },
    },
  },
}

export const revokeKeyRoute: RouteDescription = {
  id: 'delete_api_key',
  tag: 'api-keys',
  permission: 'platform.kernel.key.manage',
  summary: { en: 'Revoke a key', de: 'Einen Schlüssel zurückziehen' },
  answers: { 204: { description: { en: 'It is refused from now on', de: 'Er wird ab jetzt abgelehnt' } } },
}
