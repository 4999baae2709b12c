import { setTimeout } from 'node:timers/promises'
import type { Servers, Taken, Target } from './servers.ts'
import { tokenOf } from './world.ts'

/** What idle tenants take: bytes for each, one number per platform. */
export interface Memory {
  readonly tenants: number
  readonly taken: readonly Taken[]
}

const TENANTS = 10_000
const PLATFORMS = 5
/** The kernel forgets what nobody asked for during a minute. */
const IDLE_MS = 65_000

/**
 * On each platform a member of each of many tenants asks for a list, then nobody asks anything for a while. Then the same in as many
 * other tenants: what the platform takes more after that is theirs, as everything else has been there before.
 */
export async function measureMemory(servers: Servers): Promise<Memory> {
  const platforms: Target[] = []
  for (let index = 0; index < PLATFORMS; index += 1)
    platforms.push(
      await servers.platform(`idle_${index}`, { tenants: 2 * TENANTS, others: 0, rows: 100, visited: true }),
    )
  const before = await takenAfter(platforms, 1)
  const after = await takenAfter(platforms, TENANTS + 1)
  const taken = after.map(({ resident, used }, index) => ({
    resident: (resident - before[index]!.resident) / TENANTS,
    used: (used - before[index]!.used) / TENANTS,
  }))
  return { tenants: TENANTS, taken }
}

async function takenAfter(platforms: readonly Target[], first: number): Promise<Taken[]> {
  for (const { base } of platforms)
    for (let n = first; n < first + TENANTS; n += 1)
      await list(base.replace('/t/bench/', `/t/other-${n}/`), { cookie: `plinth_session=${tokenOf(n)}` })
  await setTimeout(IDLE_MS)
  const taken: Taken[] = []
  for (const { base, headers, memory } of platforms) {
    await list(base, headers)
    taken.push(await memory())
  }
  return taken
}

async function list(base: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const response = await fetch(`${base}/accounts-0`, { headers })
  await response.arrayBuffer()
  if (response.status !== 200) throw new Error(`${base} answered ${response.status}`)
}
