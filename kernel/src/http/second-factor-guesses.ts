import { storeEntry, type AttemptLimit, type Origin } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { HttpServices } from './services.ts'

/** A million codes, three of them good at any time: a guesser who knows the password has one chance in ten thousand a day. */
const LIMITS = [
  { max: 5, seconds: 900 },
  { max: 30, seconds: 86_400 },
] as const satisfies readonly AttemptLimit[]

const nameOf = ({ seconds }: AttemptLimit, memberId: string): string => `second factor ${seconds} ${memberId}`

/** What the guesses at a member's codes within a day are counted under. */
export function guessesAt(memberId: string): string {
  return nameOf(LIMITS[1], memberId)
}

interface Guesses {
  /** Writes down that a code was refused. */
  failed(origin: Origin, method: string): Promise<void>
  succeeded(): Promise<void>
}

/**
 * Counts one more attempt to prove something about a member with a code, before it is looked at.
 *
 * @throws Failure `too_many_attempts`
 */
export async function admitGuess(
  { attempts, database }: HttpServices,
  { tenantId, memberId }: { readonly tenantId: string; readonly memberId: string },
): Promise<Guesses> {
  const named = LIMITS.map((limit) => ({ limit, what: nameOf(limit, memberId) }))
  for (const { what, limit } of named) {
    const seconds = await attempts.take(tenantId, what, limit)
    if (seconds > 0) throw new Failure('too_many_attempts', { extensions: { retryAfter: seconds } })
  }
  return {
    async failed(origin, method) {
      const entry = storeEntry(tenantId, origin, {
        action: 'secondFactor.refused',
        subjectType: 'platform.member',
        subjectId: memberId,
        after: { method },
      })
      await database.transaction({ tenantId }, (transaction) => transaction.run(entry))
    },
    async succeeded() {
      for (const { what } of named) await attempts.clear(tenantId, what)
    },
  }
}
