import { isMask } from '@plinth/sdk'
import { noteRevealed } from '../audit/index.ts'
import { unmasking } from '../access/index.ts'
import { valueIn, type EntityModel, type FieldModel, type ReadScope } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

/**
 * The scope of a read in which the given masked fields are shown as they are, as far as the actor may see them.
 *
 * @throws Failure `permission_missing` naming permission and fields
 */
export function revealing(
  c: HttpContext,
  model: EntityModel,
  fields: readonly FieldModel[],
  scope: ReadScope,
): ReadScope {
  if (fields.length === 0) return scope
  const access = c.get('access')
  const refused = fields.filter((field) => access.rows(model, 'reveal', field.name) === false)
  if (refused.length > 0)
    throw new Failure('permission_missing', {
      errors: refused.map(({ name }) => ({
        pointer: '/query/reveal',
        code: 'hidden',
        detail: `You may not see the values of "${name}".`,
      })),
      extensions: { permission: model.permission('reveal') },
    })
  return { ...scope, unmasking: unmasking(access, (field) => fields.includes(field)) }
}

/** Notes which of the records that are about to be answered show what masks hide. */
export async function noteShown(
  c: HttpContext,
  services: HttpServices,
  model: EntityModel,
  fields: readonly FieldModel[],
  json: string,
): Promise<void> {
  if (fields.length === 0) return
  const records = [JSON.parse(json) as unknown].flat() as Readonly<Record<string, unknown>>[]
  const shows = (record: Readonly<Record<string, unknown>>): boolean =>
    fields.some((field) => {
      const value = valueIn(record, field)
      return value != null && !isMask(field.declaration.mask!, value)
    })
  await noteRevealed(services.database, {
    model,
    tenantId: c.get('tenant').id,
    actor: c.get('identity').actor,
    requestId: c.get('requestId'),
    fields: fields.map(({ name }) => name),
    recordIds: records.filter(shows).map((record) => String(record['id'])),
  })
}
