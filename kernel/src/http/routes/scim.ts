import { Hono } from 'hono'
import {
  groupResource,
  groupVersion,
  readGroup,
  readUser,
  resourceTypes,
  schemas,
  serviceProviderConfig,
  unknownResource,
  userResource,
  userVersion,
} from '../../scim/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import * as routes from '../openapi/scim-descriptions.ts'
import { readObject } from '../read-json.ts'
import { answerScim, type ScimAnswer, type ScimAsker } from '../scim/answer-scim.ts'
import { readId, readPage, readPatch, scimOrder } from '../scim/read-scim.ts'
import { Selection } from '../scim/selection.ts'
import type { HttpServices } from '../services.ts'

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

interface Told {
  readonly body: Record<string, unknown>
  readonly version: string
}

/**
 * SCIM 2.0 (RFC 7643 and 7644), by which a provider keeps members and groups in step. Comes with a token of its own and nothing else:
 * neither sessions nor API keys open anything here, and the token opens nothing beside it.
 */
export function scimRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { scimUsers: users, scimGroups: groups } = services
  const scim = (c: HttpContext, work: (asker: ScimAsker) => Promise<ScimAnswer>) =>
    answerScim(c, services, work)
  type UserRow = Awaited<ReturnType<typeof users.get>>
  type GroupRow = Awaited<ReturnType<typeof groups.get>>
  const user = (row: UserRow, root: string): Told => ({
    body: userResource(row, root),
    version: userVersion(row),
  })
  const group = (row: GroupRow, root: string): Told => ({
    body: groupResource(row, root),
    version: groupVersion(row),
  })
  return new Hono<HttpEnvironment>()
    .get('/scim/v2/ServiceProviderConfig', describe(routes.configRoute), (c) =>
      scim(c, async ({ root }) => ({ body: serviceProviderConfig(root) })),
    )
    .get('/scim/v2/ResourceTypes', describe(routes.resourceTypesRoute), (c) =>
      scim(c, async ({ root }) => ({ body: whole(resourceTypes(root)) })),
    )
    .get('/scim/v2/ResourceTypes/:id', describe(routes.resourceTypeRoute), (c) =>
      scim(c, async ({ root }) => ({ body: named(resourceTypes(root), c.req.param('id')) })),
    )
    .get('/scim/v2/Schemas', describe(routes.schemasRoute), (c) =>
      scim(c, async ({ root }) => ({ body: whole(schemas(root)) })),
    )
    .get('/scim/v2/Schemas/:id', describe(routes.schemaRoute), (c) =>
      scim(c, async ({ root }) => ({ body: named(schemas(root), c.req.param('id')) })),
    )
    .get('/scim/v2/Users', describe(routes.usersRoute), (c) =>
      scim(c, async ({ provider, root }) => {
        const [query, selection] = [readPage(c), new Selection(c)]
        const { total, items } = await users.list(c.get('tenant').id, provider.id, query)
        return page(
          items.map((row) => selection.of(userResource(row, root))),
          total,
          query.startIndex,
        )
      }),
    )
    .post('/scim/v2/Users', describe(routes.createUserRoute), (c) =>
      scim(c, async (asker) => {
        const input = readUser(await readObject(c))
        return tell(c, user(await users.create(await scimOrder(c, services, asker), input), asker.root), 201)
      }),
    )
    .get('/scim/v2/Users/:id', describe(routes.userRoute), (c) =>
      scim(c, async ({ provider, root }) =>
        tell(c, user(await users.get(c.get('tenant').id, provider.id, readId(c)), root)),
      ),
    )
    .put('/scim/v2/Users/:id', describe(routes.replaceUserRoute), (c) =>
      scim(c, async (asker) => {
        const input = readUser(await readObject(c))
        return tell(
          c,
          user(await users.replace(await scimOrder(c, services, asker), readId(c), input), asker.root),
        )
      }),
    )
    .patch('/scim/v2/Users/:id', describe(routes.patchUserRoute), (c) =>
      scim(c, async (asker) => {
        const message = await readPatch(c)
        return tell(
          c,
          user(await users.patch(await scimOrder(c, services, asker), readId(c), message), asker.root),
        )
      }),
    )
    .delete('/scim/v2/Users/:id', describe(routes.deleteUserRoute), (c) =>
      scim(c, async (asker) => {
        await users.remove(await scimOrder(c, services, asker), readId(c))
        return { status: 204 }
      }),
    )
    .get('/scim/v2/Groups', describe(routes.groupsRoute), (c) =>
      scim(c, async ({ provider, root }) => {
        const [query, selection] = [readPage(c), new Selection(c)]
        const withMembers = selection.has('members')
        const { total, items } = await groups.list(c.get('tenant').id, provider.id, query, withMembers)
        return page(
          items.map((row) => selection.of(groupResource(row, root))),
          total,
          query.startIndex,
        )
      }),
    )
    .post('/scim/v2/Groups', describe(routes.createGroupRoute), (c) =>
      scim(c, async (asker) => {
        const input = readGroup(await readObject(c))
        return tell(
          c,
          group(await groups.create(await scimOrder(c, services, asker), input), asker.root),
          201,
        )
      }),
    )
    .get('/scim/v2/Groups/:id', describe(routes.groupRoute), (c) =>
      scim(c, async ({ provider, root }) => {
        const withMembers = new Selection(c).has('members')
        return tell(c, group(await groups.get(c.get('tenant').id, provider.id, readId(c), withMembers), root))
      }),
    )
    .put('/scim/v2/Groups/:id', describe(routes.replaceGroupRoute), (c) =>
      scim(c, async (asker) => {
        const input = readGroup(await readObject(c))
        return tell(
          c,
          group(await groups.replace(await scimOrder(c, services, asker), readId(c), input), asker.root),
        )
      }),
    )
    .patch('/scim/v2/Groups/:id', describe(routes.patchGroupRoute), (c) =>
      scim(c, async (asker) => {
        const message = await readPatch(c)
        return tell(
          c,
          group(await groups.patch(await scimOrder(c, services, asker), readId(c), message), asker.root),
        )
      }),
    )
    .delete('/scim/v2/Groups/:id', describe(routes.deleteGroupRoute), (c) =>
      scim(c, async (asker) => {
        await groups.remove(await scimOrder(c, services, asker), readId(c))
        return { status: 204 }
      }),
    )
}

/** A resource with its version; 304 where who asks has this one already. */
function tell(c: HttpContext, { body, version }: Told, status = 200): ScimAnswer {
  const { location } = body['meta'] as { readonly location: string }
  const headers = { etag: version, ...(status === 201 ? { location } : {}) }
  if (c.req.method === 'GET' && c.req.header('if-none-match') === version) return { status: 304, headers }
  return { status, body: new Selection(c).of(body), headers }
}

function page(resources: readonly object[], totalResults: number, startIndex: number): ScimAnswer {
  return {
    body: { schemas: [LIST], totalResults, startIndex, itemsPerPage: resources.length, Resources: resources },
  }
}

function whole(resources: readonly object[]): object {
  return page(resources, resources.length, 1).body!
}

function named(resources: readonly { readonly id: string }[], id: string): object {
  const found = resources.find((each) => each.id.toLowerCase() === id.toLowerCase())
  if (!found) throw unknownResource()
  return found
}
