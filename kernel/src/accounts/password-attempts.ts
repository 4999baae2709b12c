import type { Attempts, Origin } from '../data/index.ts'
import { Failure } from '../errors.ts'
import { addressKey, placeOf, type Policies } from '../identity/index.ts'

/** Attempts that one place may make at all accounts together, for each it may make at one. */
const ACCOUNTS_OF_ONE_PLACE = 30

interface CountingNeeds {
  readonly attempts: Attempts
  readonly policies: Policies
}

/** What attempts at the password of an address are counted under; on a device that is known, by themselves. */
export function attemptsAt(email: string, device?: string): string {
  return `password ${addressKey(email)}${device === undefined ? '' : ` on ${device}`}`
}

/** Counts an attempt before it is looked at. @throws Failure `too_many_attempts` */
export async function admitPassword(
  { attempts, policies }: CountingNeeds,
  tenantId: string,
  account: string,
  { address }: Origin,
): Promise<void> {
  const { lockout } = await policies.of(tenantId)
  const seconds = lockout.minutes * 60
  const waits = [await attempts.take(tenantId, account, { max: lockout.attempts, seconds })]
  if (address !== null)
    waits.push(
      await attempts.take(tenantId, attemptsFrom(address), {
        max: lockout.attempts * ACCOUNTS_OF_ONE_PLACE,
        seconds,
      }),
    )
  const retryAfter = Math.max(...waits)
  if (retryAfter > 0) throw new Failure('too_many_attempts', { extensions: { retryAfter } })
}

/** A good password sets its account free, and counts nothing against where it comes from: many may sit behind one address. */
export async function passwordWasRight(
  { attempts }: CountingNeeds,
  tenantId: string,
  account: string,
  { address }: Origin,
): Promise<void> {
  await attempts.clear(tenantId, account)
  if (address !== null) await attempts.giveBack(tenantId, attemptsFrom(address))
}

function attemptsFrom(address: string): string {
  return `passwords from ${placeOf(address)}`
}
