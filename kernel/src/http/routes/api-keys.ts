import { Hono } from 'hono'
import { covers } from '../../access/index.ts'
import { isUuid } from '../../data/index.ts'
import { Failure, invalid } from '../../errors.ts'
import { DEFAULT_PER_MINUTE, type KeyChanges } from '../../identity/index.ts'
import { heldBy } from '../../plugins/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import {
  changeKeyRoute,
  createKeyRoute,
  keysRoute,
  revokeKeyRoute,
  rotateKeyRoute,
  scopesRoute,
} from '../openapi/api-key-descriptions.ts'
import { describe } from '../openapi/describe.ts'
import { originOf } from '../origin.ts'
import { readObject, refuseUnknown } from '../read-json.ts'
import { makerOf, readEnd, readName, readRate } from '../read-key.ts'
import { readScopes, requireHeld } from '../read-scopes.ts'
import { scopeGroups, withWords } from '../scope-words.ts'
import { requireRecent } from '../require-recent.ts'
import type { HttpServices } from '../services.ts'

const MANAGE = 'platform.kernel.key.manage'

/** Keys for programs. */
export function apiKeyRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { apiKeys } = services
  return new Hono<HttpEnvironment>()
    .get('/api-keys', describe(keysRoute), async (c) => {
      c.get('access').require(MANAGE)
      const keys = await apiKeys.list(c.get('tenant').id)
      return c.json({ items: keys.map((key) => withWords(c, key, key.permissions)) })
    })
    .get('/api-keys/scopes', describe(scopesRoute), (c) => {
      c.get('access').require(MANAGE)
      const held = heldBy(c.get('identity'), c.get('plugins'))
      const groups = scopeGroups(c.get('plugins').view).map((group) => ({
        ...group,
        whole: covers(held, group.id),
        items: group.items.filter(({ id }) => covers(held, id)),
      }))
      return c.json({ items: groups.filter(({ items }) => items.length > 0) })
    })
    .post('/api-keys', describe(createKeyRoute), async (c) => {
      c.get('access').require(MANAGE)
      await requireRecent(c, services)
      const { name, permissions, expiresAt, perMinute } = readKey(c, await readObject(c))
      const origin = originOf(c, services)
      if (name === undefined) throw invalid('/name', 'required', 'A name is needed.')
      if (permissions === undefined)
        throw invalid('/permissions', 'required', 'A list of permissions is needed.')
      const options = { expiresAt: expiresAt ?? null, perMinute: perMinute ?? DEFAULT_PER_MINUTE, origin }
      return c.json(await apiKeys.create(c.get('tenant'), name, permissions, makerOf(c), options), 201)
    })
    .patch('/api-keys/:id', describe(changeKeyRoute), async (c) => {
      c.get('access').require(MANAGE)
      await requireRecent(c, services)
      const id = await knownId(c, services)
      await apiKeys.change(c.get('tenant').id, id, readKey(c, await readObject(c)), originOf(c, services))
      const key = (await apiKeys.get(c.get('tenant').id, id)) ?? notFound()
      return c.json(withWords(c, key, key.permissions))
    })
    .post('/api-keys/:id/rotate', describe(rotateKeyRoute), async (c) => {
      c.get('access').require(MANAGE)
      await requireRecent(c, services)
      const key = (await apiKeys.get(c.get('tenant').id, await knownId(c, services)))!
      // Whoever sees the secret has the rights of the key's maker; one that nobody has made is nobody's own.
      const { member } = c.get('identity')
      if (!member || key.createdBy?.id !== member.id) requireHeld(c, key.permissions)
      return c.json((await apiKeys.rotate(c.get('tenant'), key.id, originOf(c, services))) ?? notFound())
    })
    .delete('/api-keys/:id', describe(revokeKeyRoute), async (c) => {
      c.get('access').require(MANAGE)
      const id = c.req.param('id')
      const { tenant } = c.var
      if (!isUuid(id) || !(await apiKeys.revoke(tenant.id, id, originOf(c, services)))) return notFound()
      return c.body(null, 204)
    })
}

async function knownId(c: HttpContext, { apiKeys }: HttpServices): Promise<string> {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id) || !(await apiKeys.get(c.get('tenant').id, id))) return notFound()
  return id.toLowerCase()
}

function notFound(): never {
  throw new Failure('not_found')
}

function readKey(c: HttpContext, body: Record<string, unknown>): KeyChanges {
  const { name, permissions, expiresAt, perMinute, ...rest } = body
  refuseUnknown(rest)
  return {
    ...(name === undefined ? {} : { name: readName(name) }),
    ...(permissions === undefined ? {} : { permissions: readScopes(c, permissions, 'permissions') }),
    ...(expiresAt === undefined ? {} : { expiresAt: readEnd(expiresAt) }),
    ...(perMinute === undefined ? {} : { perMinute: readRate(perMinute) }),
  }
}
