import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import { isUuid, storeEntry } from '../../data/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import {
  endTenantAccessRoute,
  grantTenantAccessRoute,
  resumeTenantRoute,
  suspendTenantRoute,
  tenantAccessesRoute,
} from '../openapi/tenant-access-descriptions.ts'
import { operatorOrigin } from '../operator-origin.ts'
import { readAccessWish, readSuspension } from '../read-operator-account.ts'
import { readObject } from '../read-json.ts'
import { requireTenant } from '../require-tenant.ts'
import type { HttpServices } from '../services.ts'
import { operatorMay, operatorStep } from '../steps/operator.ts'

/** What operators do to a tenant that its own people read in their audit log: looking into it, and closing it. */
export function tenantAccessRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { tenantAccesses } = services
  const routes = new Hono<HttpEnvironment>()
  return routes
    .use('/tenants/:slug/access/*', operatorStep(services))
    .use('/tenants/:slug/suspension', operatorStep(services))
    .get(
      '/tenants/:slug/access',
      describe(tenantAccessesRoute),
      operatorMay('platform.tenant.access'),
      async (c) => c.json({ items: await tenantAccesses.list((await tenantOf(c, services)).id) }),
    )
    .post(
      '/tenants/:slug/access',
      describe(grantTenantAccessRoute),
      operatorMay('platform.tenant.access'),
      async (c) => {
        const wish = readAccessWish(await readObject(c))
        const operator = c.get('operator')
        if (wish.write && !operator.can('platform.tenant.write'))
          throw new Failure('permission_missing', { extensions: { permission: 'platform.tenant.write' } })
        const tenant = await tenantOf(c, services)
        return c.json(await tenantAccesses.grant(tenant, operator, wish, operatorOrigin(c, services)), 201)
      },
    )
    .delete(
      '/tenants/:slug/access/:id',
      describe(endTenantAccessRoute),
      operatorMay('platform.tenant.access'),
      async (c) => {
        const id = c.req.param('id')
        const tenant = await tenantOf(c, services)
        if (!isUuid(id) || !(await tenantAccesses.end(tenant.id, id, operatorOrigin(c, services))))
          throw new Failure('not_found')
        return c.body(null, 204)
      },
    )
    .put(
      '/tenants/:slug/suspension',
      describe(suspendTenantRoute),
      operatorMay('platform.tenant.suspend'),
      async (c) => {
        const { reason } = readSuspension(await readObject(c))
        await setStatus(c, services, 'suspended', reason)
        return c.body(null, 204)
      },
    )
    .delete(
      '/tenants/:slug/suspension',
      describe(resumeTenantRoute),
      operatorMay('platform.tenant.suspend'),
      async (c) => {
        await setStatus(c, services, 'active', null)
        return c.body(null, 204)
      },
    )
}

async function setStatus(
  c: HttpContext,
  services: HttpServices,
  status: 'active' | 'suspended',
  reason: string | null,
): Promise<void> {
  const tenant = await tenantOf(c, services)
  if (tenant.status === status || tenant.status === 'preparing') return
  const entry = {
    action: `tenant.${status === 'active' ? 'resumed' : 'suspended'}`,
    subjectType: 'platform.tenant',
    subjectId: tenant.id,
    after: { operator: c.get('operator').name, reason },
  }
  await services.database.query(
    { tenantId: tenant.id },
    storeEntry(tenant.id, operatorOrigin(c, services), entry),
  )
  await services.tenants.setStatus(tenant.id, status)
}

const tenantOf = (c: HttpContext, services: HttpServices) => requireTenant(services, c.req.param('slug'))
