import { Hono } from 'hono'
import type { PluginCard, PluginUpgrade } from '@plinth/sdk'
import { invalid } from '../../errors.ts'
import { entitlementOf } from '../../entitlements/index.ts'
import type { TenantPlugins } from '../../plugins/index.ts'
import { requestScope, type HttpContext, type HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { applyRoute, planRoute, pluginsRoute, retryRoute } from '../openapi/plugin-descriptions.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import type { HttpServices } from '../services.ts'

/** The plugins of a workspace: what there is, what switching would do, and doing it. */
export function pluginAdminRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { switchboard } = services
  return new Hono<HttpEnvironment>()
    .get('/plugins', describe(pluginsRoute), async (c) => {
      c.get('access').require('platform.kernel.plugin.read')
      return c.json({ items: await cards(c, services) })
    })
    .post('/plugins/:id/plan', describe(planRoute), async (c) => {
      c.get('access').require('platform.kernel.plugin.switch')
      const { action } = readAction(await readObject(c), false)
      return c.json(await switchboard.plan(c.get('tenant'), c.req.param('id'), action))
    })
    .post('/plugins/:id/apply', describe(applyRoute), async (c) => {
      c.get('access').require('platform.kernel.plugin.switch')
      const { action, hash } = readAction(await readObject(c), true)
      await switchboard.apply(requestScope(c).cradle.order, c.req.param('id'), action, hash)
      return c.json({ items: await cards(c, services) })
    })
    .post('/plugins/:id/retry', describe(retryRoute), async (c) => {
      c.get('access').require('platform.kernel.plugin.switch')
      const id = c.req.param('id')
      if (!(await services.upgrades.retry(c.get('tenant'), id)))
        await switchboard.retry(requestScope(c).cradle.order, id)
      services.crashes.succeeded(c.get('tenant').id, id)
      return c.json({ items: await cards(c, services) })
    })
}

function readAction(
  body: Record<string, unknown>,
  withHash: boolean,
): { action: 'enable' | 'disable'; hash: string } {
  const { action, hash, ...rest } = body
  refuseUnknown(rest)
  if (action !== 'enable' && action !== 'disable')
    throw invalid('/action', 'enum', 'One of: enable, disable.')
  if (withHash && typeof hash !== 'string')
    throw invalid('/hash', 'required', 'The hash of the plan is needed.')
  if (!withHash && hash !== undefined)
    throw invalid('/hash', 'unknown', 'A plan is asked for without a hash.')
  return { action, hash: String(hash) }
}

function upgradeOf({ upgrades }: TenantPlugins, id: string): { upgrade?: PluginUpgrade } {
  const upgrade = upgrades.get(id)
  if (!upgrade) return {}
  const { from, to, state, records, errors } = upgrade
  return { upgrade: { from, to, state, records, errors } }
}

async function cards(c: HttpContext, services: HttpServices): Promise<PluginCard[]> {
  const tenant = c.get('tenant')
  // Read anew: the switch that was just thrown must show.
  const plugins = await services.states.progressOf(tenant)
  const all = [...services.catalogue.plugins.values()]
  return all.map(({ id, manifest }) => {
    const { state, reason } = services.states.stateOf(plugins, id)
    const { allowed, tier } = entitlementOf(tenant, manifest)
    return {
      id,
      version: manifest.version,
      publisher: manifest.publisher,
      name: manifest.name,
      description: manifest.description,
      icon: manifest.icon,
      category: manifest.category,
      tier: manifest.tier,
      state,
      ...(reason === null ? {} : { reason }),
      ...upgradeOf(plugins, id),
      ...(allowed ? {} : { locked: { tier } }),
      requires: Object.keys(manifest.requires ?? {}),
      requiredBy: all
        .filter((other) => other.manifest.requires?.[id] !== undefined && plugins.view.ids.has(other.id))
        .map((other) => other.id),
    }
  })
}
