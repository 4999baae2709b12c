import { Failure } from '../errors.ts'
import type { Wait } from '../identity/index.ts'
import type { HttpContext } from './environment.ts'

const SESSION = '/api/v1/session'

/** Where a password is replaced that is no longer good. */
export const RENEWAL = '/session/password/renewal'

const VERIFY = new Set(['', '/passkey', '/email'].map((way) => `${SESSION}/second-factor/verify${way}`))

/** Whether a session that still waits may ask this: who it is, to be ended, and to get what it waits for. */
export function isWithinReach(c: HttpContext, waits: Wait): boolean {
  const { path, method } = c.req
  if (path === SESSION) return method === 'GET' || method === 'DELETE'
  if (VERIFY.has(path)) return waits === 'secondFactor'
  if (path === `/api/v1${RENEWAL}`) return waits === 'password'
  return path.startsWith(`${SESSION}/second-factor/`) || path === `${SESSION}/second-factor`
    ? waits === 'enrolment'
    : false
}

export function secondFactorNeeded(waits: Wait): Failure {
  const detail = waits === 'password' ? { detail: 'A new password has to be chosen first.' } : {}
  return new Failure('second_factor_needed', { ...detail, extensions: { waits } })
}
