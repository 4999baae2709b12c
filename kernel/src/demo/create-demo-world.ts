import { tierIncludes } from '@plinth/sdk'
import { Access } from '../access/index.ts'
import type { Origin } from '../data/index.ts'
import type { HttpServices } from '../http/index.ts'
import { createHost, runPluginCode, type InstalledPlugin, type WorkOrder } from '../plugins/index.ts'
import { runInTenant, type Tenant } from '../tenancy/index.ts'
import { demoTenants, DEMO_PASSWORD, type DemoTenant } from './demo-tenants.ts'

/**
 * Creates the demonstration tenants, each with its people, plugins and sample records. One that a killed start left unfinished is
 * finished; one that is in use stays as its people made it.
 */
export async function createDemoWorld(services: HttpServices): Promise<void> {
  for (const demo of demoTenants) {
    const { tenants } = services
    const tenant =
      (await tenants.create({ ...demo, locale: 'de', timeZone: 'Europe/Berlin' }, 'preparing')) ??
      (await tenants.bySlug(demo.slug))
    if (tenant?.status !== 'preparing') continue
    for (const { email, name, role } of demo.people) {
      await services.members.create(tenant.id, {
        email,
        name,
        password: DEMO_PASSWORD,
        roles: ['member', ...(role === 'admin' ? ['admin'] : [])],
        locale: null,
      })
    }
    // Nobody who looks around has a telephone ready for it.
    await services.policies.change(tenant.id, NOBODY, { secondFactor: { graceDays: 365 } })
    await runInTenant(tenant, () => furnish(services, tenant, demo))
    await services.tenants.setStatus(tenant.id, 'active')
  }
}

async function furnish(services: HttpServices, tenant: Tenant, demo: DemoTenant): Promise<void> {
  const wanted = [...services.catalogue.plugins.values()].filter(({ manifest, failure }) => {
    const leftOff = demo.leaveOff === 'professional-and-above' && manifest.tier !== 'free'
    return failure === undefined && !leftOff && tierIncludes(tenant.tier, manifest.tier)
  })
  for (const plugin of wanted) {
    try {
      const plan = await services.switchboard.plan(tenant, plugin.id, 'enable')
      if (plan.steps.length > 0)
        await services.switchboard.apply(await order(services, tenant), plugin.id, 'enable', plan.hash)
      await addSampleData(services, tenant, plugin)
    } catch (error) {
      // A faulty plugin must not keep the platform from starting.
      services.log.error({ plugin: plugin.id, err: error }, 'demonstration data incomplete')
    }
  }
}

/** Lets a plugin fill a tenant with its sample data, in one transaction. */
export async function addSampleData(
  services: HttpServices,
  tenant: Tenant,
  plugin: InstalledPlugin,
): Promise<void> {
  const sampleData = plugin.definition?.handlers.sampleData
  if (!sampleData) return
  const role = [...services.catalogue.models.values()].find((model) => model.plugin === plugin.id)?.role
  await services.workshop.run(
    { ...(await order(services, tenant)), ...(role === undefined ? {} : { role }) },
    async (work) => {
      await runPluginCode(plugin.id, () => sampleData(createHost(work, plugin, false) as never))
    },
  )
}

const NOBODY: Origin = {
  actor: { kind: 'system', id: null, name: 'Plinth' },
  requestId: null,
  address: null,
  agent: null,
}

async function order(services: HttpServices, tenant: Tenant): Promise<WorkOrder> {
  const { view } = await services.states.of(tenant)
  return { tenant, view, actor: { kind: 'system', id: null, name: 'Plinth' }, access: new Access(undefined) }
}
