import { Hono } from 'hono'
import { Policies, type SecurityPolicy } from '../../identity/index.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { changePolicyRoute, policyRoute } from '../openapi/policy-descriptions.ts'
import { originOf } from '../origin.ts'
import { readObject } from '../read-json.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'

/** What the workspace asks of those who sign in. */
export function securityPolicyRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/security/policy', describe(policyRoute), async (c) => {
      c.get('access').require('platform.kernel.policy.read')
      return c.json(document(await services.policies.of(c.get('tenant').id)))
    })
    .patch('/security/policy', describe(changePolicyRoute), async (c) => {
      c.get('access').require('platform.kernel.policy.change')
      await requireRecent(c, services)
      const change = await readObject(c)
      return c.json(
        document(await services.policies.change(c.get('tenant').id, originOf(c, services), change)),
      )
    })
}

function document(policy: SecurityPolicy): object {
  return { policy, warnings: Policies.warnings(policy) }
}
