import { unmasking, type Access } from '../access/index.ts'
import type { EntityModel, ReadScope, Secrets } from '../data/index.ts'
import type { HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

const scopes = new WeakMap<Access, ReadScope>()

/**
 * What the request's reads are compiled against. Labels come along only of entities whose plugin is on and whose rows the actor may see.
 * Where no encrypted value can come up it is the same object as long as the actor's rights, the tenant's entities, its time zone and the
 * place of its tables are the same.
 */
export async function readScope(
  c: HttpContext,
  services: HttpServices,
  model: EntityModel,
): Promise<ReadScope> {
  const scope = lastingScope(c, services)
  const secrets = await secretsFor(c, services, model)
  return secrets ? { ...scope, secrets } : scope
}

function lastingScope(c: HttpContext, services: HttpServices): ReadScope {
  const access = c.get('access')
  const { schema, timeZone } = c.get('tenant')
  const { entities } = c.get('plugins').view
  const known = scopes.get(access)
  if (known?.schema === schema && known.models === entities && known.timeZone === timeZone) return known
  const scope: ReadScope = {
    models: entities,
    schema,
    timeZone,
    similar: services.search.similar,
    readable: (model) => access.rows(model, 'read'),
    members: access.can('platform.kernel.member.read'),
    unmasking: unmasking(access, () => false),
  }
  scopes.set(access, scope)
  return scope
}

/**
 * The tenant's encrypted fields. Reads of entities without any do without keys, unless they ask for a condition along a reference; what is
 * included may still bring some along, for which keys are fetched when they do.
 */
async function secretsFor(
  c: HttpContext,
  { catalogue, tenantKeys }: HttpServices,
  model: EntityModel,
): Promise<Secrets | undefined> {
  if (!catalogue.hasSecrets) return undefined
  const { id } = c.get('tenant')
  if (model.secret.length > 0 || (c.req.query('filter') ?? '').includes('.'))
    return tenantKeys.of(id, catalogue.models)
  return c.req.query('include') === undefined ? undefined : tenantKeys.later(id, catalogue.models)
}

/** The entity whose records the address names. */
export function findModel(c: HttpContext): EntityModel | undefined {
  return c.get('plugins').view.byPath.get(`${c.req.param('plugin')}/${c.req.param('collection')}`)
}
