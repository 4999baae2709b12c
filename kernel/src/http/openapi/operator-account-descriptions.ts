import { platformPermissions, systemRoles } from '../../operators/index.ts'
import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { bearer, operator } from './operator-descriptions.ts'
import { itemsOf } from './schema-reference.ts'

const roles = { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 20 }
const status = { enum: ['active', 'inactive'] }

const account = {
  type: 'object',
  required: ['id', 'name', 'email', 'roles', 'status'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    name: { type: 'string' },
    email: { type: 'string' },
    roles,
    status,
  },
}

const exampleAccount = {
  id: exampleId('operator'),
  name: 'Nora Feld',
  email: 'nora.feld@platform.example',
  roles: ['support'],
  status: 'active',
}

const token = { type: 'string' }
const exampleToken = 'plo_3Jx…'

const label = {
  type: 'object',
  required: ['en', 'de'],
  additionalProperties: false,
  properties: { en: { type: 'string' }, de: { type: 'string' } },
}

const role = {
  type: 'object',
  required: ['id', 'label', 'permissions'],
  properties: { id: { type: 'string' }, label, permissions: { type: 'array', items: { type: 'string' } } },
}

const path = {
  in: 'path',
  schema: { type: 'string', format: 'uuid' },
  name: 'operator',
  description: { en: 'Id of the operator', de: 'Kennung des Betreibers' },
  example: exampleAccount.id,
} as const

const rolePath = {
  in: 'path',
  name: 'role',
  description: { en: 'Name of the role', de: 'Name der Rolle' },
  example: 'movers',
} as const

export const operatorsRoute: RouteDescription = {
  ...operator,
  id: 'list_operators',
  permission: 'platform.operator.read',
  summary: { en: 'The people who run the platform', de: 'Die Menschen, die die Plattform betreiben' },
  parameters: [bearer],
  answers: {
    200: {
      description: { en: 'All of them', de: 'Alle' },
      content: { schema: itemsOf(account), example: { items: [exampleAccount] } },
    },
  },
}

export const createOperatorRoute: RouteDescription = {
  ...operator,
  id: 'create_operator',
  permission: 'platform.operator.manage',
  summary: { en: 'A new operator', de: 'Ein neuer Betreiber' },
  description: {
    en: 'Nobody gives a role that allows more than they may do themselves.',
    de: 'Niemand vergibt eine Rolle, die mehr erlaubt, als er selbst darf.',
  },
  parameters: [bearer],
  body: {
    schema: {
      type: 'object',
      required: ['name', 'email', 'roles'],
      additionalProperties: false,
      properties: { name: { type: 'string', maxLength: 100 }, email: { type: 'string' }, roles },
    },
    example: { name: 'Nora Feld', email: 'nora.feld@platform.example', roles: ['support'] },
  },
  answers: {
    201: {
      description: { en: 'The token is shown this once', de: 'Das Token ist nur dieses eine Mal zu sehen' },
      content: {
        schema: {
          ...account,
          required: [...account.required, 'token'],
          properties: { ...account.properties, token },
        },
        example: { ...exampleAccount, token: exampleToken },
      },
    },
  },
  problems: [...operator.problems, 'validation_failed', 'unique_violated'],
}

export const changeOperatorRoute: RouteDescription = {
  ...operator,
  id: 'update_operator',
  permission: 'platform.operator.manage',
  summary: { en: 'Change an operator, or close the account', de: 'Einen Betreiber ändern oder sperren' },
  parameters: [bearer, path],
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { name: { type: 'string', maxLength: 100 }, roles, status },
    },
    example: { status: 'inactive' },
  },
  answers: {
    200: {
      description: { en: 'The operator', de: 'Der Betreiber' },
      content: { schema: account, example: { ...exampleAccount, status: 'inactive' } },
    },
  },
  problems: [...operator.problems, 'validation_failed'],
}

export const renewOperatorTokenRoute: RouteDescription = {
  ...operator,
  id: 'renew_operator_token',
  permission: 'platform.operator.manage',
  summary: { en: 'Replace the token of an operator', de: 'Das Token eines Betreibers ersetzen' },
  parameters: [bearer, path],
  answers: {
    200: {
      description: { en: 'The new one, shown this once', de: 'Das neue, nur dieses eine Mal zu sehen' },
      content: {
        schema: { type: 'object', required: ['token'], properties: { token } },
        example: { token: exampleToken },
      },
    },
  },
  problems: [...operator.problems, 'validation_failed'],
}

