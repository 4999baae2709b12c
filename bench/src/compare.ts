import autocannon from 'autocannon'
import type { World } from './prepare-world.ts'

export interface Options {
  readonly rounds: number
  /** Seconds of load per server and round. */
  readonly seconds: number
  readonly connections: number
}

export interface Round {
  /** Requests per second. */
  readonly platform: number
  readonly baseline: number
}

export interface Result extends Options {
  readonly measured: readonly Round[]
}

/** Loads the two servers in turns, so that what else the machine does falls on both. Every answer must be 200 and of 50 records. */
export async function compare(world: World, options: Options): Promise<Result> {
  await check(world.platform)
  await check(world.baseline)
  await load(world.platform, { ...options, seconds: 2 })
  await load(world.baseline, { ...options, seconds: 2 })
  const measured: Round[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    const baseline = await load(world.baseline, options)
    const platform = await load(world.platform, options)
    measured.push({ platform, baseline })
  }
  return { ...options, measured }
}

async function check(target: World['platform']): Promise<void> {
  const response = await fetch(target.url, { headers: target.headers })
  const { items } = (await response.json()) as { items?: unknown[] }
  if (items?.length !== 50)
    throw new Error(`${target.url} answered ${response.status} with ${items?.length} records`)
}

async function load(target: World['platform'], { seconds, connections }: Options): Promise<number> {
  const outcome = await autocannon({
    url: target.url,
    headers: target.headers,
    duration: seconds,
    connections,
  })
  if (outcome.non2xx > 0 || outcome.errors > 0)
    throw new Error(`${target.url}: ${outcome.non2xx} refused, ${outcome.errors} failed`)
  return outcome['2xx'] / outcome.duration
}
