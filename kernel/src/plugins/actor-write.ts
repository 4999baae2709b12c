import type { EntityModel, Write } from '../data/index.ts'
import type { Work } from './work.ts'

/** A change as the actor of the request may make it. */
export function actorWrite(work: Work, model: EntityModel, action: string): Write {
  return {
    work: work.unit,
    model,
    models: work.models,
    schema: work.tenant.schema,
    validator: work.validator,
    hooks: work.hooks(model),
    readable: work.access.rows(model, 'read'),
    writable: work.access.rows(model, action),
    permission: model.permission(action),
    rows: (other, field) => work.access.rows(model, other, field),
    asPlugin: false,
    of: (other, otherAction) => actorWrite(work, other, otherAction),
    require: (other) => work.access.require(model.permission(other)),
  }
}
