import { workspaceUrl, type Tenant } from '../../tenancy/index.ts'
import type { HttpServices } from '../services.ts'

/** What a workspace's authorisation server can do, and where (RFC 8414). */
export function serverMetadata(tenant: Tenant, { config }: Pick<HttpServices, 'config'>): object {
  const issuer = workspaceUrl(config, tenant.slug)
  const at = (name: string): string => `${issuer}/api/v1/oauth/${name}`
  const methods = ['client_secret_basic', 'client_secret_post']
  return {
    issuer,
    authorization_endpoint: at('authorize'),
    token_endpoint: at('token'),
    jwks_uri: at('jwks'),
    revocation_endpoint: at('revoke'),
    introspection_endpoint: at('introspect'),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    token_endpoint_auth_methods_supported: [...methods, 'none'],
    revocation_endpoint_auth_methods_supported: [...methods, 'none'],
    introspection_endpoint_auth_methods_supported: methods,
    ui_locales_supported: ['de', 'en'],
    service_documentation: `${issuer}/api/v1/reference`,
  }
}
