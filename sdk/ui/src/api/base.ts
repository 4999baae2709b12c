/**
 * The workspace is served below a base: `/` on its own host, `/t/<slug>/` by path. Addresses from the server start
 * with `/` and mean "below the base".
 */
export function resolve(path: string): URL {
  return new URL(path.replace(/^\/+/, ''), document.baseURI)
}

/** The address of a path below the workspace, for `href` attributes. */
export function href(path: string): string {
  const url = resolve(path)
  return url.pathname + url.search + url.hash
}

/** The part of the current address below the base, with leading slash: `/app/crm/customers`. */
export function currentPath(): string {
  const base = new URL(document.baseURI).pathname
  const path = location.pathname
  return path.startsWith(base) ? `/${path.slice(base.length)}` : '/'
}
