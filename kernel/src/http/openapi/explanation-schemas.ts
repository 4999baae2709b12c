import { limitSchema } from './limit-descriptions.ts'
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
    delegation: {
      ...all({ id: { type: 'string', format: 'uuid' }, giver: all({ id: text, label: text }), until: text }),
      description: {
        en: 'Passed on by somebody else; `$actor.id` in the condition stands for them',
        de: 'Von jemand anderem übertragen; `$actor.id` in der Bedingung steht für diese Person',
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

const words: JsonSchema = {
  ...all({ group: ref('Text'), subject: ref('Text'), action: ref('Text') }),
  description: {
    en: 'What a permission is called, from the whole to the part',
    de: 'Wie ein Recht heißt, vom Ganzen zum Teil',
  },
}
const named = all({ id: text, label: ref('Text') })
const conditionField: JsonSchema = {
  type: 'object',
  required: ['name', 'label', 'type'],
  properties: {
    name: text,
    label: ref('Text'),
    type: text,
    values: list({ type: 'object' }),
    ref: all({ entity: text, api: text }),
  },
}
const exampleWords = {
  group: { en: 'Customers', de: 'Kundenverwaltung' },
  subject: { en: 'Customers', de: 'Kunden' },
  action: { en: 'See', de: 'Sehen' },
}
const exampleRoles = [{ id: 'crm.lead', label: { en: 'Lead', de: 'Leitung' } }]

const whom = all({ id: { type: 'string', format: 'uuid' }, label: text })
const exampleMember = { id: exampleId('member'), label: 'Mara Lindner' }

export const explanationSchemas: Readonly<Record<string, JsonSchema>> = {
  ExplainedGrant: explainedGrant,
  MemberRights: {
    ...all({
      member: whom,
      roles: texts,
      permissions: list(all({ id: text, words, grants: list(ref('ExplainedGrant')) })),
      lacking: list(all({ id: text, words })),
    }),
    example: {
      member: exampleMember,
      roles: ['member', 'crm.lead'],
      permissions: [
        { id: 'backoffice.crm.customer.read', words: exampleWords, grants: [explainedGrant['example']] },
      ],
      lacking: [],
    },
  },
  AccessExplanation: {
    type: 'object',
    required: ['permission', 'words', 'member', 'allowed', 'reason', 'grants', 'roles', 'fields', 'rules'],
    properties: {
      permission: text,
      words,
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
          'feature_off',
          'limit_reached',
        ],
      },
      grants: list(ref('ExplainedGrant')),
      roles: list(named),
      fields: list(conditionField),
      rules: list(
        all({
          name: text,
          label: ref('Text'),
          rule: { enum: ['shown', 'partly', 'masked', 'readOnly', 'immutable'] },
        }),
      ),
      plugin: {
        type: 'object',
        required: ['id', 'label', 'state', 'tier'],
        properties: { id: text, label: ref('Text'), state: text, tier: text, because: text },
      },
      limit: limitSchema,
      feature: {
        type: 'object',
        required: ['id', 'label', 'on', 'why'],
        properties: {
          id: text,
          label: ref('Text'),
          on: { type: 'boolean' },
          why: { enum: ['stopped', 'tier', 'override', 'rollout', 'default'] },
          tier: text,
        },
        description: {
          en: 'The feature it is part of, on or off, and what decided that',
          de: 'Die Funktion, zu der es gehört, an oder aus, und was das entschieden hat',
        },
      },
      source,
      fix: {
        ...text,
        description: {
          en: 'Page of the console where you can change it',
          de: 'Seite der Verwaltung, auf der Sie es ändern können',
        },
      },
      givenBy: {
        ...list(named),
        description: { en: 'Roles that would give it', de: 'Rollen, die es geben würden' },
      },
      askWhom: {
        ...list(whom),
        description: {
          en: 'Some of those who can change it, unless the security policy keeps them unnamed',
          de: 'Einige von denen, die es ändern können, wenn die Sicherheitsrichtlinie sie nennt',
        },
      },
    },
    example: {
      permission: 'backoffice.crm.customer.read',
      words: exampleWords,
      member: exampleMember,
      allowed: true,
      reason: 'granted',
      grants: [explainedGrant['example']],
      roles: exampleRoles,
      fields: [],
      rules: [],
      plugin: { id: 'crm', label: exampleWords.group, state: 'enabled', tier: 'free' },
    },
  },
  PermissionHolders: {
    ...all({
      permission: text,
      words,
      items: list(
        all({ id: { type: 'string', format: 'uuid' }, label: text, grants: list(ref('ExplainedGrant')) }),
      ),
      total: { type: 'integer', minimum: 0 },
      roles: list(named),
      fields: list(conditionField),
    }),
    example: {
      permission: 'backoffice.crm.customer.read',
      words: exampleWords,
      items: [{ ...exampleMember, grants: [explainedGrant['example']] }],
      total: 1,
      roles: exampleRoles,
      fields: [],
    },
  },
}
