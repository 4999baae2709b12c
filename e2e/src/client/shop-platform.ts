import { join } from 'node:path'
import { bootForTest, type TestPlatform } from '@plinth/testing'
import { inject } from 'vitest'

/** A platform with the shop, listening, and a key for it. */
export async function bootShop(): Promise<{ platform: TestPlatform; baseUrl: string; key: string }> {
  const platform = await bootForTest({
    adminUrl: inject('adminUrl'),
    pluginsFolder: join(import.meta.dirname, 'plugins'),
  })
  const { port } = await platform.listen()
  const { body } = await platform
    .tenant('acme')
    .admin.post('/api-keys', { name: 'Program', permissions: ['trade.shop.*'] })
  return { platform, baseUrl: `http://127.0.0.1:${port}/t/acme`, key: body.key as string }
}
