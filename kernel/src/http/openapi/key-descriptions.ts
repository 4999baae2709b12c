import type { JsonSchema } from '../../data/index.ts'
import { RENEWAL_STEPS } from '../../sealing/index.ts'
import type { RouteDescription } from './describe.ts'
import { bearer, operator, slug } from './operator-descriptions.ts'

const text: JsonSchema = { type: 'string' }
const texts: JsonSchema = { type: 'array', items: text }
const count: JsonSchema = { type: 'integer', minimum: 0 }
const moment: JsonSchema = { type: 'string', format: 'date-time' }
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })
const all = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
})

const renewal = all({
  number: {
    ...count,
    description: { en: 'Number of the new data key', de: 'Nummer des neuen Datenschlüssels' },
  },
  step: {
    enum: [...RENEWAL_STEPS],
    description: {
      en: 'seal: values are sealed anew. retire: nothing else can be; older keys are kept until nothing needs them. done: there are no older keys any more.',
      de: 'seal: Werte werden neu versiegelt. retire: Mehr lässt sich nicht neu versiegeln; ältere Schlüssel bleiben, bis nichts sie mehr braucht. done: Es gibt keine älteren Schlüssel mehr.',
    },
  },
  store: orNull(text),
  done: count,
  total: orNull(count),
  unreadable: count,
  remaining: orNull({ type: 'object', additionalProperties: count }),
  rounds: count,
  error: orNull(text),
  startedAt: moment,
  changedAt: moment,
  finishedAt: orNull(moment),
})

const tenantKeys = all({
  tenant: { type: 'string', format: 'uuid' },
  slug: text,
  keys: {
    type: 'array',
    items: all({
      purpose: { enum: ['data', 'index'] },
      number: count,
      kek: text,
      state: { enum: ['current', 'old', 'destroyed'] },
      createdAt: moment,
      wrappedAt: moment,
    }),
  },
  missing: {
    ...texts,
    description: {
      en: 'Key-encryption keys the ring of this node lacks: until it has them, what they lead to answers 503 key_unavailable',
      de: 'Schlüssel zum Verschlüsseln von Schlüsseln, die dem Schlüsselbund dieses Knotens fehlen: Bis er sie hat, antwortet, was an ihnen hängt, mit 503 key_unavailable',
    },
  },
  destroyed: { type: 'boolean' },
  damaged: {
    ...count,
    description: {
      en: 'Records that were found with values that do not open',
      de: 'Datensätze mit Werten, die sich nicht öffnen ließen',
    },
  },
  renewal: orNull(renewal),
})

const example = {
  tenant: '0198a5c2-6c00-7000-8000-000000000001',
  slug: 'acme',
  keys: [
    {
      purpose: 'data',
      number: 1,
      kek: 'k20260301-4f3a',
      state: 'old',
      createdAt: '2025-03-01T08:00:00.000Z',
      wrappedAt: '2026-03-01T08:00:00.000Z',
    },
    {
      purpose: 'data',
      number: 2,
      kek: 'k20260301-4f3a',
      state: 'current',
      createdAt: '2026-03-01T08:00:00.000Z',
      wrappedAt: '2026-03-01T08:00:00.000Z',
    },
  ],
  missing: [],
  destroyed: false,
  damaged: 0,
  renewal: {
    number: 2,
    step: 'seal',
    store: 'crm_customer',
    done: 12_400,
    total: 20_000,
    unreadable: 0,
    remaining: null,
    rounds: 0,
    error: null,
    startedAt: '2026-03-01T08:00:00.000Z',
    changedAt: '2026-03-01T08:00:21.000Z',
    finishedAt: null,
  },
}

const answer = {
  description: { en: 'The keys of the tenant', de: 'Die Schlüssel des Mandanten' },
  content: { schema: tenantKeys, example },
} as const

const ofTenant = { ...operator, parameters: [bearer, slug] } as const
const known = [...operator.problems, 'tenant_unknown'] as const

