import { Hono } from 'hono'
import type { FeatureCard } from '@plinth/sdk'
import { storeOverride } from '../../entitlements/index.ts'
import { Failure, invalid } from '../../errors.ts'
import { decided, featureId, type TenantFeature } from '../../plugins/index.ts'
import { answerOnce, jsonAnswer } from '../answer-once.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { featuresRoute, switchFeatureRoute } from '../openapi/feature-descriptions.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { readVersion } from '../read-version.ts'
import type { HttpServices } from '../services.ts'

const SWITCH = 'platform.kernel.feature.switch'

/** The features of the plugins that are on: whether each is on and why, and what the workspace decides about them. */
export function featureRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/features', describe(featuresRoute), (c) => {
      c.get('access').require('platform.kernel.plugin.read')
      const { features, view } = c.get('plugins')
      const shown = [...features.values()].filter(({ plugin }) => view.ids.has(plugin))
      return c.json({ items: shown.map((feature) => card(c, feature)) })
    })
    .patch('/features/:plugin/:feature', describe(switchFeatureRoute), async (c) => {
      c.get('access').require(SWITCH)
      const feature = findFeature(c)
      const body = await readObject(c)
      const { on, version: inBody, ...rest } = body
      refuseUnknown(rest)
      if (on !== null && typeof on !== 'boolean') throw invalid('/on', 'type', 'true, false or null.')
      const version = readVersion(c.req.header('if-match'), inBody)
      const tenant = c.get('tenant')
      const pluginTier = services.catalogue.plugins.get(feature.plugin)!.manifest.tier
      const place = { plugin: 'kernel', role: undefined, body }
      const answer = await answerOnce(c, services, place, async ({ unit }) => {
        const { plugin, declaration } = feature
        if (on && feature.state.tier !== undefined)
          throw new Failure('tier_required', { extensions: { tier: feature.state.tier } })
        const override = await storeOverride(unit, { plugin, feature: declaration.id }, on, version)
        const rollouts = await services.rollouts.all()
        const now = decided(feature, { tenant, pluginTier, rollouts }, override)
        return jsonAnswer(200, card(c, now), { etag: `"${override.version}"` })
      })
      await services.bus.publish({ topic: 'tenant', tenantId: tenant.id })
      return answer
    })
}

/** @throws Failure `not_found` */
function findFeature(c: HttpContext): TenantFeature {
  const { features, view } = c.get('plugins')
  const plugin = c.req.param('plugin') ?? ''
  const feature = features.get(featureId(plugin, c.req.param('feature') ?? ''))
  if (!feature || !view.ids.has(plugin)) throw new Failure('not_found')
  return feature
}

function card(c: HttpContext, { plugin, declaration, state, override }: TenantFeature): FeatureCard {
  const { id, type, label, description } = declaration
  return {
    plugin,
    id,
    type,
    label,
    ...(description ? { description } : {}),
    ...state,
    override: override.on,
    canSwitch: c.get('access').can(SWITCH) && state.why !== 'stopped' && state.why !== 'tier',
    version: override.version,
  }
}
