import { Hono } from 'hono'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { securityReportRoute } from '../openapi/policy-descriptions.ts'
import { queryFault, readMoment } from '../read-moment.ts'
import type { HttpServices } from '../services.ts'
import { Weaknesses } from '../../weaknesses/index.ts'

const DAY_MS = 86_400_000
/** Further back events are read in the audit log. */
const MOST_DAYS = 90

/** What weakens the workspace, and what happened lately. */
export function securityReportRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const weaknesses = new Weaknesses(services)
  return new Hono<HttpEnvironment>().get('/security/report', describe(securityReportRoute), async (c) => {
    c.get('access').require('platform.kernel.policy.report')
    const since = readMoment(c.req.query('since'), 'since') ?? new Date(Date.now() - DAY_MS)
    if (since.getTime() < Date.now() - MOST_DAYS * DAY_MS) throw queryFault('since')
    return c.json(await weaknesses.report(c.get('tenant'), c.get('plugins'), since))
  })
}
