import type { Config } from '../config/index.ts'
import { profileTraits, type Provider } from '../sign-on/index.ts'
import { workspaceUrl, type Tenant } from '../tenancy/index.ts'
import type { HttpContext } from './environment.ts'

interface Needs {
  readonly config: Config
}

/** Page of the browser application where people come back to. */
export function signOnPage({ config }: Needs, { slug }: Tenant, { id }: Pick<Provider, 'id'>): string {
  return `${workspaceUrl(config, slug)}/sign-on/${id}`
}

/** Address the provider sends browsers to. Each provider has its own, so that an answer of one is never taken for another's. */
export function redirectUri(needs: Needs, tenant: Tenant, provider: Provider): string {
  return profileTraits[provider.settings.profile].posts
    ? `${workspaceUrl(needs.config, tenant.slug)}/api/v1/auth/${provider.id}/posted`
    : signOnPage(needs, tenant, provider)
}

/** Whether the browser is at the address the configuration says the workspace has. */
export function isAtHome(c: HttpContext, config: Config, { slug }: Tenant): boolean {
  const home = new URL(workspaceUrl(config, slug))
  const host = c.req.header('host') ?? new URL(c.req.url).host
  return host.toLowerCase() === home.host && (c.get('base') || '/') === home.pathname
}
