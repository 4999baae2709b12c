import { Hono } from 'hono'
import type { Limit } from '../../entitlements/index.ts'
import { Failure } from '../../errors.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { allLimits, limitDocuments } from '../limit-documents.ts'
import { describe } from '../openapi/describe.ts'
import {
  endLimitOverrideRoute,
  overrideLimitRoute,
  tenantLimitsRoute,
} from '../openapi/limit-descriptions.ts'
import { operatorOrigin } from '../operator-origin.ts'
import { readObject } from '../read-json.ts'
import { readLimitOverride } from '../read-limit-override.ts'
import { requireTenant } from '../require-tenant.ts'
import type { HttpServices } from '../services.ts'
import { operatorMay, operatorStep } from '../steps/operator.ts'

/** What operators let a tenant have in place of what its tier says. Its own people read it, with the reason, and cannot set it. */
export function tenantLimitRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { limitOverrides } = services
  const change = operatorMay('platform.tenant.change')
  return new Hono<HttpEnvironment>()
    .use('/tenants/:slug/limits', operatorStep(services))
    .use('/tenants/:slug/limits/*', operatorStep(services))
    .get(
      '/tenants/:slug/limits',
      describe(tenantLimitsRoute),
      operatorMay('platform.tenant.read'),
      async (c) => {
        const tenant = await requireTenant(services, c.req.param('slug'))
        return c.json({ items: await limitDocuments(services, tenant, allLimits(services)) })
      },
    )
    .put('/tenants/:slug/limits/:id', describe(overrideLimitRoute), change, async (c) => {
      const override = readLimitOverride(await readObject(c))
      const limit = requireLimit(c, services)
      const tenant = await requireTenant(services, c.req.param('slug'))
      await limitOverrides.set(tenant.id, limit.id, override, operatorOrigin(c, services))
      const [document] = await limitDocuments(services, tenant, [limit])
      return c.json(document)
    })
    .delete('/tenants/:slug/limits/:id', describe(endLimitOverrideRoute), change, async (c) => {
      const { id } = requireLimit(c, services)
      const tenant = await requireTenant(services, c.req.param('slug'))
      await limitOverrides.remove(tenant.id, id, operatorOrigin(c, services))
      return c.body(null, 204)
    })
}

/** @throws Failure `not_found` */
function requireLimit(c: HttpContext, services: HttpServices): Limit {
  const limit = allLimits(services).find(({ id }) => id === c.req.param('id'))
  if (!limit) throw new Failure('not_found')
  return limit
}
