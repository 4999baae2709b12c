import { Hono } from 'hono'
import { MEMBER_LIMIT } from '../../entitlements/index.ts'
import type { HttpEnvironment } from '../environment.ts'
import { allLimits, limitDocuments } from '../limit-documents.ts'
import { limitsRoute } from '../openapi/limit-descriptions.ts'
import { describe } from '../openapi/describe.ts'
import type { HttpServices } from '../services.ts'

const MEMBERS = 'platform.kernel.member.manage'
const PLUGINS = 'platform.kernel.plugin.read'

/** How much of what is limited a workspace has, for those who look after it. */
export function limitRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().get('/limits', describe(limitsRoute), async (c) => {
    const access = c.get('access')
    if (!access.can(PLUGINS)) access.require(MEMBERS)
    const { view } = c.get('plugins')
    const shown = allLimits(services).filter(({ id }) =>
      id === MEMBER_LIMIT.id ? access.can(MEMBERS) : access.can(PLUGINS) && view.ids.has(id.split('.')[0]!),
    )
    return c.json({ items: await limitDocuments(services, c.get('tenant'), shown) })
  })
}
