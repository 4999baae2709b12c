import { Hono } from 'hono'
import type { FeatureDeclaration } from '@plinth/sdk'
import type { StoredRollout } from '../../entitlements/index.ts'
import { Failure } from '../../errors.ts'
import { featureId, type InstalledPlugin } from '../../plugins/index.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { featureRolloutsRoute, setFeatureRolloutRoute } from '../openapi/feature-rollout-descriptions.ts'
import { readObject } from '../read-json.ts'
import { check, textOf } from '../read-operator-body.ts'
import type { HttpServices } from '../services.ts'
import { operatorMay, operatorStep } from '../steps/operator.ts'

/** How far operators let the features of the installed plugins out: stopped everywhere, or in a share of the tenants. */
export function featureRolloutRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { catalogue, rollouts } = services
  return new Hono<HttpEnvironment>()
    .use('/features', operatorStep(services))
    .use('/features/*', operatorStep(services))
    .get('/features', describe(featureRolloutsRoute), operatorMay('platform.feature.read'), async (c) => {
      const known = await rollouts.all()
      const items = [...catalogue.plugins.values()].flatMap((plugin) =>
        (plugin.manifest.features ?? []).map((feature) =>
          show(plugin, feature, known.get(featureId(plugin.id, feature.id))),
        ),
      )
      return c.json({ items })
    })
    .patch(
      '/features/:plugin/:feature',
      describe(setFeatureRolloutRoute),
      operatorMay('platform.feature.manage'),
      async (c) => {
        const plugin = catalogue.plugins.get(c.req.param('plugin'))
        const feature = plugin?.manifest.features?.find(({ id }) => id === c.req.param('feature'))
        if (!plugin || !feature) throw new Failure('not_found')
        const decision = readDecision(await readObject(c))
        c.set('journal', decision)
        const stored = await rollouts.set({
          ...decision,
          plugin: plugin.id,
          feature: feature.id,
          changedBy: c.get('operator').name,
        })
        return c.json(show(plugin, feature, stored))
      },
    )
}

interface Decision {
  readonly stopped?: boolean
  readonly percentage?: number | null
  readonly reason: string
}

/** @throws Failure `validation_failed` */
function readDecision(body: Readonly<Record<string, unknown>>): Decision {
  const isPercentage = (value: unknown): boolean =>
    value === null || (Number.isInteger(value) && +value! >= 0 && +value! <= 100)
  check(
    body,
    {
      stopped: ['true or false.', (value) => typeof value === 'boolean'],
      percentage: ['A whole number from 0 to 100, or null.', isPercentage],
      reason: ['Why, in up to 500 characters.', textOf(/^\S([^]{0,498}\S)?$/u)],
    },
    ['reason'],
  )
  return body as unknown as Decision
}

function show(
  { id: plugin, manifest }: InstalledPlugin,
  { id, type, label, tier = manifest.tier, default: value }: FeatureDeclaration,
  rollout: StoredRollout | undefined,
): object {
  return {
    plugin,
    id,
    type,
    label,
    tier,
    default: value,
    stopped: rollout?.stopped ?? false,
    percentage: rollout?.percentage ?? null,
    changed: rollout ? { at: rollout.changedAt, by: rollout.changedBy, reason: rollout.reason } : null,
  }
}