export const operatorRolesRoute: RouteDescription = {
  ...operator,
  id: 'list_operator_roles',
  permission: 'platform.operator.read',
  summary: { en: 'Roles of operators', de: 'Rollen von Betreibern' },
  parameters: [bearer],
  answers: {
    200: {
      description: { en: 'Those every platform has come first', de: 'Zuerst die, die jede Plattform hat' },
      content: { schema: itemsOf(role), example: { items: systemRoles } },
    },
  },
}

export const setOperatorRoleRoute: RouteDescription = {
  ...operator,
  id: 'set_operator_role',
  permission: 'platform.operator.manage',
  summary: {
    en: 'Create or replace a role of operators',
    de: 'Eine Rolle von Betreibern anlegen oder ersetzen',
  },
  description: {
    en: `Permissions: ${platformPermissions.join(', ')}. A trailing .* stands for all that begin so.`,
    de: `Rechte: ${platformPermissions.join(', ')}. Ein .* am Ende steht für alle, die so beginnen.`,
  },
  parameters: [bearer, rolePath],
  body: {
    schema: {
      type: 'object',
      required: ['label', 'permissions'],
      additionalProperties: false,
      properties: { label, permissions: role.properties.permissions },
    },
    example: {
      label: { en: 'Movers', de: 'Umzug' },
      permissions: ['platform.tenant.read', 'platform.tenant.move'],
    },
  },
  answers: {
    200: {
      description: { en: 'The role', de: 'Die Rolle' },
      content: {
        schema: role,
        example: {
          id: 'movers',
          label: { en: 'Movers', de: 'Umzug' },
          permissions: ['platform.tenant.read', 'platform.tenant.move'],
        },
      },
    },
  },
  problems: [...operator.problems, 'validation_failed'],
}

export const removeOperatorRoleRoute: RouteDescription = {
  ...operator,
  id: 'delete_operator_role',
  permission: 'platform.operator.manage',
  summary: { en: 'Remove a role nobody has', de: 'Eine Rolle entfernen, die niemand hat' },
  parameters: [bearer, rolePath],
  answers: { 204: { description: { en: 'It is gone', de: 'Sie ist fort' } } },
  problems: [...operator.problems, 'validation_failed', 'still_referenced'],
}

export const journalRoute: RouteDescription = {
  ...operator,
  id: 'read_journal',
  permission: 'platform.journal.read',
  summary: {
    en: 'What operators have changed, or tried to',
    de: 'Was Betreiber geändert haben oder ändern wollten',
  },
  parameters: [
    bearer,
    {
      name: 'before',
      description: { en: 'Id of an entry: only older ones', de: 'Kennung eines Eintrags: nur ältere' },
      schema: { type: 'string', format: 'uuid' },
      example: exampleId('entry'),
    },
  ],
  answers: {
    200: {
      description: { en: 'At most 200, newest first', de: 'Höchstens 200, neueste zuerst' },
      content: {
        schema: itemsOf({
          type: 'object',
          required: ['id', 'at', 'operator', 'action', 'path', 'requestId', 'details', 'status'],
          properties: {
            id: { type: 'string', format: 'uuid' },
            at: { type: 'string', format: 'date-time' },
            operator: {
              type: 'object',
              required: ['id', 'name'],
              properties: { id: { type: ['string', 'null'] }, name: { type: 'string' } },
            },
            action: { type: 'string' },
            path: { type: 'string' },
            requestId: { type: 'string' },
            details: {
              type: ['object', 'null'],
              description: {
                en: 'Values that were set, and why, where the path does not say it',
                de: 'Gesetzte Werte und der Grund, wo der Pfad es nicht sagt',
              },
            },
            status: {
              type: ['integer', 'null'],
              description: {
                en: 'Status of the answer; null: there was none',
                de: 'Status der Antwort; null: es gab keine',
              },
            },
          },
        }),
        example: { items: [] },
      },
    },
  },
  problems: [...operator.problems, 'query_invalid'],
}
