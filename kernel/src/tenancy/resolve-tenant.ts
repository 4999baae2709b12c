/** How a request names its tenant. */
export interface TenantAddress {
  readonly slug: string | undefined
  /** Path prefix that names the tenant, `/t/acme`, or empty when the host does. */
  readonly base: string
  /** The path below the prefix. */
  readonly path: string
}

const SLUG = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/
const PREFIX = /^\/t\/([^/]+)(\/.*)?$/

/**
 * Finds the tenant's name in an address: the path prefix `/t/<slug>` wins over the host `<slug>.<domain>`.
 *
 * @param host the Host header, with or without port
 */
export function resolveTenant(host: string, path: string, domain: string): TenantAddress {
  const prefix = PREFIX.exec(path)
  if (prefix) {
    const slug = prefix[1]!.toLowerCase()
    return { slug: SLUG.test(slug) ? slug : undefined, base: `/t/${prefix[1]}`, path: prefix[2] ?? '/' }
  }
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '')
  const label = name.endsWith(`.${domain}`) ? name.slice(0, -domain.length - 1) : ''
  return { slug: SLUG.test(label) ? label : undefined, base: '', path }
}
