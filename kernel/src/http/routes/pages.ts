import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { Failure } from '../../errors.ts'
import { resolveTenant } from '../../tenancy/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { authorizeRoute } from '../openapi/consent-descriptions.ts'
import { referenceRoute } from '../openapi/reference-description.ts'
import type { HttpServices } from '../services.ts'

const FOREVER = 'public, max-age=31536000, immutable'

/** The browser application: its files, those of plugins, and one page for every address it knows itself. */
export function pageRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { browserFolder, catalogue } = services
  const routes = new Hono<HttpEnvironment>()
  // Names carry a hash of the content, so they may be kept for ever.
  routes.use('/assets/*', keepForever, serveStatic({ root: browserFolder, precompressed: true }))
  const pluginFiles = createMiddleware<HttpEnvironment>(function pluginFiles(c, next) {
    const plugin = catalogue.plugins.get(c.req.param('plugin') ?? '')
    if (!plugin) throw new Failure('not_found')
    const root = join(plugin.folder, 'dist', 'ui')
    return serveStatic<HttpEnvironment>({
      root,
      precompressed: true,
      rewriteRequestPath: (path) => `/${path.split('/').at(-1)!}`,
    })(c, next)
  })
  routes.use('/plugin-assets/:plugin/:file', keepForever, pluginFiles)
  routes.all('/assets/*', missing)
  routes.all('/plugin-assets/*', missing)
  routes.get(
    '/:file{[a-z0-9.-]+\\.(?:svg|png|ico|webmanifest|txt)}',
    serveStatic({ root: browserFolder }),
    missing,
  )
  routes.get('*', (c) => page(c, services))
  return routes
}

/** The reference of a workspace's API: a page of the browser application, which asks for the document itself. */
export function referenceRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/reference', describe(referenceRoute), (c) => page(c, services))
    .get('/oauth/authorize', describe(authorizeRoute), (c) => page(c, services))
}

const keepForever = createMiddleware<HttpEnvironment>(async function keepForever(c, next) {
  c.header('cache-control', FOREVER)
  await next()
})

function missing(): never {
  throw new Failure('not_found')
}

function page(c: HttpContext, services: HttpServices): Response | Promise<Response> {
  const file = join(services.browserFolder, 'index.html')
  if (!existsSync(file))
    throw new Failure('unavailable', {
      detail: 'The browser application has not been built: run npm run build.',
    })
  const nonce = randomBytes(18).toString('base64')
  const { base } = resolveTenant('', new URL(c.req.url).pathname, services.config.domain)
  const html = readFileSync(file, 'utf8')
    .replaceAll('{{base}}', `${encodeURI(base)}/`)
    .replaceAll('{{nonce}}', nonce)
  c.header('content-security-policy', contentPolicy(nonce))
  return c.html(html)
}

/** Styles need 'unsafe-inline': the component library inserts style elements of its own. Scripts never do. */
function contentPolicy(nonce: string): string {
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `frame-ancestors 'none'`,
    `base-uri 'self'`,
    `form-action 'self'`,
  ].join('; ')
}
