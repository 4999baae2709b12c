import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { conformanceSuite } from './support/index.ts'

const adminUrl = inject('adminUrl')

describe.each([
  { folder: '../../plugins', plugins: undefined },
  { folder: 'fixtures/plugins', plugins: ['archive', 'attic', 'market', 'billing', 'cabinet', 'hire'] },
])('every entity in $folder', async ({ folder, plugins }) => {
  const suite = await conformanceSuite({
    adminUrl,
    pluginsFolder: join(import.meta.dirname, folder),
    ...(plugins ? { plugins } : {}),
  })
  afterAll(() => suite.stop())
  test.each(suite.cases)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
