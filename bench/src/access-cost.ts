import { Hono, type Handler } from 'hono'
import type { Platform } from '@plinth/kernel'

/** Microseconds of processor time of the server, for one request. */
export interface AccessRound {
  /** Finding out who asks and what they may do. */
  readonly access: number
  /** A whole list of 50, that included; what the database does is not counted. */
  readonly list: number
}

/** What finding out who asks costs, by how they show it. */
export type AccessCosts = Readonly<Record<string, readonly AccessRound[]>>

const ROUNDS = 7
const REQUESTS = 4_000
const LISTS = 600

/**
 * Measures within the process of the server: requests that go through its own steps as far as the tenant, the same ones as far as the rights of
 * who asks, and whole lists, in turns.
 *
 * @param ways headers of a request, by the name of the way in which it says who asks
 */
export async function measureAccess(
  { app }: Platform,
  list: string,
  permission: string,
  ways: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<AccessCosts> {
  const tenantOnly = stepsOf(app, ['tenant']).get('*', (c) => c.body(null, 204))
  const whole = stepsOf(app, ['tenant', 'identity']).get('*', (c) => {
    const access = c.get('access' as never) as { can(permission: string): boolean }
    return c.body(null, access.can(permission) ? 204 : 500)
  })
  const costs: Record<string, AccessRound[]> = {}
  for (const [way, headers] of Object.entries(ways)) {
    const ask = (target: Pick<Hono, 'fetch'>, times: number, status: number) =>
      processorTime(times, async () => {
        const answer = await target.fetch(new Request(list, { headers }))
        if (answer.status !== status) throw new Error(`${way}: ${answer.status} instead of ${status}`)
        await answer.arrayBuffer()
      })
    const rounds: AccessRound[] = []
    for (let round = -1; round < ROUNDS; round += 1) {
      const bare = await ask(tenantOnly, REQUESTS, 204)
      const known = await ask(whole, REQUESTS, 204)
      const lists = await ask(app, LISTS, 200)
      // The first round warms up.
      if (round >= 0) rounds.push({ access: known - bare, list: lists })
    }
    costs[way] = rounds
  }
  return costs
}

/** An application of the platform's own steps of these names, in their order. */
function stepsOf(app: Platform['app'], names: readonly string[]): Hono {
  const steps = new Hono()
  for (const name of names) {
    const found = app.routes.find(({ handler, path }) => handler.name === name && path === '/api/v1/*')
    if (!found) throw new Error(`There is no step ${name}`)
    steps.use(found.handler as unknown as Handler)
  }
  return steps
}

async function processorTime(times: number, task: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  for (let count = 0; count < times; count += 1) await task()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / times
}
