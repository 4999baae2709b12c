export { currentTenant, runInTenant, tenantIfAny } from './tenant-context.ts'
export { resolveTenant, type TenantAddress } from './resolve-tenant.ts'
export { Tenants, type NewTenant } from './tenants.ts'
export type { Tenant } from './tenant.ts'
