import { checkFeature } from '../feature-reference.ts'
import { checkHandlers } from '../handler-names.ts'
import { checkPermission } from '../permission-reference.ts'
import type { ContributionPoint, Path, PointContext, Report } from '../point.ts'
import { dicts, text } from '../reading.ts'
import { RESERVED_ADDRESSES } from '../reserved-names.ts'
import { closed, handlerName, kebabName, listOf, permissionId } from '../vocabulary.ts'

const SEGMENT = '[a-z0-9]+([.-][a-z0-9]+)*'
const PARAMETER = ':[a-z][a-zA-Z0-9]*'
const ROUTE_PATH = `^${SEGMENT}(/(${SEGMENT}|${PARAMETER}))*$`

const route = closed(
  {
    handler: handlerName,
    method: { enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
    path: {
      type: 'string',
      pattern: ROUTE_PATH,
      maxLength: 200,
      description:
        'segments in lower case without a slash before or after, like "board/:id/move"; the first is no parameter',
    },
    permission: permissionId,
    feature: kebabName,
    summary: { type: 'string', pattern: '\\S', maxLength: 300, description: 'a text that is not blank' },
  },
  ['handler', 'method', 'path', 'permission', 'summary'],
)

function checkPath(routePath: string, path: Path, { own }: PointContext, report: Report): void {
  const segments = routePath.split('/')
  const first = segments[0] ?? ''
  if (RESERVED_ADDRESSES.has(first)) report(path, 'name_reserved', `A route cannot begin with "${first}".`)
  const holder = [...own.entities].find(([, entity]) => entity.declaration['collection'] === first)
  if (holder)
    report(path, 'route_taken', `"${first}" is the collection of "${holder[0]}"; begin with another segment.`)
  const parameters = segments.filter((segment) => segment.startsWith(':'))
  if (new Set(parameters).size < parameters.length) {
    report(path, 'duplicate', 'A parameter stands twice in the path.')
  }
}

/** Addresses that are neither record operations nor anything derived. */
export const routes: ContributionPoint = {
  name: 'routes',
  properties: { routes: listOf(route) },
  check(manifest, context, report) {
    const seen = new Set<string>()
    const handlers: [Path, string][] = []
    for (const [index, declaration] of dicts(manifest['routes'])) {
      const at = (key: string): Path => ['routes', index, key]
      const path = text(declaration['path'])
      const method = text(declaration['method'])
      const permission = text(declaration['permission'])
      const handler = text(declaration['handler'])
      checkFeature(declaration, ['routes', index], context, report)
      if (permission !== undefined) checkPermission(permission, at('permission'), context, report)
      if (handler !== undefined) handlers.push([at('handler'), handler])
      if (path === undefined) continue
      checkPath(path, at('path'), context, report)
      // Two routes that differ only in the name of a parameter answer the same requests.
      const shape = `${method} ${path.replace(/:[^/]*/gu, ':')}`
      if (seen.has(shape))
        report(at('path'), 'duplicate', `An earlier route answers ${method} ${path} already.`)
      if (method !== undefined) seen.add(shape)
    }
    if (manifest['routes'] !== undefined && !Array.isArray(manifest['routes'])) return
    checkHandlers(handlers, context.handlers?.routes, { kind: 'route handler', path: ['routes'] }, report)
  },
}
