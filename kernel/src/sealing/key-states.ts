import type { KeyRing } from '../crypto/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { DamagedRecords, UsedKey } from './renewals.ts'
import type { Renewal } from './renewal.ts'

/** What operators see of a tenant's keys. */
export interface TenantKeyState {
  readonly tenant: string
  readonly slug: string
  readonly keys: readonly (Pick<UsedKey, 'purpose' | 'number' | 'kek' | 'state'> & {
    readonly createdAt: string
    readonly wrappedAt: string
  })[]
  /** Ids of key-encryption keys the ring lacks and the tenant needs. */
  readonly missing: readonly string[]
  readonly destroyed: boolean
  /** Records that were found with values that do not open. */
  readonly damaged: number
  readonly renewal: Omit<Renewal, 'tenant' | 'cursor'> | null
}

/** A key-encryption key, and how many keys of tenants it wraps. */
export interface RingKeyState {
  readonly id: string
  readonly current: boolean
  /** Whether this node has it. */
  readonly present: boolean
  readonly wraps: number
}

/** The ring as it is used: what is there, and what is missed. */
export function ringState(ring: KeyRing, keys: readonly UsedKey[]): RingKeyState[] {
  const wraps = new Map<string, number>(ring.ids.map((id) => [id, 0]))
  for (const { kek } of keys) if (kek !== '') wraps.set(kek, (wraps.get(kek) ?? 0) + 1)
  return [...wraps].map(([id, count]) => ({
    id,
    current: id === ring.current,
    present: ring.ids.includes(id),
    wraps: count,
  }))
}

/** The keys of those of the given tenants that have any. */
export function keyStates(
  tenants: readonly Tenant[],
  ring: KeyRing,
  found: {
    readonly keys: readonly UsedKey[]
    readonly renewals: readonly Renewal[]
    readonly damaged: readonly DamagedRecords[]
  },
): TenantKeyState[] {
  const keys = Map.groupBy(found.keys, ({ tenant }) => tenant)
  const renewals = new Map(found.renewals.map((renewal) => [renewal.tenant, renewal]))
  const damaged = new Map(found.damaged.map(({ tenant, count }) => [tenant, count]))
  return tenants.flatMap(({ id, slug }) => {
    const own = keys.get(id)
    if (!own) return []
    const keks = own.map(({ kek }) => kek).filter((kek) => kek !== '' && !ring.ids.includes(kek))
    return {
      tenant: id,
      slug,
      keys: own.map(({ purpose, number, kek, state, createdAt, wrappedAt }) => ({
        purpose,
        number,
        kek,
        state,
        createdAt: createdAt.toISOString(),
        wrappedAt: wrappedAt.toISOString(),
      })),
      missing: [...new Set(keks)],
      destroyed: own.every(({ state }) => state === 'destroyed'),
      damaged: damaged.get(id) ?? 0,
      renewal: shown(renewals.get(id)),
    }
  })
}

function shown(renewal: Renewal | undefined): TenantKeyState['renewal'] {
  if (!renewal) return null
  const { tenant: _tenant, cursor: _cursor, ...rest } = renewal
  return rest
}
