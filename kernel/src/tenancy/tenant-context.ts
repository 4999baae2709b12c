import { AsyncLocalStorage } from 'node:async_hooks'
import type { Tenant } from './tenant.ts'

const storage = new AsyncLocalStorage<Tenant>()

/** Work that belongs to a tenant was started without one. A defect of the platform, never of a request. */
export class TenantContextMissing extends Error {
  override readonly name = 'TenantContextMissing'

  constructor() {
    super('This work belongs to a tenant, and there is none')
  }
}

/** Runs `work`, and everything it awaits, in the name of a tenant. */
export function runInTenant<T>(tenant: Tenant, work: () => T): T {
  return storage.run(tenant, work)
}

/** @throws TenantContextMissing */
export function currentTenant(): Tenant {
  const tenant = storage.getStore()
  if (!tenant) throw new TenantContextMissing()
  return tenant
}

/** For logs, which also speak outside of tenants. */
export function tenantIfAny(): Tenant | undefined {
  return storage.getStore()
}
