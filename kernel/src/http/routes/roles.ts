import { Hono } from 'hono'
import { heldBy } from '../../plugins/index.ts'
import { permissionGroups, type RoleChange, type RoleOrder } from '../../roles/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import {
  changeRoleRoute,
  createRoleRoute,
  deleteRoleRoute,
  permissionsRoute,
  roleMembersRoute,
  roleRoute,
  rolesRoute,
} from '../openapi/role-descriptions.ts'
import { originOf } from '../origin.ts'
import { readObject } from '../read-json.ts'
import { readSeen, readVersion } from '../read-version.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'

/** The roles of the workspace, and what they can grant. */
export function roleRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { roles } = services
  const mayRead = (c: HttpContext): RoleOrder => {
    c.get('access').require('platform.kernel.role.read')
    return orderOf(c)
  }
  const mayChange = async (c: HttpContext): Promise<RoleChange> => {
    c.get('access').require('platform.kernel.role.manage')
    await requireRecent(c, services)
    return { ...orderOf(c), origin: originOf(c, services) }
  }
  return new Hono<HttpEnvironment>()
    .get('/access/permissions', describe(permissionsRoute), (c) => {
      const { view, held } = mayRead(c)
      return c.json({ items: permissionGroups(view, held) })
    })
    .get('/roles', describe(rolesRoute), async (c) => c.json({ items: await roles.list(mayRead(c)) }))
    .post('/roles', describe(createRoleRoute), async (c) => {
      const order = await mayChange(c)
      const role = await roles.create(order, await readObject(c))
      const location = `${c.get('base')}/api/v1/roles/${role.id}`
      return c.json(role, 201, { location, etag: `"${role.version}"` })
    })
    .get('/roles/:id', describe(roleRoute), async (c) => {
      const role = await roles.get(mayRead(c), c.req.param('id'))
      return c.json(role, 200, { etag: `"${role.version ?? 0}"` })
    })
    .get('/roles/:id/members', describe(roleMembersRoute), async (c) =>
      c.json(await roles.members(mayRead(c), c.req.param('id'))),
    )
    .patch('/roles/:id', describe(changeRoleRoute), async (c) => {
      const order = await mayChange(c)
      const { version, ...input } = await readObject(c)
      const seen = readVersion(c.req.header('if-match'), version)
      const role = await roles.change(order, c.req.param('id'), seen, input)
      return c.json(role, 200, { etag: `"${role.version}"` })
    })
    .delete('/roles/:id', describe(deleteRoleRoute), async (c) => {
      const order = await mayChange(c)
      const replacement = c.req.query('replacement')
      await roles.remove(order, c.req.param('id'), {
        version: readSeen(c.req.header('if-match')),
        replacement,
      })
      return c.body(null, 204)
    })
}

function orderOf(c: HttpContext): RoleOrder {
  const plugins = c.get('plugins')
  return { tenantId: c.get('tenant').id, view: plugins.view, held: heldBy(c.get('identity'), plugins) }
}
