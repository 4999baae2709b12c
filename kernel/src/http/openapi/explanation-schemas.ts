import type { JsonSchema } from '../../data/index.ts'
import { exampleId } from './example-values.ts'
import { ref } from './schema-reference.ts'

const text: JsonSchema = { type: 'string' }
const texts: JsonSchema = { type: 'array', items: text }
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items })
const all = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
})

const source: JsonSchema = {
  ...all({ plugin: text, pointer: text }),
  description: { en: 'A line of a manifest', de: 'Eine Zeile eines Manifests' },
}

const explainedGrant: JsonSchema = {
  type: 'object',
  required: ['permission', 'via'],
  properties: {
    permission: text,
    condition: { type: 'object' },
    fields: texts,
    via: {
      ...texts,
      description: {
        en: 'Roles: the one given first, the one with the grant last',
        de: 'Rollen: zuerst die vergebene, zuletzt die mit dem Recht',
      },
    },
    source,
    met: {
      type: 'boolean',
      description: {
        en: 'Whether the record meets its condition',
        de: 'Ob der Datensatz seine Bedingung erfüllt',
      },
    },
  },
  example: {
    permission: 'backoffice.crm.*',
    via: ['crm.lead'],
    source: { plugin: 'crm', pointer: '/roles/1/grants/0' },
  },
}

const whom = all({ id: { type: 'string', format: 'uuid' }, label: text })
const exampleMember = { id: exampleId('member'), label: 'Mara Lindner' }

export const explanationSchemas: Readonly<Record<string, JsonSchema>> = {
  ExplainedGrant: explainedGrant,
  MemberRights: {
    ...all({
      member: whom,
      roles: texts,
      permissions: list(all({ id: text, grants: list(ref('ExplainedGrant')) })),
    }),
    example: {
      member: exampleMember,
      roles: ['member', 'crm.lead'],
      permissions: [{ id: 'backoffice.crm.customer.read', grants: [explainedGrant['example']] }],
    },
  },
  AccessExplanation: {
    type: 'object',
    required: ['permission', 'member', 'allowed', 'reason', 'grants'],
    properties: {
      permission: text,
      member: whom,
      allowed: { type: 'boolean' },
      reason: {
        enum: [
          'granted',
          'not_granted',
          'condition_unmet',
          'tier_required',
          'plugin_disabled',
          'plugin_quarantined',
          'plugin_upgrading',
        ],
      },
      grants: list(ref('ExplainedGrant')),
      plugin: all({ id: text, state: text, tier: text }),
      source,
      fix: {
        ...text,
        description: {
          en: 'Page of the console where you can change it',
          de: 'Seite der Verwaltung, auf der Sie es ändern können',
        },
      },
    },
    example: {
      permission: 'backoffice.crm.customer.read',
      member: exampleMember,
      allowed: true,
      reason: 'granted',
      grants: [explainedGrant['example']],
      plugin: { id: 'crm', state: 'enabled', tier: 'free' },
    },
  },
}
