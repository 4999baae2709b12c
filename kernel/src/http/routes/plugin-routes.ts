import { Hono } from 'hono'
import type { Manifest, RouteDeclaration } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import { requireEntitlement } from '../../entitlements/index.ts'
import { isStorable } from '../../data/index.ts'
import { createHost, requireFeature, runPluginCode } from '../../plugins/index.ts'
import { answerOnce, jsonAnswer } from '../answer-once.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { describePluginRoutes } from '../openapi/plugin-route-descriptions.ts'
import { readJson } from '../read-json.ts'
import type { HttpServices } from '../services.ts'

const BODILESS = new Set(['GET', 'DELETE'])

/** The routes plugins declare beyond records; and the answer for everything no active plugin knows. */
export function pluginRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().all('/:plugin/:rest{.*}', describe(describePluginRoutes), async (c) => {
    const id = c.req.param('plugin')
    const plugin = c.get('plugins').view.active.find((each) => each.id === id)
    if (!plugin) return refuse(c, services, id)
    const match = matchRoute(plugin.manifest, c.req.method, c.req.param('rest'))
    if (!match || !Object.values(match.params).every(isStorable)) throw new Failure('not_found')
    const { permission, feature } = match.route
    c.get('access').require(permission)
    requireFeature(c.get('plugins').view, id, feature, permission)
    requireStorable(c.req.query())
    const body = BODILESS.has(c.req.method) ? undefined : await readJson(c)
    const handler = plugin.definition!.handlers.routes![match.route.handler]!
    const request = { params: match.params, query: c.req.query(), body }
    const role = [...c.get('plugins').view.entities.values()].find((model) => model.plugin === id)?.role
    const answer = answerOnce(c, services, { plugin: id, role, body }, async (work) => {
      // Nothing, or what JSON has no words for, is said by no body; what it cannot say at all is a failure of the plugin.
      const json = await runPluginCode(
        id,
        async () =>
          JSON.stringify(await handler(request, createHost(work, plugin, true) as never)) as
            | string
            | undefined,
      )
      return json === undefined ? jsonAnswer(204, undefined) : { ...jsonAnswer(200, null), body: json }
    })
    return answer.catch((error: unknown) => {
      // A route that is asked with GET may still want to note something.
      const isChange = error instanceof Failure && error.code === 'action_read_only'
      throw isChange && c.get('identity').viewing ? new Failure('viewing_as') : error
    })
  })
}

/** Handlers pass on what they get; what the database cannot hold must not reach them. */
function requireStorable(query: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(query))
    if (!isStorable(name) || !isStorable(value))
      throw new Failure('query_invalid', {
        errors: [
          {
            pointer: `/query/${name}`,
            code: 'characters',
            detail: 'The text contains characters that cannot be stored.',
          },
        ],
      })
}

/** A plugin that only a higher tier has is named as such; one that is off or unknown does not exist. */
function refuse(c: HttpContext, services: HttpServices, id: string): never {
  const installed = services.catalogue.plugins.get(id)
  if (installed) requireEntitlement(c.get('tenant'), installed.manifest)
  if (installed && services.states.stateOf(c.get('plugins'), id).state === 'upgrading')
    throw new Failure('plugin_upgrading', { extensions: { plugin: id } })
  throw new Failure('not_found')
}

function matchRoute(
  manifest: Manifest,
  method: string,
  path: string,
): { route: RouteDeclaration; params: Record<string, string> } | undefined {
  const segments = path.split('/')
  for (const route of manifest.routes ?? []) {
    if (route.method !== method) continue
    const pattern = route.path.split('/')
    if (pattern.length !== segments.length) continue
    const fits = pattern.every((part, index) =>
      part.startsWith(':') ? segments[index] !== '' : part === segments[index],
    )
    if (!fits) continue
    const params = pattern.flatMap((part, index) =>
      part.startsWith(':') ? [[part.slice(1), segments[index]!] as const] : [],
    )
    return { route, params: Object.fromEntries(params) }
  }
  return undefined
}
