import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { SESSION_HOURS } from '../identity/index.ts'
import type { HttpContext } from './environment.ts'
import { isHttps } from './answer.ts'

const NAME = 'plinth_session'

export function readSessionCookie(c: HttpContext): string | undefined {
  return getCookie(c, NAME)
}

/** The cookie is confined to the tenant's own path, and out of reach for scripts. */
export function writeSessionCookie(c: HttpContext, token: string): void {
  setCookie(c, NAME, token, { ...options(c), maxAge: SESSION_HOURS * 3600 })
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
