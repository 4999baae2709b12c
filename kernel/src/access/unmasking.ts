import type { FieldModel, Unmasking } from '../data/index.ts'
import type { Access } from './access.ts'

/**
 * What an actor may learn of masked fields: the permission `reveal` decides. Values take part in filters, groups and measures only
 * when the actor may see them in every record; else a condition would tell them where it may not.
 *
 * @param wanted fields whose values are asked for instead of their masks
 */
export function unmasking(access: Access, wanted: (field: FieldModel) => boolean): Unmasking {
  return {
    clear: (model, field) => (wanted(field) ? access.rows(model, 'reveal', field.name) : false),
    usable: (model, field) => access.rows(model, 'reveal', field.name) === true,
  }
}
