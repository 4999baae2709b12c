import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import type { ServerFault } from '../../places/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { cancelMoveRoute, moveRoute, moveTenantRoute, movesRoute } from '../openapi/move-descriptions.ts'
import {
  createTenantRoute,
  changeTenantRoute,
  tenantRoute,
  tenantsRoute,
} from '../openapi/operator-descriptions.ts'
import { placesRoute, serversRoute } from '../openapi/server-descriptions.ts'
import { operatorOrigin } from '../operator-origin.ts'
import { readObject } from '../read-json.ts'
import { readMove, readNewTenant, readTenantChange, type NewOwner } from '../read-operator-body.ts'
import { requireTenant } from '../require-tenant.ts'
import type { HttpServices } from '../services.ts'
import { operatorMay, operatorStep } from '../steps/operator.ts'

/** What operators do with tenants and database servers, with the token of the configuration. */
export function operatorRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { tenants, places, servers, moves } = services
  const routes = new Hono<HttpEnvironment>()
  for (const path of ['/servers', '/places', '/tenants/*', '/moves/*'])
    routes.use(path, operatorStep(services))
  return routes
    .get('/servers', describe(serversRoute), operatorMay('platform.server.read'), async (c) => {
      const [loads, all, faults] = await Promise.all([places.loads(), places.all(), places.faults.all()])
      const items = [...servers.all.values()].map(({ name, levels, weight, capacity }) => ({
        name,
        levels: [...levels],
        weight,
        capacity: Number.isFinite(capacity) ? capacity : null,
        tenants: loads.get(name) ?? 0,
        spares: all.filter(
          (place) => place.server === name && place.state === 'spare' && place.error === null,
        ).length,
        faults: faults.filter(({ server }) => server === name).map(showFault),
      }))
      return c.json({ items })
    })
    .get('/places', describe(placesRoute), operatorMay('platform.server.read'), async (c) =>
      c.json({ items: await places.all() }),
    )
    .get('/tenants', describe(tenantsRoute), operatorMay('platform.tenant.read'), async (c) =>
      c.json({ items: (await tenants.all()).map(show) }),
    )
    .get('/tenants/:slug', describe(tenantRoute), operatorMay('platform.tenant.read'), async (c) =>
      c.json(show(await requireTenant(services, c.req.param('slug')))),
    )
    .patch(
      '/tenants/:slug',
      describe(changeTenantRoute),
      operatorMay('platform.tenant.change'),
      async (c) => {
        const { timeZone } = readTenantChange(await readObject(c))
        const { id } = await requireTenant(services, c.req.param('slug'))
        return c.json(show(await tenants.setTimeZone(id, timeZone, operatorOrigin(c, services))))
      },
    )
    .post('/tenants', describe(createTenantRoute), operatorMay('platform.tenant.create'), async (c) => {
      const wish = readNewTenant(await readObject(c))
      const tenant = await tenants.create(wish.tenant)
      if (!tenant) throw new Failure('slug_taken')
      const { owner } = wish
      const invited = owner && (await inviteOwner(c, services, tenant, owner))
      return c.json({ ...show(tenant), ...(invited ? { invitation: invited } : {}) }, 201, {
        location: `/platform/v1/tenants/${tenant.slug}`,
      })
    })
    .post(
      '/tenants/:slug/moves',
      describe(moveTenantRoute),
      operatorMay('platform.tenant.move'),
      async (c) => {
        const { level, server } = readMove(await readObject(c))
        const { id } = await requireTenant(services, c.req.param('slug'))
        const move = await moves.start(id, level, server)
        return c.json(move, 202, { location: `/platform/v1/moves/${move.id}` })
      },
    )
    .get('/moves', describe(movesRoute), operatorMay('platform.tenant.read'), async (c) =>
      c.json({ items: await moves.latest() }),
    )
    .get('/moves/:id', describe(moveRoute), operatorMay('platform.tenant.read'), async (c) =>
      c.json(await moves.get(c.req.param('id'))),
    )
    .delete('/moves/:id', describe(cancelMoveRoute), operatorMay('platform.tenant.move'), async (c) =>
      c.json(await moves.cancel(c.req.param('id')), 202),
    )
}

/** Nobody is in the tenant yet who could. */
async function inviteOwner(
  c: HttpContext,
  services: HttpServices,
  tenant: Tenant,
  { email, name }: NewOwner,
): Promise<object> {
  const invitation = { email, name, roles: ['admin'], locale: null }
  const { invitation: written, link } = await services.invitations.invite(
    tenant,
    invitation,
    operatorOrigin(c, services),
    null,
  )
  return { email: written.email, expiresAt: written.expiresAt, ...(link === undefined ? {} : { link }) }
}

function showFault({ about, error, since, seenAt }: ServerFault): object {
  return { about, error, since, seenAt }
}

function show({
  id,
  slug,
  name,
  tier,
  status,
  locale,
  timeZone,
  hue,
  level,
  server,
  database,
  schema,
}: Tenant): object {
  return { id, slug, name, tier, status, locale, timeZone, hue, level, server, database, schema }
}
