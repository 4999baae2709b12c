import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { LRUCache } from 'lru-cache'
import type { HttpContext } from './environment.ts'
import { isHttps } from './answer.ts'

const NAME = 'plinth_session'

/** A browser sends the same line with each request, and taking it apart takes longer than anything else about who asks. */
const tokens = new LRUCache<string, string>({ max: 2_000 })

/** Longer lines are rare ones, and would take the memory of many. */
const MOST_CHARACTERS = 500

export function readSessionCookie(c: HttpContext): string | undefined {
  const line = c.req.header('cookie')
  if (line === undefined) return undefined
  const known = tokens.get(line)
  if (known !== undefined) return known
  const token = getCookie(c, NAME)
  if (token !== undefined && line.length <= MOST_CHARACTERS) tokens.set(line, token)
  return token
}

/** The cookie is confined to the tenant's own path, and out of reach for scripts. */
export function writeSessionCookie(c: HttpContext, token: string, expiresAt: Date): void {
  const maxAge = Math.max(0, Math.round((expiresAt.getTime() - Date.now()) / 1000))
  setCookie(c, NAME, token, { ...options(c), maxAge })
}

export function clearSessionCookie(c: HttpContext): void {
  deleteCookie(c, NAME, options(c))
}

function options(c: HttpContext) {
  return {
    path: `${c.get('base')}/`,
    httpOnly: true,
    sameSite: 'Lax',
    secure: isHttps(c.req.url, c.req.header('x-forwarded-proto')),
  } as const
}
