import {
  compileList,
  openSealed,
  parseListQuery,
  type EntityModel,
  type ListRow,
  type ReadScope,
} from '../data/index.ts'
import type { HttpContext } from './environment.ts'
import { noteShown, revealing } from './reveal.ts'
import type { HttpServices } from './services.ts'

/** Answers with a page of records. What PostgreSQL rendered goes to the client as it came, but for encrypted values, which are opened in it. */
export async function answerList(
  c: HttpContext,
  services: HttpServices,
  model: EntityModel,
  scope: ReadScope,
): Promise<Response> {
  const tenant = c.get('tenant')
  const query = parseListQuery(model, new URL(c.req.url).searchParams, tenant.id, services.cursors, scope)
  const statement = compileList(query, revealing(c, model, query.reveal, scope))
  const [row] = await services.database.query<ListRow>({ tenantId: tenant.id, role: model.role }, statement)
  const { last, total } = row!
  const items = await openSealed(scope, row!.items)
  await noteShown(c, services, model, query.reveal, items)
  const next =
    last === null ? 'null' : JSON.stringify(services.cursors.seal(tenant.id, model, query.sort, last))
  const body = `{"items":${items},"next":${next}${total === null ? '' : `,"total":${total}`}}`
  return c.body(body, 200, { 'content-type': 'application/json' })
}
