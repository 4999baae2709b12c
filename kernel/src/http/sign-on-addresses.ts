import type { Config } from '../config/index.ts'
import { profileTraits, type Provider, type SamlPlace } from '../sign-on/index.ts'
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
  return provider.kind === 'saml' || profileTraits[provider.settings.profile].posts
    ? `${ownAddress(needs, tenant, provider)}/posted`
    : signOnPage(needs, tenant, provider)
}

/** Who the workspace is for a provider of SAML, and where it takes its answers. */
export function samlPlace(needs: Needs, tenant: Tenant, provider: Provider): SamlPlace {
  return {
    entityId: `${ownAddress(needs, tenant, provider)}/metadata`,
    acs: redirectUri(needs, tenant, provider),
  }
}

function ownAddress({ config }: Needs, { slug }: Tenant, { id }: Pick<Provider, 'id'>): string {
  return `${workspaceUrl(config, slug)}/api/v1/auth/${id}`
}

/** Whether the browser is at the address the configuration says the workspace has. */
export function isAtHome(c: HttpContext, config: Config, { slug }: Tenant): boolean {
  const home = new URL(workspaceUrl(config, slug))
  const host = c.req.header('host') ?? new URL(c.req.url).host
  return host.toLowerCase() === home.host && (c.get('base') || '/') === home.pathname
}
