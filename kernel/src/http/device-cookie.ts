import { createHash, randomBytes } from 'node:crypto'
import { getCookie, setCookie } from 'hono/cookie'
import { isHttps } from './answer.ts'
import type { HttpContext } from './environment.ts'

/** As long as browsers keep one at most, in seconds. */
const AGE = 400 * 86_400

const PREFIX = 'plinth_device_'

const TOKEN = /^[\w-]{43}$/

/** What this browser was given when the member signed in with it; undefined: nothing. Each member has a cookie of their own. */
export function readDevice(c: HttpContext, memberId: string): string | undefined {
  const token = getCookie(c, nameFor(memberId))
  return token !== undefined && TOKEN.test(token) ? token : undefined
}

/** Makes it known that the member signs in here. What was not given out by us is never taken over, so that nobody can plant a device. */
export function writeDevice(c: HttpContext, memberId: string, known: string | undefined): string {
  const token = known ?? randomBytes(32).toString('base64url')
  setCookie(c, nameFor(memberId), token, {
    path: `${c.get('base')}/api/v1`,
    httpOnly: true,
    sameSite: 'Lax',
    secure: isHttps(c.req.url, c.req.header('x-forwarded-proto')),
    maxAge: AGE,
  })
  return token
}

/** Whether this browser was given anything for anybody. */
export function keepsDevices(c: HttpContext): boolean {
  return c.req.header('cookie')?.includes(PREFIX) === true
}

function nameFor(memberId: string): string {
  return `${PREFIX}${createHash('sha256').update(memberId).digest('hex').slice(0, 8)}`
}
