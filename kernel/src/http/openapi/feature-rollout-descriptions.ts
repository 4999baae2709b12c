import { TIERS } from '@plinth/sdk'
import type { JsonSchema } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { featureParameters } from './feature-descriptions.ts'
import { bearer, operator } from './operator-descriptions.ts'
import { flag, object, text, time } from './schema-parts.ts'
import { itemsOf } from './schema-reference.ts'

const percentage: JsonSchema = {
  type: ['integer', 'null'],
  minimum: 0,
  maximum: 100,
  description: {
    en: 'On in so many of a hundred tenants, always the same ones as it grows; null: by tier',
    de: 'An bei so vielen von hundert Mandanten, beim Wachsen immer bei denselben; null: nach Tarif',
  },
}
const stopped: JsonSchema = {
  ...flag,
  description: {
    en: 'Off everywhere, whatever tenants decide',
    de: 'Überall aus, was Mandanten auch entscheiden',
  },
}

const feature = object({
  plugin: text,
  id: text,
  type: { const: 'boolean' },
  label: { type: 'object', additionalProperties: text },
  tier: { enum: [...TIERS] },
  default: { anyOf: [flag, { type: 'object', additionalProperties: flag }] },
  stopped,
  percentage,
  changed: { anyOf: [object({ at: time, by: text, reason: text }), { type: 'null' }] },
})

const example = {
  plugin: 'crm',
  id: 'merge-customers',
  type: 'boolean',
  label: { en: 'Merge customers', de: 'Kunden zusammenführen' },
  tier: 'free',
  default: true,
  stopped: false,
  percentage: 20,
  changed: { at: '2026-03-01T08:00:00.000Z', by: 'Nora Feld', reason: 'First with a few' },
}

export const featureRolloutsRoute: RouteDescription = {
  ...operator,
  id: 'list_feature_rollouts',
  permission: 'platform.feature.read',
  summary: { en: 'How far features are let out', de: 'Wie weit Funktionen freigegeben sind' },
  parameters: [bearer],
  answers: {
    200: {
      description: { en: 'The features of all plugins', de: 'Die Funktionen aller Plugins' },
      content: { schema: itemsOf(feature), example: { items: [example] } },
    },
  },
}

export const setFeatureRolloutRoute: RouteDescription = {
  ...operator,
  id: 'set_feature_rollout',
  permission: 'platform.feature.manage',
  summary: {
    en: 'Stop a feature, or let it out to a share',
    de: 'Eine Funktion anhalten oder anteilig freigeben',
  },
  description: {
    en: 'Holds on all nodes at once. What is not named stays as it is. Stopping beats everything; a decision of a tenant beats the percentage, and the percentage beats the default of the tier.',
    de: 'Gilt auf allen Knoten sofort. Was nicht genannt ist, bleibt. Anhalten geht vor allem; die Entscheidung eines Mandanten geht vor dem Anteil, der Anteil vor der Vorgabe des Tarifs.',
  },
  parameters: [bearer, ...featureParameters],
  body: {
    schema: object(
      { 'stopped?': stopped, 'percentage?': percentage, reason: { ...text, maxLength: 500 } },
      { additionalProperties: false },
    ),
    example: { percentage: 20, reason: 'First with a few' },
  },
  answers: {
    200: {
      description: { en: 'The feature as it is now', de: 'Die Funktion, wie sie jetzt ist' },
      content: { schema: feature, example },
    },
  },
  problems: [...operator.problems, 'validation_failed'],
}
