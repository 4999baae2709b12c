import { Hono } from 'hono'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { liveHealthRoute, readyHealthRoute } from '../openapi/platform-descriptions.ts'
import type { HttpServices } from '../services.ts'

/**
 * Health for load balancers and operators. Live: the process answers. Ready: it can serve, that is, the database answers and the node
 * is not shutting down. Degraded: it serves, but notices of other nodes do not arrive, so nothing is cached; or the database lacks what makes
 * searching fast and forgiving; or something is wrong with another database server or with the place of a tenant, which operators are told;
 * or the key ring lacks keys that tenants need.
 */
export function healthRoutes(services: HttpServices, isDraining: () => boolean): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/live', describe(liveHealthRoute), (c) => c.json({ status: 'live' }))
    .get('/ready', describe(readyHealthRoute), async (c) => {
      const places = await placesOf(services)
      const ready = places !== undefined && !isDraining()
      const search = services.search.indexed ? 'ok' : 'basic'
      // Which tenants and which keys these are is told to operators alone.
      const keys = services.tenantKeys.isComplete ? 'ok' : 'missing'
      const complete = services.bus.reliable && search === 'ok' && places === 'ok' && keys === 'ok'
      const status = !ready ? 'unavailable' : complete ? 'ready' : 'degraded'
      return c.json(
        {
          status,
          checks: {
            database: places === undefined ? 'down' : 'ok',
            notices: services.bus.reliable ? 'ok' : 'down',
            search,
            ...(places === undefined ? {} : { places }),
            keys,
          },
        },
        ready ? 200 : 503,
      )
    })
}

/** One question for both: whether the database answers, and whether anything is wrong with other servers and places. */
async function placesOf({ database }: HttpServices): Promise<'ok' | 'faulty' | undefined> {
  try {
    const [row] = await database.queryPlatform<{ faulty: boolean }>({
      name: 'plinth_ready',
      text: `SELECT EXISTS (SELECT FROM plinth.server_fault) OR EXISTS (SELECT FROM plinth.place WHERE error IS NOT NULL) AS faulty`,
    })
    return row!.faulty ? 'faulty' : 'ok'
  } catch {
    return undefined
  }
}
