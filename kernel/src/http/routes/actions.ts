import { Hono } from 'hono'
import type { OfferedActions } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import {
  compileOffers,
  pluginActions,
  pluginRole,
  type ActionModel,
  type EntityModel,
  type StoredAnswer,
} from '../../data/index.ts'
import {
  hasFeature,
  offersOf,
  readAction,
  requireFeature,
  runAction,
  runCollectionAction,
  runPluginAction,
  type InstalledPlugin,
  type Work,
} from '../../plugins/index.ts'
import { answerOnce, jsonAnswer } from '../answer-once.ts'
import { requireId } from '../entity-request.ts'
import { requestScope, type HttpContext, type HttpEnvironment } from '../environment.ts'
import { guardPlugin } from '../guard-plugin.ts'
import { describeActions, describeOffers } from '../openapi/action-descriptions.ts'
import {
  describeCollectionActions,
  describePluginActions,
} from '../openapi/collection-action-descriptions.ts'
import { describe, describeEach } from '../openapi/describe.ts'
import { readChosen } from '../read-chosen.ts'
import { readObject } from '../read-json.ts'
import { findModel, readScope } from '../read-scope.ts'
import { readSeen } from '../read-version.ts'
import type { HttpServices } from '../services.ts'

type Json = Record<string, unknown>

/** Named commands of plugins: on a record, on a collection, and on the plugin as a whole. */
export function actionRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/:plugin/:collection/:id/actions', describeEach(describeOffers), async (c, next) => {
      const model = findModel(c)
      const actions = model ? actionsThere(c, model) : []
      if (!model || actions.length === 0) return next()
      return c.json(await offers(c, services, model, actions))
    })
    .post('/:plugin/:collection/:id/actions/:action', describeEach(describeActions), async (c, next) => {
      const model = findModel(c)
      const action = model && findAction(c, model.actions)
      if (!model || !action) return next()
      requireAction(c, model.plugin, action)
      const id = requireId(c)
      if (action.reads) {
        const input = await readObject(c)
        return look(c, services, model, (work) => readAction(work, model, { action, id, input }))
      }
      const version = readSeen(c.req.header('if-match'))
      const input = await readObject(c)
      return answerOnce(c, services, { ...model, body: input }, async (work): Promise<StoredAnswer> => {
        const shown = await runAction(work, model, { action, id, version, input })
        if (!shown) return jsonAnswer(204, undefined)
        const headers = { 'content-type': 'application/json', etag: `"${shown.version}"` }
        return { status: 200, headers, body: shown.item }
      })
    })
    .post(
      '/:plugin/:collection/actions/:action',
      describeEach(describeCollectionActions),
      async (c, next) => {
        const model = findModel(c)
        const action = model && findAction(c, model.collectionActions)
        if (!model || !action) return next()
        requireAction(c, model.plugin, action)
        const body = await readObject(c)
        const call = { action, ...readChosen(action, body) }
        const run = (work: Work): Promise<Json | undefined> => runCollectionAction(work, model, call)
        return action.reads ? look(c, services, model, run) : carryOut(c, services, { ...model, body }, run)
      },
    )
    .post('/:plugin/actions/:action', describe(describePluginActions), async (c, next) => {
      const plugin = findPlugin(c)
      const action = plugin && findAction(c, pluginActions(plugin.manifest))
      if (!plugin || !action) return next()
      requireAction(c, plugin.id, action)
      const place = { plugin: plugin.id, role: roleOf(c, plugin.id) }
      const body = await readObject(c)
      const run = (work: Work): Promise<Json | undefined> => runPluginAction(work, plugin.id, action, body)
      return action.reads ? look(c, services, place, run) : carryOut(c, services, { ...place, body }, run)
    })
}

function findAction(c: HttpContext, actions: readonly ActionModel[]): ActionModel | undefined {
  return actions.find(({ name }) => name === c.req.param('action'))
}

/** @throws Failure `permission_missing`, then `feature_off` | `tier_required` */
function requireAction(c: HttpContext, plugin: string, { permission, declaration }: ActionModel): void {
  c.get('access').require(permission)
  requireFeature(c.get('plugins').view, plugin, declaration.feature, permission)
}

/** The actions on records that no feature which is off takes away. */
function actionsThere(c: HttpContext, { plugin, actions }: EntityModel): readonly ActionModel[] {
  const { view } = c.get('plugins')
  return actions.filter(({ declaration }) => hasFeature(view, plugin, declaration.feature))
}

function findPlugin(c: HttpContext): InstalledPlugin | undefined {
  return c.get('plugins').view.active.find(({ id }) => id === c.req.param('plugin'))
}

/** That of its tables; one without tables has none of its own. */
function roleOf(c: HttpContext, plugin: string): string | undefined {
  const role = pluginRole(plugin)
  return [...c.get('plugins').view.entities.values()].some((model) => model.role === role) ? role : undefined
}

interface Place {
  readonly plugin: string
  readonly role: string | undefined
}

async function carryOut(
  c: HttpContext,
  services: HttpServices,
  place: Place & { readonly body: unknown },
  task: (work: Work) => Promise<unknown>,
): Promise<Response> {
  return answerOnce(c, services, place, async (work) => {
    await task(work)
    return jsonAnswer(204, undefined)
  })
}

/** Answers out of a transaction that can change nothing, of which nothing is kept. */
async function look(
  c: HttpContext,
  services: HttpServices,
  { plugin, role }: Place,
  task: (work: Work) => Promise<Json | undefined>,
): Promise<Response> {
  const { workshop, order } = requestScope(c, role).cradle
  const output = await guardPlugin(c, services, plugin, () =>
    workshop.run({ ...order, readOnly: true }, task),
  )
  return c.json(output ?? {})
}

async function offers(
  c: HttpContext,
  services: HttpServices,
  model: EntityModel,
  actions: readonly ActionModel[],
): Promise<OfferedActions> {
  const access = c.get('access')
  access.require(model.permission('read'))
  const deeds = actions.map((action) =>
    offersOf({ access, actor: c.get('identity').actor, tenant: c.get('tenant') }, model, action),
  )
  const [row] = await services.database.query<{ offers: readonly boolean[] }>(
    { tenantId: c.get('tenant').id, role: model.role },
    compileOffers(model, requireId(c), deeds, await readScope(c, services, model)),
  )
  if (!row) throw new Failure('not_found')
  return { items: actions.filter((_, index) => row.offers[index]).map(({ name }) => name) }
}
