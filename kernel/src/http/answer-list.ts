import {
  openSealed,
  readPage,
  withCustomLabels,
  type EntityModel,
  type ListRow,
  type ReadScope,
} from '../data/index.ts'
import { answer } from './answer.ts'
import type { HttpContext } from './environment.ts'
import { listStatement } from './list-statement.ts'
import { noteShown } from './reveal.ts'
import type { HttpServices } from './services.ts'

/** Answers with a page of records. What PostgreSQL rendered goes to the client as it came, but for encrypted values, which are opened in it. */
export async function answerList(
  c: HttpContext,
  services: HttpServices,
  model: EntityModel,
  scope: ReadScope,
): Promise<Response> {
  const tenant = c.get('tenant')
  const { query, statement } = listStatement(c, services, model, scope)
  const [row] = await services.database.query<ListRow>({ tenantId: tenant.id, role: model.role }, statement)
  const page = readPage(query, row!)
  const found = await openSealed(scope, page.items)
  const items = await withCustomLabels(services.database, tenant.id, found, query.include, scope)
  await noteShown(c, services, model, query.reveal, items)
  const next = page.last ? `"${services.cursors.seal(tenant.id, model, query.sort, page.last)}"` : 'null'
  const body = `{"items":${items},"next":${next}${page.total === null ? '' : `,"total":${page.total}`}}`
  return answer(c, 200, body, { 'content-type': 'application/json' })
}
