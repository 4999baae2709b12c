import { CUSTOM, CUSTOM_SEARCH } from '../model/custom-fields.ts'
import type { EntityModel } from '../model/entity-model.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/**
 * Puts the searchable texts of records together anew, after a field has become searchable or ceased to be.
 * Of a plugin's records, the kernel may write this column alone.
 *
 * @param name of the field
 * @param searched names of all searchable fields now
 */
export async function refreshCustomSearch(
  work: UnitOfWork,
  { model, schema }: { readonly model: EntityModel; readonly schema: string },
  name: string,
  searched: readonly string[],
): Promise<void> {
  await work.run({
    text: `UPDATE ${schema}.${model.table} t
      SET ${CUSTOM_SEARCH} = (SELECT string_agg(t.${CUSTOM} ->> k, E'\\n' ORDER BY i) FROM jsonb_array_elements_text($3::jsonb) WITH ORDINALITY AS s(k, i))
      WHERE t.tenant_id = $1::uuid AND t.${CUSTOM} -> $2::text IS NOT NULL`,
    values: [work.context.tenantId, name, JSON.stringify(searched)],
  })
}
