import type { Context } from 'hono'
import type { Access } from '../access/index.ts'
import { openScope, type Scope } from '../container/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Operator } from '../operators/index.ts'
import type { TenantPlugins, WorkOrder } from '../plugins/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { HttpServices } from './services.ts'

/** What a tenant's level of the container adds to the platform's services. */
export type TenantCradle = HttpServices & { readonly tenant: Tenant }

/** What a request's level adds. */
export type RequestCradle = TenantCradle & { readonly order: WorkOrder }

/** What the steps of the pipeline put into a request's context, each in its turn. */
export interface HttpEnvironment {
  Variables: {
    requestId: string
    /** Path prefix that names the tenant, or empty. */
    base: string
    tenant: Tenant
    tenantScope: Scope<TenantCradle>
    plugins: TenantPlugins
    identity: Identity
    sessionToken: string | undefined
    /** On the platform's own routes. */
    operator: Operator
    /** What an operator has set, for the journal, where the path does not say it. */
    journal: object | undefined
    access: Access
  }
}

export type HttpContext = Context<HttpEnvironment>

/** The request's level of the container. Opened by what changes something; plain reads do without. */
export function requestScope(c: HttpContext, role?: string): Scope<RequestCradle> {
  return openScope(c.get('tenantScope'), { order: orderOf(c, role) })
}

/** In whose name, and for what, a request changes something. */
export function orderOf(c: HttpContext, role?: string): WorkOrder {
  return {
    tenant: c.get('tenant'),
    view: c.get('plugins').view,
    actor: c.get('identity').actor,
    access: c.get('access'),
    requestId: c.get('requestId'),
    ...(c.get('identity').viewing ? { readOnly: true } : {}),
    ...(role === undefined ? {} : { role }),
  }
}
