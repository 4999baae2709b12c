import { median } from './median.ts'
import type { Servers, Target } from './servers.ts'
import type { Population } from './world.ts'

/** What a request takes as there is more of everything: milliseconds, the median of a round, for each round. */
export interface Growth {
  readonly label: string
  readonly list: readonly number[]
  readonly get: readonly number[]
}

const WORLDS: readonly { readonly label: string; readonly name: string; readonly population: Population }[] =
  [
    { label: 'one tenant, 100 rows', name: 'one', population: { tenants: 0, others: 0, rows: 100 } },
    {
      label: '1,000 tenants × 20 entities × 100 rows',
      name: 'many',
      population: { tenants: 1_000, others: 100, rows: 100 },
    },
    {
      label: 'one tenant, 1,000,000 rows',
      name: 'large',
      population: { tenants: 0, others: 0, rows: 1_000_000 },
    },
  ]
const ROUNDS = 7
const REQUESTS = 300

/** Asks platforms of different size in turns, one request after another. The first is what the others are compared with. */
export async function measureGrowth(servers: Servers): Promise<readonly Growth[]> {
  const worlds: { label: string; target: Target; list: number[]; get: number[]; id: string }[] = []
  for (const { label, name, population } of WORLDS) {
    const target = await servers.platform(name, population)
    worlds.push({ label, target, list: [], get: [], id: await firstId(target) })
  }
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const { target, list, get, id } of worlds) {
      const times = { list: await time(target, ''), get: await time(target, `/${id}`) }
      // The first round warms up.
      if (round === 0) continue
      list.push(times.list)
      get.push(times.get)
    }
  return worlds.map(({ label, list, get }) => ({ label, list, get }))
}

async function time(target: Target, path: string): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < REQUESTS; count += 1) {
    const begin = performance.now()
    const response = await fetch(`${target.base}/accounts-0${path}`, { headers: target.headers })
    await response.arrayBuffer()
    times.push(performance.now() - begin)
    if (response.status !== 200) throw new Error(`${target.base} answered ${response.status}`)
  }
  return median(times)
}

async function firstId(target: Target): Promise<string> {
  const response = await fetch(`${target.base}/accounts-0`, { headers: target.headers })
  const { items } = (await response.json()) as { items: { id: string }[] }
  return items[0]!.id
}
