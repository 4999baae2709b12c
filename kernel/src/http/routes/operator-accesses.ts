import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import { isUuid } from '../../data/index.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { endOperatorAccessRoute, operatorAccessesRoute } from '../openapi/tenant-access-descriptions.ts'
import { originOf } from '../origin.ts'
import type { HttpServices } from '../services.ts'

/** What the people of a tenant see of the operators who look into it; and how they show them out. */
export function operatorAccessRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { tenantAccesses } = services
  return new Hono<HttpEnvironment>()
    .get('/operator-accesses', describe(operatorAccessesRoute), async (c) => {
      c.get('access').require('platform.kernel.operatorAccess.read')
      return c.json({ items: await tenantAccesses.list(c.get('tenant').id) })
    })
    .delete('/operator-accesses/:id', describe(endOperatorAccessRoute), async (c) => {
      c.get('access').require('platform.kernel.operatorAccess.end')
      const id = c.req.param('id')
      if (!isUuid(id) || !(await tenantAccesses.end(c.get('tenant').id, id, originOf(c, services))))
        throw new Failure('not_found')
      return c.body(null, 204)
    })
}
