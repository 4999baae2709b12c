import { getConnInfo } from '@hono/node-server/conninfo'
import type { HttpContext } from './environment.ts'

/**
 * Address of the client. Each proxy in front adds to `X-Forwarded-For` whom it heard the request from, so that of the list only as many
 * entries are true as there are proxies of ours, counted from its end.
 *
 * @param proxies how many proxies of ours stand in front of the platform
 */
export function clientAddress(c: HttpContext, proxies: number): string | null {
  const list = (c.req.header('x-forwarded-for') ?? '').split(',').map((each) => each.trim())
  const told = proxies > 0 ? list.at(-proxies) : undefined
  return told || connectedAddress(c)
}

function connectedAddress(c: HttpContext): string | null {
  // Requests that come over no connection, as in tests, have none.
  const connection = c.env as { incoming?: unknown } | undefined
  if (!connection?.incoming) return null
  return getConnInfo(c).remote.address ?? null
}
