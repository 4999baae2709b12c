import { Failure } from '../errors.ts'

const CODES = /^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|57P0|08|3D000)/
const MESSAGES =
  /Connection terminated|not queryable|connection timeout|^timeout expired|timeout exceeded when trying to connect/i
/** A deadlock, or an order of things that cannot be. */
const CROSSED = /^40(P01|001)$/

/**
 * A database that is away, or too busy to answer, is a state of the platform and not a fault of the request. Neither is it one to have
 * waited for someone who was waiting in turn. It stays so when code of a plugin was asking.
 */
export function unreachable(error: unknown): unknown {
  if (error instanceof Failure) return error
  const { code, cause } = (error ?? {}) as { code?: string; cause?: { code?: string } }
  const codes = [code, cause?.code].filter((each) => typeof each === 'string')
  if (codes.some((each) => CROSSED.test(each)))
    return new Failure('unavailable', {
      detail: 'Others were changing the same at the same time. Nothing was changed: try again.',
      cause: error,
    })
  const message = error instanceof Error ? error.message : ''
  return codes.some((each) => CODES.test(each)) || MESSAGES.test(message)
    ? new Failure('unavailable', { cause: error })
    : error
}
