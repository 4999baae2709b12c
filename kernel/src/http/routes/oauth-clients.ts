import { Hono } from 'hono'
import { Failure, invalid } from '../../errors.ts'
import {
  clientDocument,
  DEFAULT_PER_MINUTE,
  type ClientChanges,
  type ClientRow,
} from '../../identity/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import {
  changeClientRoute,
  clientsRoute,
  createClientRoute,
  removeClientRoute,
  rotateClientRoute,
} from '../openapi/client-descriptions.ts'
import { describe } from '../openapi/describe.ts'
import { originOf } from '../origin.ts'
import { makerOf, readName, readRate } from '../read-key.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { readScopes, requireHeld } from '../read-scopes.ts'
import type { HttpServices } from '../services.ts'

const MANAGE = 'platform.kernel.key.manage'

/** Programs that get tokens. */
export function oauthClientRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { clients } = services
  return new Hono<HttpEnvironment>()
    .get('/oauth/clients', describe(clientsRoute), async (c) => {
      c.get('access').require(MANAGE)
      return c.json({ items: await clients.list(c.get('tenant').id) })
    })
    .post('/oauth/clients', describe(createClientRoute), async (c) => {
      c.get('access').require(MANAGE)
      const { kind, ...body } = await readObject(c)
      if (kind !== 'service') throw invalid('/kind', 'enum', 'One of: service.')
      const { name, scopes, perMinute = DEFAULT_PER_MINUTE } = readClient(c, body)
      if (name === undefined) throw invalid('/name', 'required', 'A name is needed.')
      if (scopes === undefined) throw invalid('/scopes', 'required', 'A list of permissions is needed.')
      const wish = { kind, name, scopes, perMinute, redirectUris: [] } as const
      const { id, secret } = await clients.create(c.get('tenant').id, wish, makerOf(c), originOf(c, services))
      return c.json({ id, secret }, 201)
    })
    .patch('/oauth/clients/:id', describe(changeClientRoute), async (c) => {
      c.get('access').require(MANAGE)
      const { id } = await known(c, services)
      const changes = readClient(c, await readObject(c))
      await clients.change(c.get('tenant').id, id, changes, originOf(c, services))
      return c.json(clientDocument(await known(c, services)))
    })
    .post('/oauth/clients/:id/rotate', describe(rotateClientRoute), async (c) => {
      c.get('access').require(MANAGE)
      const client = await known(c, services)
      // Whoever sees the secret has the rights of the client's maker.
      if (client.created_by !== c.get('identity').member?.id) requireHeld(c, client.scopes)
      const secret = await clients.rotate(c.get('tenant').id, client.id, originOf(c, services))
      if (secret === undefined) throw new Failure('not_found')
      return c.json({ id: client.id, secret })
    })
    .delete('/oauth/clients/:id', describe(removeClientRoute), async (c) => {
      c.get('access').require(MANAGE)
      const { id } = await known(c, services)
      await clients.remove(c.get('tenant').id, id, originOf(c, services))
      return c.body(null, 204)
    })
}

async function known(c: HttpContext, { clients }: HttpServices): Promise<ClientRow> {
  const client = await clients.get(c.get('tenant').id, c.req.param('id') ?? '')
  if (!client) throw new Failure('not_found')
  return client
}

function readClient(c: HttpContext, body: Record<string, unknown>): ClientChanges {
  const { name, scopes, perMinute, ...rest } = body
  refuseUnknown(rest)
  return {
    ...(name === undefined ? {} : { name: readName(name) }),
    ...(scopes === undefined ? {} : { scopes: readScopes(c, scopes, 'scopes') }),
    ...(perMinute === undefined ? {} : { perMinute: readRate(perMinute) }),
  }
}
