import { expect, test } from 'vitest'
import { currentTenant, runInTenant, TenantContextMissing, tenantIfAny } from './tenant-context.ts'
import type { Tenant } from './tenant.ts'

const tenant = (slug: string): Tenant => ({
  id: slug,
  slug,
  name: slug,
  tier: 'free',
  status: 'active',
  locale: 'en',
  timeZone: 'UTC',
  hue: 0,
  level: 'shared',
  server: 'main',
  database: '',
  schema: 'shared',
  epoch: 1,
})

test('K-TEN-03: work of a tenant without one throws TenantContextMissing', () => {
  expect(() => currentTenant()).toThrow(TenantContextMissing)
  expect(tenantIfAny()).toBeUndefined()
})

test('what runs side by side keeps each its own tenant, however often it waits', async () => {
  const names = ['acme', 'beta', 'acme', 'gamma']
  const seen = await Promise.all(
    names.map((slug, index) =>
      runInTenant(tenant(slug), async () => {
        for (let turn = 0; turn <= index; turn += 1) await Promise.resolve()
        return currentTenant().slug
      }),
    ),
  )
  expect(seen).toEqual(names)
})
