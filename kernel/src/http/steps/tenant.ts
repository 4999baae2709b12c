import { createMiddleware } from 'hono/factory'
import { openScope, type Scope } from '../../container/index.ts'
import { Failure } from '../../errors.ts'
import { ApiKeys } from '../../identity/index.ts'
import { TenantAccesses } from '../../operators/index.ts'
import { resolveTenant, runInTenant, type Tenant } from '../../tenancy/index.ts'
import { bearerToken } from '../bearer-token.ts'
import type { HttpEnvironment, TenantCradle } from '../environment.ts'
import type { HttpServices } from '../services.ts'

/** Finds the tenant by path prefix, host name or API key, and runs the rest of the request in its name. */
export function tenantStep(root: Scope<HttpServices>) {
  const services = root.cradle
  // As long as the tenant's record stays the same object; a notice replaces it, and the scope with it.
  const scopes = new WeakMap<Tenant, Scope<TenantCradle>>()
  return createMiddleware<HttpEnvironment>(async function tenant(c, next) {
    const url = new URL(c.req.url)
    const address = resolveTenant(c.req.header('host') ?? url.host, url.pathname, services.config.domain)
    const slug = address.slug ?? tenantOfToken(bearerToken(c.req.header('authorization')) ?? '')
    const found = slug === undefined ? undefined : await services.tenants.bySlug(slug)
    if (!found) throw new Failure('tenant_unknown')
    if (found.status !== 'active') throw new Failure('tenant_suspended')
    c.set('base', address.base)
    c.set('tenant', found)
    let scope = scopes.get(found)
    if (!scope) {
      scope = openScope(root, { tenant: found })
      scopes.set(found, scope)
    }
    c.set('tenantScope', scope)
    await runInTenant(found, next)
  })
}

/** The tenant a token names by itself. */
function tenantOfToken(token: string): string | undefined {
  return ApiKeys.tenantOf(token) ?? TenantAccesses.tenantOf(token)
}
