import { Hono } from 'hono'
import { Failure } from '../../errors.ts'
import { isStorable, isUuid } from '../../data/index.ts'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import { membersRoute } from '../openapi/kernel-descriptions.ts'
import type { HttpServices } from '../services.ts'

/** The kernel's own collections: members to choose from. */
export function kernelRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().get('/members', describe(membersRoute), async (c) => {
    c.get('access').require('platform.kernel.member.read')
    const { q, id } = c.req.query()
    if (id !== undefined && !isUuid(id)) throw queryFault('id')
    const search = storable(q ?? '', 'q')
    return c.json({ items: await services.members.list(c.get('tenant').id, { search, id }) })
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
