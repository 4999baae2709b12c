import { Hono } from 'hono'
import type { OfferedActions } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import { compileOffers, type EntityModel, type StoredAnswer } from '../../data/index.ts'
import { offersOf, runAction } from '../../plugins/index.ts'
import { jsonAnswer } from '../answer-once.ts'
import { change, requireId } from '../entity-request.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describeActions, describeOffers } from '../openapi/action-descriptions.ts'
import { describeEach } from '../openapi/describe.ts'
import { readObject } from '../read-json.ts'
import { findModel, readScope } from '../read-scope.ts'
import { readSeen } from '../read-version.ts'
import type { HttpServices } from '../services.ts'

/** Named commands of plugins on a record. */
export function actionRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/:plugin/:collection/:id/actions', describeEach(describeOffers), async (c, next) => {
      const model = findModel(c)
      if (!model || model.actions.length === 0) return next()
      return c.json(await offers(c, services, model))
    })
    .post('/:plugin/:collection/:id/actions/:action', describeEach(describeActions), async (c, next) => {
      const model = findModel(c)
      const action = model?.actions.find(({ name }) => name === c.req.param('action'))
      if (!model || !action) return next()
      c.get('access').require(action.permission)
      const id = requireId(c)
      const version = readSeen(c.req.header('if-match'))
      const input = await readObject(c)
      return change(c, services, model, input, async (work): Promise<StoredAnswer> => {
        const shown = await runAction(work, model, { action, id, version, input })
        if (!shown) return jsonAnswer(204, undefined)
        const headers = { 'content-type': 'application/json', etag: `"${shown.version}"` }
        return { status: 200, headers, body: shown.item }
      })
    })
}

async function offers(c: HttpContext, services: HttpServices, model: EntityModel): Promise<OfferedActions> {
  const access = c.get('access')
  access.require(model.permission('read'))
  const deeds = model.actions.map((action) =>
    offersOf({ access, actor: c.get('identity').actor }, model, action),
  )
  const [row] = await services.database.query<{ offers: readonly boolean[] }>(
    { tenantId: c.get('tenant').id, role: model.role },
    compileOffers(model, requireId(c), deeds, await readScope(c, services, model)),
  )
  if (!row) throw new Failure('not_found')
  return { items: model.actions.filter((_, index) => row.offers[index]).map(({ name }) => name) }
}