export const tenantKeysRoute: RouteDescription = {
  ...operator,
  id: 'list_tenant_keys',
  permission: 'platform.key.read',
  summary: {
    en: 'Keys of encrypted fields by tenant, how far their renewal is, and the key ring. Never a key itself',
    de: 'Schlüssel verschlüsselter Felder nach Mandant, der Stand ihrer Erneuerung und der Schlüsselbund. Nie ein Schlüssel selbst',
  },
  parameters: [bearer],
  answers: {
    200: {
      description: { en: 'Ring and tenants', de: 'Schlüsselbund und Mandanten' },
      content: {
        schema: all({
          ring: {
            type: 'array',
            items: all({
              id: text,
              current: { type: 'boolean' },
              present: { type: 'boolean' },
              wraps: count,
            }),
          },
          items: { type: 'array', items: tenantKeys },
        }),
        example: {
          ring: [{ id: 'k20260301-4f3a', current: true, present: true, wraps: 2 }],
          items: [example],
        },
      },
    },
  },
}

export const keysOfTenantRoute: RouteDescription = {
  ...ofTenant,
  id: 'get_tenant_keys',
  permission: 'platform.key.read',
  summary: {
    en: 'Keys of a tenant, and how far their renewal is',
    de: 'Schlüssel eines Mandanten und der Stand ihrer Erneuerung',
  },
  answers: { 200: answer },
  problems: [...known],
}

export const rotateKeyRoute: RouteDescription = {
  ...ofTenant,
  id: 'rotate_tenant_key',
  permission: 'platform.key.manage',
  summary: {
    en: 'Give a tenant a new data key, and seal its values anew in the background',
    de: 'Einem Mandanten einen neuen Datenschlüssel geben und seine Werte im Hintergrund neu versiegeln',
  },
  answers: { 202: { ...answer, headers: ['Location'] } },
  problems: [...known, 'key_destroyed'],
}

export const rewrapKeysRoute: RouteDescription = {
  ...operator,
  id: 'rewrap_tenant_keys',
  permission: 'platform.key.manage',
  summary: {
    en: 'Put the keys of all tenants under the present key-encryption key; no record is touched',
    de: 'Die Schlüssel aller Mandanten unter den aktuellen Schlüssel des Schlüsselbunds legen; kein Datensatz wird angefasst',
  },
  parameters: [bearer],
  answers: {
    200: {
      description: {
        en: 'How many keys were moved, and the tenants whose keys could not be',
        de: 'Wie viele Schlüssel umgelegt wurden und bei welchen Mandanten es nicht ging',
      },
      content: {
        schema: all({ kek: text, rewrapped: count, failed: texts }),
        example: { kek: 'k20260301-4f3a', rewrapped: 42, failed: [] },
      },
    },
  },
}

const plan = {
  tenant: example.tenant,
  slug: 'acme',
  keys: 3,
  keks: ['k20260301-4f3a'],
  hash: 'q0Yxq4w5vHc0mYw1bq0p8mJ3Qf2h6r9s7t1u4v8w2xY',
}

export const planDestructionRoute: RouteDescription = {
  ...ofTenant,
  id: 'plan_key_destruction',
  permission: 'platform.key.destroy',
  summary: {
    en: 'What destroying the keys of a tenant would mean. Nothing happens yet',
    de: 'Was es hieße, die Schlüssel eines Mandanten zu vernichten. Noch geschieht nichts',
  },
  answers: {
    200: {
      description: {
        en: 'The plan, with a hash to confirm it',
        de: 'Der Plan, mit einem Hash zum Bestätigen',
      },
      content: {
        schema: all({
          tenant: { type: 'string', format: 'uuid' },
          slug: text,
          keys: count,
          keks: texts,
          hash: text,
        }),
        example: plan,
      },
    },
  },
  problems: [...known, 'key_destroyed'],
}

export const destroyKeysRoute: RouteDescription = {
  ...ofTenant,
  id: 'destroy_tenant_keys',
  permission: 'platform.key.destroy',
  summary: {
    en: 'Destroy the keys of a tenant: what they encrypt can never be read again',
    de: 'Die Schlüssel eines Mandanten vernichten: Was sie verschlüsseln, kann nie wieder gelesen werden',
  },
  body: {
    schema: all({ slug: text, hash: text }),
    example: { slug: plan.slug, hash: plan.hash },
  },
  answers: {
    200: {
      ...answer,
      content: { ...answer.content, example: { ...example, destroyed: true, renewal: null } },
    },
  },
  problems: [...known, 'validation_failed', 'plan_stale', 'key_destroyed'],
}
