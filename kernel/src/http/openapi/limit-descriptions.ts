import type { RouteDescription } from './describe.ts'
import { bearer, operator, slug } from './operator-descriptions.ts'
import { itemsOf } from './schema-reference.ts'

const tier = { enum: ['free', 'professional', 'enterprise', 'custom'] }
const value = { type: ['integer', 'null'], minimum: 0 }

export const limitSchema = {
  type: 'object',
  required: ['id', 'label', 'used', 'value', 'because', 'next'],
  properties: {
    id: { type: 'string' },
    label: { type: 'object', additionalProperties: { type: 'string' } },
    used: { type: 'integer', minimum: 0 },
    value: { ...value, description: { en: 'null: unlimited', de: 'null: unbegrenzt' } },
    because: {
      oneOf: [
        {
          type: 'object',
          required: ['kind', 'tier'],
          properties: { kind: { const: 'tier' }, tier },
        },
        {
          type: 'object',
          required: ['kind', 'reason', 'until'],
          properties: {
            kind: { const: 'override' },
            reason: { type: 'string' },
            until: { type: ['string', 'null'], format: 'date-time' },
          },
        },
      ],
    },
    next: {
      description: { en: 'The lowest tier with more room', de: 'Der niedrigste Tarif mit mehr Platz' },
      oneOf: [{ type: 'null' }, { type: 'object', required: ['tier', 'value'], properties: { tier, value } }],
    },
  },
}

const example = {
  id: 'members',
  label: { en: 'Members', de: 'Mitglieder' },
  used: 5,
  value: 5,
  because: { kind: 'tier', tier: 'free' },
  next: { tier: 'professional', value: 100 },
}

const list = {
  200: {
    description: { en: 'How they stand now', de: 'Wie sie jetzt stehen' },
    content: { schema: itemsOf(limitSchema), example: { items: [example] } },
  },
}

const id = {
  name: 'id',
  in: 'path',
  description: { en: '`members`, or `<plugin>.<limit>`', de: '`members` oder `<plugin>.<Grenze>`' },
  schema: { type: 'string' },
  example: 'members',
} as const

const problems = [...operator.problems, 'tenant_unknown'] as const

export const limitsRoute: RouteDescription = {
  id: 'list_limits',
  tag: 'plugins',
  summary: { en: 'Limits, and how much is used of them', de: 'Grenzen und wie viel davon genutzt ist' },
  description: {
    en: 'For those who manage members or see plugins: the limits of what they look after.',
    de: 'Für alle, die Mitglieder verwalten oder Plugins sehen: die Grenzen dessen, worum sie sich kümmern.',
  },
  answers: list,
  problems: ['permission_missing'],
}

export const tenantLimitsRoute: RouteDescription = {
  ...operator,
  id: 'list_tenant_limits',
  permission: 'platform.tenant.read',
  summary: { en: 'Limits of a tenant', de: 'Grenzen eines Mandanten' },
  parameters: [bearer, slug],
  answers: list,
  problems,
}

export const overrideLimitRoute: RouteDescription = {
  ...operator,
  id: 'override_tenant_limit',
  permission: 'platform.tenant.change',
  summary: {
    en: 'Set a limit for a tenant, in place of that of its tier',
    de: 'Für einen Mandanten eine Grenze anstelle der seines Tarifs setzen',
  },
  description: {
    en: 'After `until` what is there stays, and more is refused. The people of the tenant read value, reason and end.',
    de: 'Nach `until` bleibt, was da ist, und mehr wird abgelehnt. Die Menschen des Mandanten lesen Wert, Grund und Ende.',
  },
  parameters: [bearer, slug, id],
  body: {
    schema: {
      type: 'object',
      required: ['value', 'reason'],
      additionalProperties: false,
      properties: {
        value,
        reason: { type: 'string', minLength: 2, maxLength: 500 },
        until: { type: ['string', 'null'], format: 'date-time' },
      },
    },
    example: { value: 500, reason: 'Contract 4711 includes 500 members', until: '2027-12-31T23:00:00Z' },
  },
  answers: {
    200: {
      description: { en: 'The limit as it is now', de: 'Die Grenze, wie sie jetzt ist' },
      content: {
        schema: limitSchema,
        example: {
          ...example,
          value: 500,
          because: {
            kind: 'override',
            reason: 'Contract 4711 includes 500 members',
            until: '2027-12-31T23:00:00Z',
          },
        },
      },
    },
  },
  problems: [...problems, 'validation_failed'],
}

export const endLimitOverrideRoute: RouteDescription = {
  ...operator,
  id: 'end_tenant_limit_override',
  permission: 'platform.tenant.change',
  summary: {
    en: 'Have the limit of the tier count again',
    de: 'Wieder die Grenze des Tarifs gelten lassen',
  },
  parameters: [bearer, slug, id],
  answers: { 204: { description: { en: 'It counts', de: 'Sie gilt' } } },
  problems,
}
