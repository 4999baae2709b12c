import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { ref } from './schema-reference.ts'

const common = { tag: 'roles' } as const

const member = {
  name: 'member',
  description: {
    en: 'Id of a member; default: oneself',
    de: 'Kennung eines Mitglieds; sonst man selbst',
  },
  schema: { type: 'string', format: 'uuid' },
  example: exampleId('member'),
} as const

export const memberRightsRoute: RouteDescription = {
  ...common,
  id: 'get_member_rights',
  summary: {
    en: 'What a member may do, and by which roles',
    de: 'Was ein Mitglied darf, und durch welche Rollen',
  },
  description: {
    en: 'Of oneself without further right, of others with platform.kernel.role.read.',
    de: 'Die eigenen ohne weiteres Recht, die anderer mit platform.kernel.role.read.',
  },
  parameters: [
    {
      name: 'id',
      in: 'path',
      description: { en: 'Id of the member', de: 'Kennung des Mitglieds' },
      schema: { type: 'string', format: 'uuid' },
      example: exampleId('member'),
    },
  ],
  answers: {
    200: {
      description: { en: 'Every permission that is held', de: 'Jedes Recht, das es hat' },
      content: { schema: ref('MemberRights') },
    },
  },
  problems: ['not_found', 'permission_missing'],
}

export const explainRoute: RouteDescription = {
  ...common,
  id: 'explain_access',
  summary: { en: 'Why something is allowed or refused', de: 'Warum etwas erlaubt ist oder abgelehnt wird' },
  description: {
    en: 'Says what decides: tier, state of the plugin, roles on the way to the grant, the feature it is part of, a limit that is reached, its condition on a record; with the line of the manifest, and the page where whoever asks can change it. About others with platform.kernel.role.read.',
    de: 'Sagt, was entscheidet: Stufe, Zustand des Plugins, Rollen auf dem Weg zum Recht, die Funktion, zu der es gehört, seine Bedingung an einen Datensatz; mit der Zeile des Manifests und der Seite, auf der die fragende Person es ändern kann. Über andere mit platform.kernel.role.read.',
  },
  parameters: [
    {
      name: 'permission',
      required: true,
      description: { en: 'The permission', de: 'Das Recht' },
      example: 'backoffice.crm.customer.read',
    },
    member,
    {
      name: 'record',
      description: { en: 'Id of a record one can see', de: 'Kennung eines Datensatzes, den man sehen kann' },
      schema: { type: 'string', format: 'uuid' },
      example: exampleId('record'),
    },
    {
      name: 'feature',
      description: {
        en: 'The feature it is about, as a refusal names it; default: the one that everything the permission gives is part of',
        de: 'Die Funktion, um die es geht, wie eine Ablehnung sie nennt; sonst die, zu der alles gehört, was das Recht gibt',
      },
      example: 'crm.merge-customers',
    },
  ],
  answers: {
    200: {
      description: { en: 'The reasons', de: 'Die Gründe' },
      content: { schema: ref('AccessExplanation') },
    },
  },
  problems: ['not_found', 'permission_missing', 'query_invalid', 'session_missing'],
}

export const explainScreenRoute: RouteDescription = {
  ...common,
  id: 'explain_screen',
  summary: {
    en: 'Why a screen is shown or not',
    de: 'Warum ein Bildschirm gezeigt wird oder nicht',
  },
  description: {
    en: 'The same, of the permission it takes to open a screen, whether or not its plugin is on. It says nothing about the record.',
    de: 'Dasselbe für das Recht, das es braucht, um einen Bildschirm zu öffnen, auch wenn sein Plugin aus ist. Über den Datensatz sagt es nichts.',
  },
  parameters: [
    {
      name: 'path',
      required: true,
      description: {
        en: 'Address in the browser, below that of the workspace',
        de: 'Adresse im Browser, unterhalb der des Arbeitsbereichs',
      },
      example: '/admin/audit',
    },
    member,
  ],
  answers: {
    200: {
      description: { en: 'The reasons', de: 'Die Gründe' },
      content: { schema: ref('AccessExplanation') },
    },
  },
  problems: ['not_found', 'permission_missing', 'query_invalid', 'session_missing'],
}

export const holdersRoute: RouteDescription = {
  ...common,
  permission: 'platform.kernel.role.read',
  id: 'list_permission_holders',
  summary: { en: 'Who may do something, and by which roles', de: 'Wer etwas darf, und durch welche Rollen' },
  description: {
    en: 'Active members who hold the permission at least for some records, by roles of their own or by what was passed on to them at this moment; nobody while its plugin is off.',
    de: 'Aktive Mitglieder, die das Recht wenigstens für manche Datensätze haben, durch eigene Rollen oder weil es ihnen zurzeit weitergegeben ist; niemand, solange sein Plugin aus ist.',
  },
  parameters: [
    {
      name: 'permission',
      required: true,
      description: { en: 'The permission', de: 'Das Recht' },
      example: 'backoffice.crm.customer.read',
    },
  ],
  answers: {
    200: {
      description: { en: 'At most 200 of them', de: 'Höchstens 200 davon' },
      content: { schema: ref('PermissionHolders') },
    },
  },
  problems: ['query_invalid'],
}
