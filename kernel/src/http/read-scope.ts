import { unmasking } from '../access/index.ts'
import type { EntityModel, ReadScope } from '../data/index.ts'
import type { HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

/** What the request's reads are compiled against. Labels come along only of entities whose plugin is on and whose rows the actor may see. */
export function readScope(c: HttpContext, services: HttpServices): ReadScope {
  const access = c.get('access')
  return {
    models: c.get('plugins').view.entities,
    schema: c.get('tenant').schema,
    similar: services.search.similar,
    readable: (model) => access.rows(model, 'read'),
    unmasking: unmasking(access, () => false),
  }
}

/** The entity whose records the address names. */
export function findModel(c: HttpContext): EntityModel | undefined {
  return c.get('plugins').view.byPath.get(`${c.req.param('plugin')}/${c.req.param('collection')}`)
}
