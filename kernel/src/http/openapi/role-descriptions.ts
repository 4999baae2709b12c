import type { JsonSchema } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { exampleRole } from './role-schemas.ts'
import { itemsOf, ref } from './schema-reference.ts'

const common = { tag: 'roles' } as const
const read = { ...common, permission: 'platform.kernel.role.read' } as const
const manage = { ...common, permission: 'platform.kernel.role.manage' } as const

const words: JsonSchema = {
  description: {
    en: 'One text for all languages, or one for each',
    de: 'Ein Text für alle Sprachen, oder je einer',
  },
  anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: 'string' } }],
}

const input: Readonly<Record<string, JsonSchema>> = {
  label: words,
  description: { type: 'string', maxLength: 500 },
  grants: { type: 'array', maxItems: 200, items: ref('RoleGrant') },
  inherits: {
    type: 'array',
    maxItems: 20,
    items: { type: 'string' },
    description: {
      en: 'Ids of roles whose rights this one has too; never those of the platform',
      de: 'Kennungen von Rollen, deren Rechte diese auch hat; nie die der Plattform',
    },
  },
}

const id = {
  name: 'id',
  in: 'path',
  description: { en: 'Id of the role', de: 'Kennung der Rolle' },
  example: exampleRole.id,
} as const

const answer = { schema: ref('Role'), example: exampleRole }

export const permissionsRoute: RouteDescription = {
  ...read,
  id: 'list_permissions',
  summary: { en: 'What roles can grant, in words', de: 'Was Rollen gewähren können, in Worten' },
  answers: {
    200: {
      description: { en: 'All of it, by plugin', de: 'Alles, nach Plugins' },
      content: { schema: itemsOf(ref('PermissionGroup')), example: { items: [] } },
    },
  },
}

export const rolesRoute: RouteDescription = {
  ...read,
  id: 'list_roles',
  summary: {
    en: 'Roles: of the platform, the workspace’s own, those of plugins',
    de: 'Rollen: die der Plattform, eigene, die von Plugins',
  },
  answers: {
    200: {
      description: { en: 'All of them', de: 'Alle' },
      content: { schema: itemsOf(ref('Role')), example: { items: [exampleRole] } },
    },
  },
}

export const roleRoute: RouteDescription = {
  ...read,
  id: 'get_role',
  summary: { en: 'A role', de: 'Eine Rolle' },
  parameters: [id],
  answers: {
    200: { description: { en: 'The role', de: 'Die Rolle' }, content: answer, headers: ['ETag'] },
  },
  problems: ['not_found'],
}

export const roleMembersRoute: RouteDescription = {
  ...read,
  id: 'list_role_members',
  summary: { en: 'Active members who have a role', de: 'Aktive Mitglieder, die eine Rolle haben' },
  description: {
    en: 'Also those who have it by another role, which inherits it: via names the roles from the given one on.',
    de: 'Auch die, die sie durch eine andere haben, die sie erbt: via nennt die Rollen von der vergebenen an.',
  },
  parameters: [id],
  answers: {
    200: {
      description: { en: 'At most 500', de: 'Höchstens 500' },
      content: {
        schema: {
          type: 'object',
          required: ['items', 'total'],
          properties: {
            items: { type: 'array', items: ref('RoleMember') },
            total: { type: 'integer', minimum: 0 },
          },
        },
        example: { items: [], total: 0 },
      },
    },
  },
  problems: ['not_found'],
}

export const createRoleRoute: RouteDescription = {
  ...manage,
  id: 'create_role',
  summary: { en: 'Make a role', de: 'Eine Rolle anlegen' },
  description: {
    en: 'Nobody grants what they do not hold themselves for every record: 403 permission_missing names it. Wildcards stand at the end only, and permissions nobody knows are refused.',
    de: 'Niemand gewährt, was er nicht selbst für jeden Datensatz hat: 403 permission_missing nennt es. Platzhalter stehen nur am Ende, und unbekannte Rechte werden abgelehnt.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['label'],
      properties: {
        id: {
          type: 'string',
          pattern: '^[a-z][a-z0-9-]{0,39}$',
          description: { en: 'Default: made of the label', de: 'Sonst aus der Bezeichnung' },
        },
        ...input,
      },
    },
    example: { label: exampleRole.label, grants: exampleRole.grants },
  },
  answers: {
    201: { description: { en: 'Made', de: 'Angelegt' }, content: answer, headers: ['ETag', 'Location'] },
  },
  problems: ['confirmation_needed', 'validation_failed'],
}

export const changeRoleRoute: RouteDescription = {
  ...manage,
  id: 'update_role',
  summary: { en: 'Change a role', de: 'Eine Rolle ändern' },
  description: {
    en: 'What is not mentioned stays. It takes all the rights the role gives, before and after. Acts with the next request of whoever has the role.',
    de: 'Was nicht genannt wird, bleibt. Es verlangt alle Rechte, die die Rolle gibt, vorher und nachher. Wirkt mit der nächsten Anfrage aller, die die Rolle haben.',
  },
  parameters: [id],
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { id: { type: 'string' }, ...input, version: { type: 'integer' } },
    },
    example: { grants: ['backoffice.crm.*'], version: 1 },
  },
  answers: { 200: { description: { en: 'Changed', de: 'Geändert' }, content: answer, headers: ['ETag'] } },
  problems: [
    'confirmation_needed',
    'not_found',
    'role_fixed',
    'validation_failed',
    'version_conflict',
    'version_required',
  ],
}

export const deleteRoleRoute: RouteDescription = {
  ...manage,
  id: 'delete_role',
  summary: { en: 'Delete a role', de: 'Eine Rolle löschen' },
  description: {
    en: 'A role that members have or other roles inherit is deleted only with another in its place.',
    de: 'Eine Rolle, die Mitglieder haben oder andere Rollen erben, wird nur gelöscht, wenn eine andere an ihre Stelle tritt.',
  },
  parameters: [
    id,
    {
      name: 'replacement',
      description: {
        en: 'Id of the role that takes its place',
        de: 'Kennung der Rolle, die an ihre Stelle tritt',
      },
      example: 'crm.sales',
    },
  ],
  answers: { 204: { description: { en: 'Deleted', de: 'Gelöscht' } } },
  problems: [
    'confirmation_needed',
    'not_found',
    'query_invalid',
    'role_fixed',
    'role_in_use',
    'version_conflict',
  ],
}
