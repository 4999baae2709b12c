import { Hono } from 'hono'
import { Failure, invalid } from '../../errors.ts'
import {
  destroyKeys,
  keyStates,
  planDestruction,
  ringState,
  type TenantKeyState,
} from '../../sealing/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import {
  destroyKeysRoute,
  keysOfTenantRoute,
  planDestructionRoute,
  rewrapKeysRoute,
  rotateKeyRoute,
  tenantKeysRoute,
} from '../openapi/key-descriptions.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import type { HttpServices } from '../services.ts'
import { operatorMay, operatorStep } from '../steps/operator.ts'

/** For operators: the keys of encrypted fields. None of it answers a key, wrapped or not. */
export function keyRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { keyRenewals, keyRing, tenants } = services
  const { operations } = keyRenewals
  const stateOf = async (tenant: Tenant): Promise<TenantKeyState> => {
    const [state] = keyStates([tenant], keyRing, await found(services))
    if (!state) throw new Failure('not_found')
    return state
  }
  return new Hono<HttpEnvironment>()
    .use(operatorStep(services))
    .get('/', describe(tenantKeysRoute), operatorMay('platform.key.read'), async (c) => {
      const known = await found(services)
      return c.json({
        ring: ringState(keyRing, known.keys),
        items: keyStates(await tenants.all(), keyRing, known),
      })
    })
    .post('/rewrap', describe(rewrapKeysRoute), operatorMay('platform.key.manage'), async (c) => {
      const failed: string[] = []
      let rewrapped = 0
      for (const { id, slug } of await tenants.all())
        try {
          rewrapped += await operations.rewrap(id)
        } catch (error) {
          services.log.error({ tenantId: id, err: error }, 'keys of a tenant')
          failed.push(slug)
        }
      return c.json({ kek: keyRing.current, rewrapped, failed })
    })
    .get('/:slug', describe(keysOfTenantRoute), operatorMay('platform.key.read'), async (c) =>
      c.json(await stateOf(await requireTenant(services, c.req.param('slug')))),
    )
    .post('/:slug/rotate', describe(rotateKeyRoute), operatorMay('platform.key.manage'), async (c) => {
      const tenant = await requireTenant(services, c.req.param('slug'))
      await operations.rotate(tenant.id)
      return c.json(await stateOf(tenant), 202, { location: `/platform/v1/keys/${tenant.slug}` })
    })
    .post(
      '/:slug/destruction',
      describe(planDestructionRoute),
      operatorMay('platform.key.destroy'),
      async (c) =>
        c.json(await planDestruction(operations, await requireTenant(services, c.req.param('slug')))),
    )
    .post(
      '/:slug/destruction/apply',
      describe(destroyKeysRoute),
      operatorMay('platform.key.destroy'),
      async (c) => {
        const tenant = await requireTenant(services, c.req.param('slug'))
        const { slug, hash, ...rest } = await readObject(c)
        refuseUnknown(rest)
        if (typeof slug !== 'string') throw invalid('/slug', 'type', 'Repeat the name of the tenant.')
        if (typeof hash !== 'string') throw invalid('/hash', 'type', 'The hash of the plan is needed.')
        await destroyKeys(operations, tenant, { slug, hash })
        return c.json(await stateOf(tenant))
      },
    )
}

async function found({ keyRenewals }: HttpServices) {
  const [keys, renewals, damaged] = await Promise.all([
    keyRenewals.keys(),
    keyRenewals.all(),
    keyRenewals.damaged(),
  ])
  return { keys, renewals, damaged }
}

/** @throws Failure `tenant_unknown` */
async function requireTenant({ tenants }: HttpServices, slug: string): Promise<Tenant> {
  const tenant = await tenants.bySlug(slug)
  if (!tenant) throw new Failure('tenant_unknown')
  return tenant
}
