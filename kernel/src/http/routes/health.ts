import { Hono } from 'hono'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { liveHealthRoute, readyHealthRoute } from '../openapi/platform-descriptions.ts'
import type { HttpServices } from '../services.ts'

/**
 * Health for load balancers and operators. Live: the process answers. Ready: it can serve, that is, the database answers and the node
 * is not shutting down. Degraded: it serves, but notices of other nodes do not arrive, so nothing is cached; or the database lacks what makes
 * searching fast and forgiving.
 */
export function healthRoutes(services: HttpServices, isDraining: () => boolean): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/live', describe(liveHealthRoute), (c) => c.json({ status: 'live' }))
    .get('/ready', describe(readyHealthRoute), async (c) => {
      const database = await answers(services)
      const ready = database && !isDraining()
      const search = services.search.indexed ? 'ok' : 'basic'
      const complete = services.bus.reliable && search === 'ok'
      const status = !ready ? 'unavailable' : complete ? 'ready' : 'degraded'
      return c.json(
        {
          status,
          checks: {
            database: database ? 'ok' : 'down',
            notices: services.bus.reliable ? 'ok' : 'down',
            search,
          },
        },
        ready ? 200 : 503,
      )
    })
}

async function answers(services: HttpServices): Promise<boolean> {
  try {
    await services.database.queryPlatform({ name: 'plinth_ping', text: 'SELECT 1' })
    return true
  } catch {
    return false
  }
}
