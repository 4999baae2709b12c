import { unmasking, type Access } from '../access/index.ts'
import type { EntityModel, ReadScope } from '../data/index.ts'
import type { HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

const scopes = new WeakMap<Access, ReadScope>()

/**
 * What the request's reads are compiled against. Labels come along only of entities whose plugin is on and whose rows the actor may see.
 * The same object as long as the actor's rights, the tenant's entities and the place of their tables are the same.
 */
export function readScope(c: HttpContext, services: HttpServices): ReadScope {
  const access = c.get('access')
  const { schema } = c.get('tenant')
  const { entities } = c.get('plugins').view
  const known = scopes.get(access)
  if (known?.schema === schema && known.models === entities) return known
  const scope: ReadScope = {
    models: entities,
    schema,
    similar: services.search.similar,
    readable: (model) => access.rows(model, 'read'),
    unmasking: unmasking(access, () => false),
  }
  scopes.set(access, scope)
  return scope
}

/** The entity whose records the address names. */
export function findModel(c: HttpContext): EntityModel | undefined {
  return c.get('plugins').view.byPath.get(`${c.req.param('plugin')}/${c.req.param('collection')}`)
}
