import { Hono } from 'hono'
import { Failure, invalid } from '../../errors.ts'
import { kernelPermissions, matchesPermission } from '../../access/index.ts'
import { listAudit } from '../../audit/index.ts'
import { isStorable, isUuid } from '../../data/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import {
  auditRoute,
  createKeyRoute,
  keysRoute,
  membersRoute,
  revokeKeyRoute,
} from '../openapi/kernel-descriptions.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import type { HttpServices } from '../services.ts'

/** The kernel's own collections: members to choose from, API keys and the audit log. */
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
    .get('/api-keys', describe(keysRoute), async (c) => {
      c.get('access').require('platform.kernel.key.manage')
      return c.json({ items: await services.apiKeys.list(c.get('tenant').id) })
    })
    .post('/api-keys', describe(createKeyRoute), async (c) => {
      c.get('access').require('platform.kernel.key.manage')
      const { name, permissions } = readKey(c, await readObject(c))
      return c.json(
        await services.apiKeys.create(c.get('tenant'), name, permissions, c.get('identity').actor.id),
        201,
      )
    })
    .delete('/api-keys/:id', describe(revokeKeyRoute), async (c) => {
      c.get('access').require('platform.kernel.key.manage')
      const id = c.req.param('id')
      if (!isUuid(id) || !(await services.apiKeys.revoke(c.get('tenant').id, id)))
        throw new Failure('not_found')
      return c.body(null, 204)
    })
}

/** A key gets permissions that exist, and only such as its maker holds without conditions: a key has none. */
function readKey(c: HttpContext, body: Record<string, unknown>): { name: string; permissions: string[] } {
  const { name, permissions, ...rest } = body
  refuseUnknown(rest)
  if (typeof name !== 'string' || name.trim() === '' || name.length > 100)
    throw invalid('/name', 'type', 'A name of at most 100 characters is needed.')
  if (!Array.isArray(permissions) || permissions.length === 0 || permissions.length > 200)
    throw invalid('/permissions', 'type', 'A list of permissions is needed.')
  const known = [...kernelPermissions, ...c.get('plugins').view.permissions]
  permissions.forEach((permission, index) => {
    const covered =
      typeof permission === 'string' ? known.filter((each) => matchesPermission(permission, each)) : []
    if (covered.length === 0)
      throw invalid(`/permissions/${index}`, 'unknown', 'There is no such permission.')
    if (!covered.every((each) => c.get('access').holds(each)))
      throw new Failure('permission_missing', { extensions: { permission } })
  })
  return { name: name.trim(), permissions: permissions as string[] }
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
