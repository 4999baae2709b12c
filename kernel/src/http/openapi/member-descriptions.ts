import type { JsonSchema } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { itemsOf, ref } from './schema-reference.ts'

const manage = { tag: 'members', permission: 'platform.kernel.member.manage' } as const

const id = {
  name: 'id',
  in: 'path',
  description: { en: 'Id', de: 'Kennung' },
  schema: { type: 'string', format: 'uuid' },
  example: exampleId('member'),
} as const

const roles: JsonSchema = { type: 'array', items: { type: 'string' }, maxItems: 100 }
const name: JsonSchema = { type: 'string', minLength: 1, maxLength: 200 }
const account = {
  description: { en: 'The member', de: 'Das Mitglied' },
  content: { schema: ref('MemberAccount') },
}
const invitation = {
  description: {
    en: 'The invitation; with its link where no mail is sent',
    de: 'Die Einladung; mit ihrem Link, wo keine Mail geht',
  },
  content: { schema: ref('Invitation') },
}

export const directoryRoute: RouteDescription = {
  ...manage,
  id: 'list_member_accounts',
  summary: { en: 'Members by name, inactive ones too', de: 'Mitglieder nach Namen, auch inaktive' },
  parameters: [
    {
      name: 'q',
      description: { en: 'Part of name or address', de: 'Teil von Name oder Adresse' },
      schema: { type: 'string', maxLength: 200 },
      example: 'mara',
    },
    {
      name: 'status',
      description: { en: 'Only these', de: 'Nur diese' },
      schema: { enum: ['active', 'inactive'] },
      example: 'active',
    },
    {
      name: 'cursor',
      description: { en: '`next` of the page before', de: '`next` der vorigen Seite' },
    },
  ],
  answers: {
    200: {
      description: { en: 'At most 50', de: 'Höchstens 50' },
      content: {
        schema: {
          type: 'object',
          required: ['items', 'next'],
          properties: {
            items: { type: 'array', items: ref('MemberAccount') },
            next: { type: ['string', 'null'] },
          },
        },
        example: { items: [], next: null },
      },
    },
  },
  problems: ['query_invalid', 'cursor_invalid'],
}

export const assignableRolesRoute: RouteDescription = {
  ...manage,
  id: 'list_assignable_roles',
  summary: { en: 'Roles, and which of them you may give', de: 'Rollen, und welche Sie vergeben dürfen' },
  answers: {
    200: {
      description: { en: 'All roles', de: 'Alle Rollen' },
      content: {
        schema: itemsOf({
          type: 'object',
          required: ['id', 'label', 'mayGive'],
          properties: {
            id: { type: 'string' },
            label: { anyOf: [ref('Text'), { type: 'null' }] },
            mayGive: { type: 'boolean' },
          },
        }),
        example: { items: [{ id: 'admin', label: null, mayGive: true }] },
      },
    },
  },
}

export const memberRoute: RouteDescription = {
  ...manage,
  id: 'get_member',
  summary: { en: 'A member', de: 'Ein Mitglied' },
  parameters: [id],
  answers: { 200: account },
  problems: ['not_found'],
}

export const changeMemberRoute: RouteDescription = {
  ...manage,
  id: 'update_member',
  summary: { en: 'Change name, roles or status', de: 'Name, Rollen oder Status ändern' },
  description: {
    en: 'Nobody gives what they do not hold, nobody changes their own roles or status, and one administrator stays.',
    de: 'Niemand vergibt, was er nicht hat, niemand ändert eigene Rollen oder den eigenen Status, und eine Administration bleibt.',
  },
  parameters: [id],
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { name, roles, status: { enum: ['active', 'inactive'] } },
    },
    example: { roles: ['crm.sales'] },
  },
  answers: { 200: account },
  problems: ['confirmation_needed', 'not_found', 'own_account', 'last_admin', 'limit_exceeded'],
}

export const invitationsRoute: RouteDescription = {
  ...manage,
  id: 'list_invitations',
  summary: { en: 'Invitations nobody has accepted yet', de: 'Einladungen, die noch niemand angenommen hat' },
  answers: {
    200: {
      description: { en: 'The latest 500', de: 'Die letzten 500' },
      content: { schema: itemsOf(ref('Invitation')), example: { items: [] } },
    },
  },
}

export const inviteRoute: RouteDescription = {
  ...manage,
  id: 'create_invitation',
  summary: { en: 'Invite someone', de: 'Jemanden einladen' },
  description: {
    en: 'The link works once, for seven days. An earlier invitation to the same address is no longer good.',
    de: 'Der Link gilt einmal, sieben Tage lang. Eine frühere Einladung an dieselbe Adresse gilt nicht mehr.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['email', 'name'],
      properties: {
        email: { type: 'string', maxLength: 254 },
        name,
        roles,
        locale: { enum: ['de', 'en', null] },
      },
    },
    example: { email: 'noor.haddad@nordwind.example', name: 'Noor Haddad', roles: [], locale: 'de' },
  },
  answers: { 201: invitation },
  problems: ['confirmation_needed', 'unique_violated', 'limit_exceeded'],
}

export const resendInvitationRoute: RouteDescription = {
  ...manage,
  id: 'resend_invitation',
  summary: { en: 'Send another link', de: 'Einen neuen Link senden' },
  parameters: [id],
  answers: { 200: invitation },
  problems: ['confirmation_needed', 'not_found', 'limit_exceeded', 'validation_failed'],
}

export const withdrawInvitationRoute: RouteDescription = {
  ...manage,
  id: 'delete_invitation',
  summary: { en: 'Withdraw an invitation', de: 'Eine Einladung zurückziehen' },
  parameters: [id],
  answers: { 204: { description: { en: 'Withdrawn', de: 'Zurückgezogen' } } },
  problems: ['not_found'],
}
