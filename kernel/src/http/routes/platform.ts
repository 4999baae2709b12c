import { Hono } from 'hono'
import { manifestSchema } from '../../contributions/index.ts'
import { Failure } from '../../errors.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { demoRoute, manifestSchemaRoute } from '../openapi/platform-descriptions.ts'
import type { HttpServices } from '../services.ts'

/** What belongs to no tenant: the JSON Schema of manifests, for editors; on a demonstration platform, which workspaces can be looked at. */
export function platformRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/manifest-schema.json', describe(manifestSchemaRoute), (c) => c.json(manifestSchema))
    .get('/demo', describe(demoRoute), async (c) => {
      if (services.demo.size === 0) throw new Failure('not_found')
      const tenants = (await services.tenants.all()).filter((tenant) => services.demo.has(tenant.slug))
      return c.json({ tenants: tenants.map(({ slug, name, tier, hue }) => ({ slug, name, tier, hue })) })
    })
}
