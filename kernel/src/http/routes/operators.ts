import { Hono } from 'hono'
import { Failure, invalid } from '../../errors.ts'
import { isUuid } from '../../data/index.ts'
import { readJournal, systemRoles } from '../../operators/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import {
  changeOperatorRoute,
  createOperatorRoute,
  journalRoute,
  operatorRolesRoute,
  operatorsRoute,
  removeOperatorRoleRoute,
  renewOperatorTokenRoute,
  setOperatorRoleRoute,
} from '../openapi/operator-account-descriptions.ts'
import { readObject } from '../read-json.ts'
import { readNewOperator, readOperatorChange, readPlatformRole } from '../read-operator-account.ts'
import type { HttpServices } from '../services.ts'
import { operatorMay, operatorStep } from '../steps/operator.ts'

/** The people who run the platform: accounts, roles, and the journal of what they did. */
export function operatorAccountRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { operators, database } = services
  const routes = new Hono<HttpEnvironment>()
  for (const path of ['/operators/*', '/operator-roles/*', '/journal'])
    routes.use(path, operatorStep(services))
  return routes
    .get('/operators', describe(operatorsRoute), operatorMay('platform.operator.read'), async (c) =>
      c.json({ items: await operators.list() }),
    )
    .post('/operators', describe(createOperatorRoute), operatorMay('platform.operator.manage'), async (c) => {
      const wanted = readNewOperator(await readObject(c))
      await requirePassable(c, services, wanted.roles)
      return c.json(await operators.create(wanted), 201)
    })
    .patch(
      '/operators/:operator',
      describe(changeOperatorRoute),
      operatorMay('platform.operator.manage'),
      async (c) => {
        const change = readOperatorChange(await readObject(c))
        const before = await requireOthers(c, services)
        // Who cannot give the rights somebody has cannot take them either.
        await requirePassable(c, services, [...before.roles, ...(change.roles ?? [])])
        return c.json(await operators.change(before.id, change))
      },
    )
    .post(
      '/operators/:operator/token',
      describe(renewOperatorTokenRoute),
      operatorMay('platform.operator.manage'),
      async (c) => {
        const { id, roles } = await requireOthers(c, services)
        await requirePassable(c, services, roles)
        return c.json({ token: await operators.renewToken(id) })
      },
    )
    .get('/operator-roles', describe(operatorRolesRoute), operatorMay('platform.operator.read'), async (c) =>
      c.json({ items: await operators.roles() }),
    )
    .put(
      '/operator-roles/:role',
      describe(setOperatorRoleRoute),
      operatorMay('platform.operator.manage'),
      async (c) => {
        const role = readPlatformRole(requireOwnRole(c), await readObject(c))
        const before = (await operators.roles()).find(({ id }) => id === role.id)
        const both = [...role.permissions, ...(before?.permissions ?? [])]
        if (!c.get('operator').holdsAll(both)) throw new Failure('permission_missing')
        await operators.setRole(role)
        return c.json(role)
      },
    )
    .delete(
      '/operator-roles/:role',
      describe(removeOperatorRoleRoute),
      operatorMay('platform.operator.manage'),
      async (c) => {
        if (!(await operators.removeRole(requireOwnRole(c)))) throw new Failure('not_found')
        return c.body(null, 204)
      },
    )
    .get('/journal', describe(journalRoute), operatorMay('platform.journal.read'), async (c) => {
      const before = c.req.query('before')
      if (before !== undefined && !isUuid(before)) throw new Failure('query_invalid')
      return c.json({ items: await readJournal(database, before) })
    })
}

/** Roles every platform has stay as they are. @throws Failure `validation_failed` */
function requireOwnRole(c: HttpContext): string {
  const id = c.req.param('role') ?? ''
  if (systemRoles.some((role) => role.id === id))
    throw invalid('/id', 'reserved', 'This role belongs to every platform and stays as it is.')
  return id
}

/** Nobody passes on what they do not hold. @throws Failure `validation_failed` | `permission_missing` */
async function requirePassable(
  c: HttpContext,
  { operators }: HttpServices,
  ids: readonly string[],
): Promise<void> {
  const roles = await operators.roles()
  const given = ids.map((id, index) => {
    const role = roles.find((each) => each.id === id)
    if (!role) throw invalid(`/roles/${index}`, 'unknown', 'There is no such role.')
    return role
  })
  if (!c.get('operator').holdsAll(given.flatMap(({ permissions }) => permissions)))
    throw new Failure('permission_missing')
}

/** The operator of the address, who is somebody else. @throws Failure `not_found` | `validation_failed` */
async function requireOthers(c: HttpContext, { operators }: HttpServices) {
  const id = c.req.param('operator') ?? ''
  const found = isUuid(id) ? await operators.get(id) : undefined
  if (!found) throw new Failure('not_found')
  if (found.id === c.get('operator').id)
    throw invalid('', 'self', 'Nobody changes an account of their own: ask another operator.')
  return found
}
