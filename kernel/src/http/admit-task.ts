import type { AttemptLimit } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { HttpServices } from './services.ts'

/** Lets a tenant do something dear so often and no more, over all nodes. @throws Failure `too_many_attempts` */
export async function admitTask(
  { attempts }: Pick<HttpServices, 'attempts'>,
  tenantId: string,
  what: string,
  limit: AttemptLimit,
): Promise<void> {
  const seconds = await attempts.take(tenantId, what, limit)
  if (seconds > 0) throw new Failure('too_many_attempts', { extensions: { retryAfter: seconds } })
}
