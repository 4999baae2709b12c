import { Hono } from 'hono'
import { isUuid } from '../../data/index.ts'
import { Failure, invalid } from '../../errors.ts'
import type { HttpEnvironment } from '../environment.ts'
import { askMember, decide } from '../oauth/authorization.ts'
import { askRoute, connectedRoute, decideRoute, disconnectRoute } from '../openapi/consent-descriptions.ts'
import { describe } from '../openapi/describe.ts'
import { originOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { scopeLabel } from '../scope-words.ts'
import type { HttpServices } from '../services.ts'
import { requireMember } from './session.ts'

/** What members are asked by programs, and what they have agreed to. For members with a session alone: no program agrees for them. */
export function consentRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .post('/oauth/authorization', describe(askRoute), async (c) => {
      requireMember(c.get('identity'))
      const { query, ...rest } = await readObject(c)
      refuseUnknown(rest)
      return c.json(await askMember(c, services, readQuery(query)))
    })
    .post('/oauth/authorization/decision', describe(decideRoute), async (c) => {
      requireMember(c.get('identity'))
      const { query, allow, scopes = [], ...rest } = await readObject(c)
      refuseUnknown(rest)
      if (typeof allow !== 'boolean') throw invalid('/allow', 'type', 'Yes or no is needed here.')
      if (!Array.isArray(scopes))
        throw invalid('/scopes', 'type', 'What the member was shown is needed here.')
      return c.json(await decide(c, services, readQuery(query), { allow, scopes }))
    })
    .get('/oauth/grants', describe(connectedRoute), async (c) => {
      const { member } = requireMember(c.get('identity'))
      const { view } = c.get('plugins')
      const apps = await services.grants.connected(c.get('tenant').id, member.id)
      return c.json({
        items: apps.map((app) => ({
          ...app,
          scopes: app.scopes.map((id) => ({ id, label: scopeLabel(id, view) })),
        })),
      })
    })
    .delete('/oauth/grants/:client', describe(disconnectRoute), async (c) => {
      const { member } = requireMember(c.get('identity'))
      const client = c.req.param('client')
      const origin = originOf(c, services)
      const { id: tenantId } = c.get('tenant')
      if (!isUuid(client) || !(await services.grants.disconnect(tenantId, member.id, client, origin)))
        throw new Failure('not_found')
      return c.body(null, 204)
    })
}

function readQuery(query: unknown): string {
  if (typeof query !== 'string') throw invalid('/query', 'type', 'The query of the address is needed here.')
  return query
}
