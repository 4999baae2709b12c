import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import fc from 'fast-check'
import type { Bus } from './bus.ts'
import { NoticeCache } from './notice-cache.ts'

class Notices extends EventEmitter {
  reliable = true
}

let notices: Notices
let loads: number
let cache: NoticeCache<{ n: number }>

const get = (tenant: string, key: string) => cache.get(tenant, key, async () => ({ n: ++loads }))
const notice = (tenantId: string) => notices.emit('notice', { topic: 'tenant', tenantId })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout'] })
  notices = new Notices()
  loads = 0
  cache = new NoticeCache(notices as unknown as Bus, 3)
})
afterEach(() => void vi.useRealTimers())

test('A notice makes a tenant forgotten, with all its keys, and no other', async () => {
  await get('a', '1')
  await get('a', '2')
  await get('b', '1')
  notice('a')
  expect(await get('b', '1')).toEqual({ n: 3 })
  expect(await get('a', '1')).toEqual({ n: 4 })
  expect(await get('a', '2')).toEqual({ n: 5 })
})

test('What was read before a notice is not kept after it', async () => {
  let answer: (value: { n: number }) => void = () => undefined
  const reading = cache.get('a', '1', () => new Promise<{ n: number }>((resolve) => (answer = resolve)))
  notice('a')
  answer({ n: -1 })
  expect(await reading).toEqual({ n: -1 })
  expect(await get('a', '1')).toEqual({ n: 1 })
})

test('A tenant nobody asks for leaves after a minute, one in use stays', async () => {
  await get('idle', '1')
  await get('busy', '1')
  for (let minute = 0; minute < 4; minute += 1) {
    vi.advanceTimersByTime(40_000)
    expect(await get('busy', '1')).toEqual({ n: 2 })
  }
  expect(await get('idle', '1')).toEqual({ n: 3 })
})

test('Whatever comes and goes, what is answered is never older than the last notice', async () => {
  const step = fc.tuple(
    fc.constantFrom('get', 'notice', 'interrupted', 'wait'),
    fc.constantFrom('a', 'b'),
    fc.nat(4),
  )
  const holds = fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      notices = new Notices()
      cache = new NoticeCache(notices as unknown as Bus, 3)
      const since = new Map<string, number>()
      for (const [what, tenant, key] of steps) {
        if (what === 'notice') notice(tenant)
        if (what === 'interrupted') notices.emit('interrupted')
        if (what === 'wait') vi.advanceTimersByTime(31_000)
        if (what === 'get') expect((await get(tenant, String(key))).n).toBeGreaterThan(since.get(tenant) ?? 0)
        if (what === 'notice') since.set(tenant, loads)
        if (what === 'interrupted') for (const each of ['a', 'b']) since.set(each, loads)
      }
    }),
  )
  await expect(holds).resolves.toBeUndefined()
})
