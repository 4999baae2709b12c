import { once } from 'node:events'
import pg from 'pg'
import type { Servers } from './servers.ts'
import { signIn } from './sign-in.ts'
import { ADMIN_EMAIL, EMAIL } from './world.ts'

/** Milliseconds. */
export interface Following {
  /** From the answer to a change of rights at one node to the first answer of another node that follows it, its own time included. */
  readonly platform: readonly number[]
  /** From sending a bare notification to its arrival on another connection to the same database. */
  readonly baseline: readonly number[]
}

const ROUNDS = 100

/** Takes a member's role at one node and gives it back, while the member asks another node without pause. */
export async function measureFollowing(servers: Servers): Promise<Following> {
  const here = await servers.platform('nodes', { tenants: 0, others: 0, rows: 100 })
  const there = await servers.node('nodes')
  const api = here.base.replace(/\/ledger$/, '')
  const admin = await signIn(fetch, api, ADMIN_EMAIL)
  const { headers, member } = await signIn(fetch, api, EMAIL)
  const change = async (roles: readonly string[]): Promise<void> => {
    const answer = await fetch(`${api}/members/${member.id}`, {
      method: 'PATCH',
      headers: { ...admin.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ roles }),
    })
    if (!answer.ok) throw new Error(`The role is not changed: ${answer.status}`)
    await answer.arrayBuffer()
  }
  const until = async (status: number): Promise<void> => {
    for (;;) {
      const answer = await fetch(`${there.base}/accounts-0?limit=1`, { headers: { ...headers } })
      await answer.arrayBuffer()
      if (answer.status === status) return
    }
  }
  const platform: number[] = []
  await until(200)
  for (let round = 0; round < ROUNDS; round += 1) {
    const taken = round % 2 === 0
    await change(taken ? [] : ['clerk'])
    const begin = performance.now()
    await until(taken ? 403 : 200)
    platform.push(performance.now() - begin)
  }
  return { platform, baseline: await notify(servers.address('nodes')) }
}

async function notify(url: string): Promise<number[]> {
  const [speaker, listener] = [new pg.Client(url), new pg.Client(url)]
  const times: number[] = []
  try {
    await Promise.all([speaker.connect(), listener.connect()])
    await listener.query('LISTEN bare')
    for (let round = 0; round < ROUNDS; round += 1) {
      const heard = once(listener, 'notification')
      const begin = performance.now()
      await speaker.query('NOTIFY bare')
      await heard
      times.push(performance.now() - begin)
    }
    return times
  } finally {
    await Promise.all([speaker.end(), listener.end()])
  }
}
