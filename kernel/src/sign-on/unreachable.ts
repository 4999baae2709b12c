import type { UnreachableReason } from '@plinth/sdk'
import { Failure } from '../errors.ts'

interface Circumstances {
  /** What it is about, for those who look after the provider. */
  readonly host?: string
  /** Status of the answer. */
  readonly status?: number
  readonly cause?: unknown
}

/**
 * A provider is not reached, or does not answer as it should. It names addresses within the network: for those who look after it alone.
 *
 * @param detail the same in a sentence
 */
export function unreachable(
  reason: UnreachableReason,
  detail: string,
  { cause, ...extensions }: Circumstances = {},
): Failure {
  return new Failure('provider_unreachable', { detail, cause, extensions: { reason, ...extensions } })
}
