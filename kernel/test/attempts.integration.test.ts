import { afterAll, describe, expect, test } from 'vitest'
import { bootForTest } from './support/index.ts'

const platform = await bootForTest({ plugins: [], tenants: [{ slug: 'acme' }, { slug: 'beta' }] })
afterAll(() => platform.stop())
const { attempts } = platform.platform.root.cradle
const acme = platform.tenant('acme').id
const beta = platform.tenant('beta').id
const limit = { max: 3, seconds: 60 }

describe('what may be tried only so often', () => {
  test('is allowed up to the limit, and then says how long to wait', async () => {
    for (let n = 0; n < limit.max; n++) expect(await attempts.take(acme, 'jana', limit)).toBe(0)
    const wait = await attempts.take(acme, 'jana', limit)
    expect(wait).toBeGreaterThan(50)
    expect(wait).toBeLessThanOrEqual(60)
  })

  test('is counted for each tenant and each thing by itself', async () => {
    expect(await attempts.take(beta, 'jana', limit)).toBe(0)
    expect(await attempts.take(acme, 'felix', limit)).toBe(0)
  })

  test('lets exactly the limit through when many come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempts.take(acme, 'crowd', limit)))
    expect(answers.filter((wait) => wait === 0)).toHaveLength(limit.max)
  })

  test('begins anew after the window, and after it was cleared', async () => {
    for (let n = 0; n < 4; n++) await attempts.take(acme, 'short', { max: 3, seconds: 1 })
    await expect.poll(() => attempts.take(acme, 'short', { max: 3, seconds: 1 })).toBe(0)
    await attempts.clear(acme, 'jana')
    expect(await attempts.take(acme, 'jana', limit)).toBe(0)
  })
})
