import type { Next } from 'hono'
import { Failure } from '../errors.ts'
import type { Machine, Room } from '../identity/index.ts'
import type { HttpContext } from './environment.ts'
import { problemResponse } from './problem.ts'
import type { HttpServices } from './services.ts'

/** Answers a program as long as it keeps to its rate, and tells it each time how much is left. */
export async function answerWithin(
  c: HttpContext,
  { rates, usage }: HttpServices,
  machine: Machine,
  next: Next,
): Promise<Response | void> {
  const room = await rates.take(c.get('tenant').id, machine.id, machine.perMinute)
  usage.note(c.get('tenant').id, machine)
  if (!room.exceeded) {
    await next()
    tell(c.res, room)
    return
  }
  const refusal = problemResponse(c, new Failure('rate_exceeded'))
  refusal.headers.set('retry-after', String(room.reset))
  tell(refusal, room)
  return refusal
}

function tell({ headers }: Response, { limit, remaining, reset }: Room): void {
  headers.set('ratelimit-limit', String(limit))
  headers.set('ratelimit-remaining', String(remaining))
  headers.set('ratelimit-reset', String(reset))
}
