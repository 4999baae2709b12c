import { TIERS } from '@plinth/sdk'
import type { JsonSchema } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { pluginParameter } from './plugin-parameter.ts'
import { flag, list, object, text, whole } from './schema-parts.ts'
import { ref } from './schema-reference.ts'

export const featureParameters = [
  pluginParameter('plugin'),
  {
    name: 'feature',
    in: 'path',
    description: { en: 'Id of the feature', de: 'Kennung der Funktion' },
    example: 'merge-customers',
  },
] as const

/** Features as the console shows them. */
export const featureSchemas: Readonly<Record<string, JsonSchema>> = {
  FeatureCard: object({
    plugin: { ...text, example: 'crm' },
    id: { ...text, example: 'merge-customers' },
    type: { const: 'boolean' },
    label: ref('Text'),
    'description?': ref('Text'),
    on: flag,
    why: {
      enum: ['stopped', 'tier', 'override', 'rollout', 'default'],
      description: {
        en: 'What decided: the operator stopped it everywhere, the tier lacks it, the workspace has decided, it is being rolled out, or nobody has decided. The first of them that holds',
        de: 'Was entschieden hat: Der Betreiber hat sie überall angehalten, der Tarif enthält sie nicht, der Arbeitsbereich hat entschieden, sie wird schrittweise eingeführt, oder niemand hat entschieden. Es gilt das erste, was zutrifft',
      },
    },
    'tier?': {
      enum: [...TIERS],
      description: {
        en: 'The tier it takes, where the workspace lacks it',
        de: 'Der Tarif, den sie verlangt, wo er fehlt',
      },
    },
    override: {
      type: ['boolean', 'null'],
      description: {
        en: 'What the workspace has decided; null where it has not',
        de: 'Was der Arbeitsbereich entschieden hat; null, wo er es nicht hat',
      },
    },
    canSwitch: {
      ...flag,
      description: { en: 'Whether you may switch it', de: 'Ob Sie sie umschalten dürfen' },
    },
    version: whole,
  }),
  FeatureCards: object({ items: list(ref('FeatureCard')) }),
}

export const featuresRoute: RouteDescription = {
  id: 'list_features',
  tag: 'plugins',
  permission: 'platform.kernel.plugin.read',
  summary: {
    en: 'The features of the plugins that are on',
    de: 'Die Funktionen der eingeschalteten Plugins',
  },
  answers: {
    200: {
      description: { en: 'Each, and why it is on or off', de: 'Jede, und warum sie an oder aus ist' },
      content: { schema: ref('FeatureCards') },
    },
  },
}

export const switchFeatureRoute: RouteDescription = {
  id: 'switch_feature',
  tag: 'plugins',
  permission: 'platform.kernel.feature.switch',
  summary: { en: 'Switch a feature on or off', de: 'Eine Funktion ein- oder ausschalten' },
  description: {
    en: 'For everybody in the workspace, at once. null takes the decision back. What the tier lacks cannot be switched on; what the operator has stopped stays off until it is let out again.',
    de: 'Für alle im Arbeitsbereich, sofort. null nimmt die Entscheidung zurück. Was der Tarif nicht enthält, lässt sich nicht einschalten; was der Betreiber angehalten hat, bleibt aus, bis er es wieder freigibt.',
  },
  parameters: [
    ...featureParameters,
    {
      name: 'If-Match',
      in: 'header',
      description: {
        en: 'The version you have seen, in quotes; or `version` in the body',
        de: 'Die gesehene Version, in Anführungszeichen; oder `version` im Inhalt',
      },
      example: '"0"',
    },
  ],
  body: {
    schema: object({ on: { type: ['boolean', 'null'] }, 'version?': whole }, { additionalProperties: false }),
    example: { on: false },
  },
  answers: {
    200: {
      description: { en: 'The feature as it is now', de: 'Die Funktion, wie sie jetzt ist' },
      headers: ['ETag'],
      content: { schema: ref('FeatureCard') },
    },
  },
  problems: ['not_found', 'tier_required', 'version_required', 'version_conflict'],
  repeatable: true,
}
