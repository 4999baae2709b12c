import { Failure } from '../errors.ts'
import type { HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

/** Adds to `still_referenced` how many records refer to the one that should be deleted, and what they are called. */
export async function explainReference(
  error: unknown,
  c: HttpContext,
  services: HttpServices,
  id: string,
): Promise<unknown> {
  if (!(error instanceof Failure) || error.code !== 'still_referenced') return error
  const model = services.catalogue.models.get(String(error.data['entity']))
  const field = model?.byName.get(String(error.data['field']))
  if (!model || !field) return error
  const tenant = c.get('tenant')
  const [row] = await services.database.query<{ count: number }>(
    { tenantId: tenant.id },
    {
      text: `SELECT count(*)::int AS count FROM ${tenant.schema}.${model.table} WHERE tenant_id = $1 AND ${field.column} = $2::uuid${model.trashable ? ' AND deleted_at IS NULL' : ''}`,
      values: [tenant.id, id],
    },
  )
  return new Failure('still_referenced', {
    detail: `${row!.count} × ${model.declaration.labelPlural.en} (${model.id}.${field.name}) refer to this record.`,
    extensions: { ...error.data, count: row!.count, label: model.declaration.labelPlural },
  })
}
