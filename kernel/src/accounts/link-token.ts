import { hash, randomBytes } from 'node:crypto'
import type { Config } from '../config/index.ts'
import { workspaceUrl, type Tenant } from '../tenancy/index.ts'

/** What a link carries that opens something: 256 random bits, of which only a hash is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function tokenDigest(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/**
 * The address of a page with a token for it. The token stands behind #, which no browser sends anywhere and no server writes into its log.
 *
 * @param page path within the workspace
 */
export function linkTo(config: Config, { slug }: Tenant, page: string, token: string): string {
  return `${workspaceUrl(config, slug)}${page}#${token}`
}
