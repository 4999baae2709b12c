import { resolveTenant } from '../tenancy/index.ts'

/**
 * The path a request is routed by: without the tenant's prefix, and with the version that the unversioned form `/api/<...>` stands for.
 *
 * @param url absolute address of the request
 */
export function routePath(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  const end = url.slice(start).search(/[?#]/)
  const full = start < 0 ? '/' : end < 0 ? url.slice(start) : url.slice(start, start + end)
  const path = full.startsWith('/t/') ? resolveTenant('', full, '').path : full
  if (path.startsWith('/api/') && !/^\/api\/v\d+(\/|$)/.test(path)) return `/api/v1${path.slice(4)}`
  return path
}
