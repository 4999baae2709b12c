import { TIERS } from '@plinth/sdk'
import type { JsonSchema } from '../../data/index.ts'
import { list, object, text, whole } from './schema-parts.ts'
import { ref } from './schema-reference.ts'
import { recordsSchema, upgradeErrorSchema } from './upgrade-descriptions.ts'

const tier: JsonSchema = { enum: [...TIERS] }
const action: JsonSchema = { enum: ['enable', 'disable'] }

/** Plugins as the console shows them, and what switching one would do. */
export const pluginSchemas: Readonly<Record<string, JsonSchema>> = {
  PluginCard: object({
    id: { ...text, example: 'crm' },
    version: { ...text, example: '1.0.0' },
    publisher: text,
    name: ref('Text'),
    description: ref('Text'),
    icon: text,
    category: ref('Text'),
    tier,
    state: {
      enum: ['enabled', 'disabled', 'quarantined', 'upgrading'],
      description: {
        en: 'upgrading: switched on, and out of service until its records have the shape of this version',
        de: 'upgrading: eingeschaltet, und außer Betrieb, bis seine Datensätze die Form dieser Version haben',
      },
    },
    'reason?': {
      ...text,
      description: { en: 'Why it is quarantined', de: 'Warum es unter Quarantäne steht' },
    },
    'upgrade?': object(
      {
        from: { ...text, example: '1.0.0' },
        to: { ...text, example: '2.0.0' },
        state: { enum: ['pending', 'running', 'failed', 'done'] },
        records: recordsSchema,
        errors: list(upgradeErrorSchema),
      },
      {
        description: {
          en: 'How far the records are on their way to this version, until they are there. Says where values are not accepted, never the values.',
          de: 'Wie weit die Datensätze auf dem Weg zu dieser Version sind, bis sie dort sind. Sagt, wo Werte nicht angenommen werden, nie die Werte.',
        },
        example: {
          from: '1.0.0',
          to: '2.0.0',
          state: 'running',
          records: { done: 400, total: 900 },
          errors: [],
        },
      },
    ),
    'locked?': object(
      { tier },
      {
        description: {
          en: 'The tier it needs and the tenant has not',
          de: 'Die Stufe, die es braucht und die nicht da ist',
        },
      },
    ),
    requires: list(text),
    requiredBy: list(text),
  }),
  PluginCards: object({ items: list(ref('PluginCard')) }),
  PluginPlan: object({
    plugin: { ...text, example: 'crm' },
    action,
    hash: {
      ...text,
      description: { en: 'To be sent when the plan is applied', de: 'Beim Anwenden des Plans zu senden' },
    },
    steps: list(
      object({
        plugin: text,
        name: ref('Text'),
        action,
        because: { enum: ['requested', 'dependency'] },
        entities: list(object({ label: ref('Text'), rows: whole })),
      }),
    ),
    blockers: list(object({ code: text, detail: ref('Text'), 'tier?': tier })),
  }),
}
