import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'

const read = { tag: 'sign-on', permission: 'platform.kernel.signOn.read' } as const
const manage = { tag: 'sign-on', permission: 'platform.kernel.signOn.manage' } as const
const text = { type: 'string' } as const
const time = { type: 'string', format: 'date-time' } as const
const uuid = { type: 'string', format: 'uuid' } as const
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] })
const object = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
})
const list = (items: object) => ({ type: 'array', items })

export const provisioningRoute: RouteDescription = {
  ...read,
  id: 'get_provisioning',
  summary: {
    en: 'What a provider keeps in step by SCIM',
    de: 'Was ein Anbieter über SCIM auf dem Laufenden hält',
  },
  answers: {
    200: {
      description: { en: 'Address, tokens, users and groups', de: 'Adresse, Token, Personen und Gruppen' },
      content: {
        schema: object({
          baseUrl: text,
          tokens: list(
            object({
              id: uuid,
              hint: text,
              createdAt: time,
              expiresAt: orNull(time),
              lastUsedAt: orNull(time),
            }),
          ),
          users: object({ total: { type: 'integer' }, active: { type: 'integer' } }),
          groups: list(object({ id: uuid, name: text, members: { type: 'integer' }, roles: list(text) })),
        }),
        example: {
          baseUrl: 'https://nordwind.example.com/api/v1/scim/v2',
          tokens: [
            {
              id: exampleId('scim-token'),
              hint: 'plscim_9kQ2',
              createdAt: '2026-03-16T09:30:00Z',
              expiresAt: '2027-03-16T09:30:00Z',
              lastUsedAt: null,
            },
          ],
          users: { total: 48, active: 46 },
          groups: [{ id: exampleId('scim-group'), name: 'Sales', members: 12, roles: ['crm.sales'] }],
        },
      },
    },
  },
  problems: ['not_found'],
}

export const createScimTokenRoute: RouteDescription = {
  ...manage,
  id: 'create_scim_token',
  summary: { en: 'Make a token for SCIM', de: 'Ein Token für SCIM erstellen' },
  description: {
    en: 'Needs platform.kernel.member.manage as well. The token is shown this once. A provider has two at most, so that one can take the place of the other.',
    de: 'Braucht auch platform.kernel.member.manage. Das Token wird nur dieses eine Mal gezeigt. Ein Anbieter hat höchstens zwei, damit eines das andere ablösen kann.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { expiresAt: orNull(time) },
    },
    example: { expiresAt: '2027-03-16T09:30:00Z' },
  },
  answers: {
    201: {
      description: { en: 'The token', de: 'Das Token' },
      content: {
        schema: object({ id: uuid, token: text }),
        example: { id: exampleId('scim-token'), token: 'plscim_9kQ2…' },
      },
    },
  },
  problems: ['confirmation_needed', 'not_found'],
}

export const removeScimTokenRoute: RouteDescription = {
  ...manage,
  id: 'delete_scim_token',
  summary: {
    en: 'Remove a token: it is refused from the next request on',
    de: 'Ein Token entfernen: Es wird ab der nächsten Anfrage abgelehnt',
  },
  parameters: [
    {
      name: 'token',
      in: 'path',
      description: { en: 'Id of the token', de: 'Kennung des Tokens' },
      schema: uuid,
      example: exampleId('scim-token'),
    },
  ],
  answers: { 204: { description: { en: 'Removed', de: 'Entfernt' } } },
  problems: ['not_found'],
}
