import { Hono } from 'hono'
import type { ApiClientKind } from '@plinth/sdk'
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
import { isRedirectUri } from '../oauth/redirect-uri.ts'
import { describe } from '../openapi/describe.ts'
import { originOf } from '../origin.ts'
import { makerOf, readName, readRate } from '../read-key.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { readScopes, requireHeld } from '../read-scopes.ts'
import { withWords } from '../scope-words.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'

const KINDS: readonly ApiClientKind[] = ['service', 'web', 'native']
const MANAGE = 'platform.kernel.key.manage'

/** Programs that get tokens. */
export function oauthClientRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { clients } = services
  return new Hono<HttpEnvironment>()
    .get('/oauth/clients', describe(clientsRoute), async (c) => {
      c.get('access').require(MANAGE)
      const all = await clients.list(c.get('tenant').id)
      return c.json({ items: all.map((client) => withWords(c, client, client.scopes)) })
    })
    .post('/oauth/clients', describe(createClientRoute), async (c) => {
      c.get('access').require(MANAGE)
      await requireRecent(c, services)
      const { kind, ...body } = await readObject(c)
      if (!isKind(kind)) throw invalid('/kind', 'enum', `One of: ${KINDS.join(', ')}.`)
      const { name, scopes, redirectUris = [], perMinute = DEFAULT_PER_MINUTE } = readClient(c, body, kind)
      if (name === undefined) throw invalid('/name', 'required', 'A name is needed.')
      if (scopes === undefined) throw invalid('/scopes', 'required', 'A list of permissions is needed.')
      if (kind !== 'service' && redirectUris.length === 0)
        throw invalid('/redirectUris', 'required', 'An address to send members back to is needed.')
      const wish = { kind, name, scopes, perMinute, redirectUris }
      const { id, secret } = await clients.create(c.get('tenant').id, wish, makerOf(c), originOf(c, services))
      return c.json({ id, secret }, 201)
    })
    .patch('/oauth/clients/:id', describe(changeClientRoute), async (c) => {
      c.get('access').require(MANAGE)
      await requireRecent(c, services)
      const { id, kind, scopes } = await known(c, services)
      const changes = readClient(c, await readObject(c), kind)
      // Whoever names the address gets what members let the program do, which is not bounded by its maker.
      if (changes.redirectUris && kind !== 'service') requireHeld(c, changes.scopes ?? scopes)
      if (kind !== 'service' && changes.redirectUris?.length === 0)
        throw invalid('/redirectUris', 'required', 'An address to send members back to is needed.')
      await clients.change(c.get('tenant').id, id, changes, originOf(c, services))
      const changed = clientDocument(await known(c, services))
      return c.json(withWords(c, changed, changed.scopes))
    })
    .post('/oauth/clients/:id/rotate', describe(rotateClientRoute), async (c) => {
      c.get('access').require(MANAGE)
      await requireRecent(c, services)
      const client = await known(c, services)
      // Whoever sees the secret has the rights of the client's maker, or of the members it acts for.
      const isOwn = client.kind === 'service' && client.created_by === c.get('identity').member?.id
      if (!isOwn) requireHeld(c, client.scopes)
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

function readClient(c: HttpContext, body: Record<string, unknown>, kind: ApiClientKind): ClientChanges {
  const { name, scopes, redirectUris, perMinute, ...rest } = body
  refuseUnknown(rest)
  return {
    ...(name === undefined ? {} : { name: readName(name) }),
    ...(scopes === undefined ? {} : { scopes: readScopes(c, scopes, 'scopes') }),
    ...(redirectUris === undefined ? {} : { redirectUris: readRedirectUris(redirectUris, kind) }),
    ...(perMinute === undefined ? {} : { perMinute: readRate(perMinute) }),
  }
}

function isKind(kind: unknown): kind is ApiClientKind {
  return KINDS.includes(kind as ApiClientKind)
}

function readRedirectUris(value: unknown, kind: ApiClientKind): string[] {
  if (!Array.isArray(value) || value.length > 10 || (kind === 'service' && value.length > 0))
    throw invalid('/redirectUris', 'type', 'At most ten addresses are taken, and none of a service.')
  value.forEach((uri, index) => {
    if (typeof uri !== 'string' || !isRedirectUri(uri, kind))
      throw invalid(`/redirectUris/${index}`, 'format', 'Members cannot be sent to this address.')
  })
  return [...new Set(value as string[])]
}
