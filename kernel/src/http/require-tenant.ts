import { Failure } from '../errors.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { HttpServices } from './services.ts'

/** The tenant an operator names. @throws Failure `tenant_unknown` */
export async function requireTenant({ tenants }: HttpServices, slug = ''): Promise<Tenant> {
  const tenant = await tenants.bySlug(slug)
  if (!tenant) throw new Failure('tenant_unknown')
  return tenant
}
