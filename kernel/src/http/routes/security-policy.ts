import { Hono } from 'hono'
import { Failure, invalid } from '../../errors.ts'
import { Policies, type SecurityPolicy } from '../../identity/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import {
  adoptBaselineRoute,
  baselineRoute,
  changePolicyRoute,
  policyRoute,
  policyVersionsRoute,
  restorePolicyRoute,
} from '../openapi/policy-descriptions.ts'
import { originOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'

const READ = 'platform.kernel.policy.read'
const CHANGE = 'platform.kernel.policy.change'

/** What the workspace asks of those who sign in, what it was, and what is recommended. */
export function securityPolicyRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { policies } = services
  const tenantOf = (c: HttpContext): string => c.get('tenant').id
  return new Hono<HttpEnvironment>()
    .get('/security/policy', describe(policyRoute), async (c) => {
      c.get('access').require(READ)
      return c.json(document(await policies.of(tenantOf(c))))
    })
    .patch('/security/policy', describe(changePolicyRoute), async (c) => {
      c.get('access').require(CHANGE)
      await requireRecent(c, services)
      const change = await readObject(c)
      return c.json(document(await policies.change(tenantOf(c), originOf(c, services), change)))
    })
    .get('/security/policy/versions', describe(policyVersionsRoute), async (c) => {
      c.get('access').require(READ)
      return c.json({ items: await policies.versions(tenantOf(c)) })
    })
    .post('/security/policy/versions/:number/restore', describe(restorePolicyRoute), async (c) => {
      c.get('access').require(CHANGE)
      await requireRecent(c, services)
      const number = readNumber(c.req.param('number'))
      return c.json(document(await policies.restore(tenantOf(c), originOf(c, services), number)))
    })
    .get('/security/baseline', describe(baselineRoute), async (c) => {
      c.get('access').require(READ)
      return c.json(await policies.baseline(tenantOf(c)))
    })
    .post('/security/baseline', describe(adoptBaselineRoute), async (c) => {
      c.get('access').require(CHANGE)
      await requireRecent(c, services)
      const { version, ...rest } = await readObject(c)
      refuseUnknown(rest)
      if (typeof version !== 'string' || version.length > 20)
        throw invalid('/version', 'type', 'The version of the recommendations is needed.')
      return c.json(document(await policies.adoptBaseline(tenantOf(c), originOf(c, services), version)))
    })
}

function document(policy: SecurityPolicy): object {
  return { policy, warnings: Policies.warnings(policy) }
}

/** @throws Failure `not_found` for what is no number of a version */
function readNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Failure('not_found')
  return Number(text)
}
