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
    {
      name: 'id',
      description: { en: 'Only the member with this id', de: 'Nur das Mitglied mit dieser Kennung' },
      schema: { type: 'string', format: 'uuid' },
      example: exampleId('member'),
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
