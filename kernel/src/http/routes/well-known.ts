import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import { resolveTenant } from '../../tenancy/index.ts'
import type { HttpEnvironment } from '../environment.ts'
import { serverMetadata } from '../oauth/metadata.ts'
import type { HttpServices } from '../services.ts'

const NAME = '/oauth-authorization-server'

/**
 * Where programs look for the authorisation server of a workspace (RFC 8414, 3.1): under its host, and, for workspaces that are told
 * apart by path, with the path behind the name.
 */
export function wellKnownRoutes({ config, tenants }: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().on('GET', [NAME, `${NAME}/t/:slug`], async (c) => {
    const url = new URL(c.req.url)
    const host = c.req.header('host') ?? url.host
    const slug = c.req.param('slug') ?? resolveTenant(host, url.pathname, config.domain).slug
    const tenant = slug === undefined ? undefined : await tenants.bySlug(slug)
    if (!tenant || tenant.status !== 'active') throw new Failure('tenant_unknown')
    return c.json(serverMetadata(tenant, { config }))
  })
}
