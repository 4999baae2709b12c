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
