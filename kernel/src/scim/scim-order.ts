import type { Bus, Database, Origin, Transaction } from '../data/index.ts'
import type { Provider } from '../sign-on/index.ts'
import { ScimError, unknownResource } from './scim-error.ts'

/** By which provider, in whose name and under which condition something is changed. */
export interface ScimOrder {
  readonly tenantId: string
  readonly provider: Pick<Provider, 'id' | 'settings'>
  readonly origin: Origin
  /** Who wants to hear of new members. */
  readonly consumers: readonly string[]
  /** `If-Match` as it came: versions that who asks has seen. */
  readonly ifMatch: string | undefined
}

export interface ScimNeeds {
  readonly database: Database
  readonly bus: Bus
}

const UNIQUE = '23505'
const FOREIGN = '23503'

/** What became of a change, and whether nodes know something of people that is no longer so. */
export interface Outcome<T> {
  readonly answer: T
  readonly isFelt: boolean
}

/**
 * Runs a change in a transaction, and has every node forget what it knew of the people where they are not as before.
 *
 * @throws ScimError `uniqueness` where a name or address is taken | 404 where the provider is no more
 */
export async function carryOut<T>(
  { database, bus }: ScimNeeds,
  { tenantId }: ScimOrder,
  work: (transaction: Transaction) => Promise<Outcome<T>>,
): Promise<T> {
  const { answer, isFelt } = await database.transaction({ tenantId }, work).catch((error: unknown) => {
    const { code } = error as { readonly code?: unknown }
    if (code === UNIQUE) throw taken()
    // The provider was removed while it was asking.
    throw code === FOREIGN ? unknownResource() : error
  })
  if (isFelt) await bus.publish({ topic: 'identity', tenantId })
  return answer
}

/** @throws ScimError 412 when nobody who asks has seen this version */
export function requireSeen({ ifMatch }: ScimOrder, version: string): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return
  const strong = (each: string): string => each.trim().replace(/^W\//, '')
  if (!ifMatch.split(',').map(strong).includes(strong(version)))
    throw new ScimError(412, undefined, 'The resource has changed since.')
}

export function taken(): ScimError {
  return new ScimError(409, 'uniqueness', 'The name or address is taken.')
}
