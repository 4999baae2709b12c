import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import type { HttpEnvironment } from '../environment.ts'
import type { HttpServices } from '../services.ts'

/** What belongs to no tenant. On a demonstration platform: which workspaces can be looked at. */
export function platformRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().get('/demo', async (c) => {
    if (services.demo.size === 0) throw new Failure('not_found')
    const tenants = (await services.tenants.all()).filter((tenant) => services.demo.has(tenant.slug))
    return c.json({ tenants: tenants.map(({ slug, name, tier, hue }) => ({ slug, name, tier, hue })) })
  })
}
