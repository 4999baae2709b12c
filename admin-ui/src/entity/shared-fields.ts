import type { EntityMeta, FieldMeta } from '@plinth/sdk'

/** Fields that many records can be given the same value in: what tells records apart or is hidden is none. */
export function sharedFields(meta: EntityMeta): readonly FieldMeta[] {
  return meta.fields.filter(
    ({ name, type, readOnly, immutable, computed, mask }) =>
      // A file belongs to one record.
      type !== 'file' && !readOnly && !immutable && !computed && !mask && !meta.display.includes(name),
  )
}
