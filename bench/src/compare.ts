import autocannon from 'autocannon'
import { randomUUID } from 'node:crypto'
import type { Target } from './servers.ts'

/** Something both servers can be asked. */
export interface Operation {
  readonly name: string
  /** Expected status of every answer. */
  readonly status: number
  /** What is asked, with the target's own records. */
  prepare(target: Target): Promise<autocannon.Request>
}

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

export interface Comparison extends Options {
  readonly name: string
  readonly measured: readonly Round[]
}

const ACCOUNTS = 'accounts-0'

const list: Operation = {
  name: 'List of 50',
  status: 200,
  async prepare(target) {
    const { items } = await ask(target)
    if (items.length !== 50) throw new Error(`${target.base} lists ${items.length} records`)
    return { method: 'GET', path: `${pathOf(target)}/${ACCOUNTS}` }
  },
}

const get: Operation = {
  name: 'Get one',
  status: 200,
  async prepare(target) {
    const { items } = await ask(target)
    return { method: 'GET', path: `${pathOf(target)}/${ACCOUNTS}/${items[0]!.id}` }
  },
}

const create: Operation = {
  name: 'Create one',
  status: 201,
  async prepare(target) {
    const path = `${pathOf(target)}/${ACCOUNTS}`
    return {
      method: 'POST',
      path,
      // A new body and a new key each time, as from many clients.
      setupRequest: (request) => {
        const key = randomUUID()
        const body = JSON.stringify({
          number: `B-${key}`,
          type: 'company',
          name: 'Hanse Handel GmbH',
          email: 'kontakt@hanse.example',
          phone: '+49 40 123456',
          billingAddress: { street: 'Am Kai 1', zip: '20457', city: 'Hamburg', country: 'DE' },
          tags: ['a', 'b'],
        })
        const headers = { ...request.headers, 'content-type': 'application/json', 'idempotency-key': key }
        return { ...request, headers, body }
      },
    }
  },
}

export const operations: readonly Operation[] = [list, get, create]

/** Loads the two servers in turns, so that what else the machine does falls on both. Every answer must have the expected status. */
export async function compare(
  operation: Operation,
  platform: Target,
  baseline: Target,
  options: Options,
): Promise<Comparison> {
  await load(operation, platform, { ...options, seconds: 2 })
  await load(operation, baseline, { ...options, seconds: 2 })
  const measured: Round[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    const byHand = await load(operation, baseline, options)
    measured.push({ platform: await load(operation, platform, options), baseline: byHand })
  }
  return { ...options, name: operation.name, measured }
}

async function load(operation: Operation, target: Target, options: Options): Promise<number> {
  const outcome = await autocannon({
    url: new URL(target.base).origin,
    headers: target.headers,
    duration: options.seconds,
    connections: options.connections,
    requests: [await operation.prepare(target)],
  })
  const answers = outcome.statusCodeStats?.[`${operation.status}`]?.count ?? 0
  if (answers !== outcome.requests.total || outcome.errors > 0)
    throw new Error(
      `${operation.name}, ${target.base}: ${JSON.stringify(outcome.statusCodeStats)}, ${outcome.errors} failed`,
    )
  return answers / outcome.duration
}

async function ask(target: Target): Promise<{ items: { id: string }[] }> {
  const response = await fetch(`${target.base}/${ACCOUNTS}`, { headers: target.headers })
  return (await response.json()) as { items: { id: string }[] }
}

function pathOf(target: Target): string {
  return new URL(target.base).pathname.replace(/\/$/, '')
}
