import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import { listAudit } from '../../audit/index.ts'
import { isStorable, isUuid } from '../../data/index.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { auditRoute, membersRoute } from '../openapi/kernel-descriptions.ts'
import type { HttpServices } from '../services.ts'

/** The kernel's own collections: members to choose from, and the audit log. */
export function kernelRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/members', describe(membersRoute), async (c) => {
      c.get('access').require('platform.kernel.member.read')
      return c.json({
        items: await services.members.list(c.get('tenant').id, storable(c.req.query('q') ?? '', 'q')),
      })
    })
    .get('/audit', describe(auditRoute), async (c) => {
      c.get('access').require('platform.kernel.audit.read')
      const { subjectType, subjectId, before } = c.req.query()
      for (const [name, value] of Object.entries({ subjectType, subjectId }))
        if (value !== undefined) storable(value, name)
      if (before !== undefined && !isUuid(before)) throw queryFault('before')
      const items = await listAudit(services.database, c.get('tenant').id, {
        subjectType,
        subjectId,
        before,
        limit: 100,
      })
      return c.body(`{"items":${items}}`, 200, { 'content-type': 'application/json' })
    })
}

function storable(text: string, parameter: string): string {
  if (!isStorable(text) || text.length > 200) throw queryFault(parameter)
  return text
}

function queryFault(parameter: string): Failure {
  return new Failure('query_invalid', {
    errors: [{ pointer: `/query/${parameter}`, code: 'value', detail: 'The value is not accepted.' }],
  })
}
