import type { Config } from '../config/index.ts'

/**
 * Address of a workspace as its people reach it, without a slash at its end. From the configuration alone: what a request says of its
 * host may be anybody's, and must not get into mail or into what providers are told.
 */
export function workspaceUrl(
  { publicUrl, domain, port }: Pick<Config, 'publicUrl' | 'domain' | 'port'>,
  slug: string,
): string {
  return (publicUrl ?? `http://{tenant}.${domain}:${port}`).replace('{tenant}', slug).replace(/\/$/, '')
}
