import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'

const main = join(import.meta.dirname, '../../kernel/src/main.ts')
const children: ChildProcess[] = []
let directory: string
let port: number

/** One `npm start`, from the moment where dependencies and browser side are ready. */
interface Start {
  readonly child: ChildProcess
  readonly said: () => string
  readonly ended: Promise<number | null>
}

function start(): Start {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PLINTH_DIRECTORY: directory, PLINTH_PORT: String(port), PLINTH_LOG: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, said: () => text, ended: once(child, 'exit').then(([code]) => code as number | null) }
}

/** Waits for the first answered request. */
async function answered({ child, said }: Start): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz/ready`).catch(() => undefined)
    if (answer?.ok) return
    if (child.exitCode !== null) throw new Error(`The server ended: ${said()}`)
    await sleep(20)
  }
}

function remains(): string[] {
  return ['plinth.lock', 'postgres/postmaster.pid'].filter((name) => existsSync(join(directory, name)))
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'plinth-start-'))
  chmodSync(directory, 0o755)
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  port = (probe.address() as AddressInfo).port
  probe.close()
  await once(probe, 'close')
})

afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  rmSync(directory, { recursive: true, force: true })
})

test('a first start opens with demonstration tenants and tells where and how to sign in', async () => {
  const first = start()
  await answered(first)
  const { tenants } = (await (await fetch(`http://127.0.0.1:${port}/platform/v1/demo`)).json()) as {
    tenants: { slug: string; tier: string }[]
  }
  expect(tenants.map(({ tier }) => tier).toSorted()).toEqual(['custom', 'enterprise', 'free', 'professional'])
  for (const { slug } of tenants) expect(first.said()).toContain(`http://${slug}.localhost:${port}/`)
  expect(first.said()).toMatch(/password \S+/)

  // The terminal and npm both pass Ctrl-C on.
  first.child.kill('SIGINT')
  first.child.kill('SIGINT')
  expect(await first.ended).toBe(0)
  expect(remains()).toEqual([])
})

test('a warm start answers, and a second Plinth is told who is running', async () => {
  const warm = start()
  await answered(warm)
  const second = start()
  expect(await second.ended).not.toBe(0)
  expect(second.said()).toContain(`another Plinth is running here (pid ${warm.child.pid},`)
  warm.child.kill('SIGTERM')
  expect(await warm.ended).toBe(0)
})

test('a start after the server was killed answers again', async () => {
  const killed = start()
  await answered(killed)
  killed.child.kill('SIGKILL')
  await killed.ended
  expect(remains()).not.toEqual([])
  const next = start()
  await answered(next)
  next.child.kill('SIGTERM')
  expect(await next.ended).toBe(0)
  expect(remains()).toEqual([])
})

test('a signal in the middle of a start ends it without leaving anything running', async () => {
  const early = start()
  while (!existsSync(join(directory, 'postgres/postmaster.pid'))) await sleep(5)
  early.child.kill('SIGINT')
  await early.ended
  expect(remains()).toEqual([])
})
