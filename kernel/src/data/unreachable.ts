import { Failure } from '../errors.ts'

const CODES = /^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|57P0|08|3D000)/
const MESSAGES =
  /Connection terminated|not queryable|connection timeout|^timeout expired|timeout exceeded when trying to connect/i

/** A database that is away, or too busy to answer, is a state of the platform and not a fault of the request. */
export function unreachable(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? ''
  const message = error instanceof Error ? error.message : ''
  return CODES.test(code) || MESSAGES.test(message) ? new Failure('unavailable', { cause: error }) : error
}
