import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { isolationSuite } from './support/index.ts'

const adminUrl = inject('adminUrl')

describe('one workspace cannot reach another through the plugins of this repository', async () => {
  const suite = await isolationSuite({ adminUrl, pluginsFolder: join(import.meta.dirname, '../../plugins') })
  afterAll(() => suite.stop())
  test.each(suite.cases)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

describe('one workspace cannot reach another through plugins with routes of their own', async () => {
  const suite = await isolationSuite({
    adminUrl,
    pluginsFolder: join(import.meta.dirname, 'fixtures/plugins'),
    plugins: ['archive', 'attic', 'billboard', 'cabinet', 'faulty', 'hire', 'yard'],
  })
  afterAll(() => suite.stop())
  test.each(suite.cases)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
