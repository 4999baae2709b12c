import type { FieldMeta } from '@plinth/sdk'

/** A reference whose target is switched off has nothing to show but a number nobody can read. */
export function isReadable(field: FieldMeta): boolean {
  return field.type !== 'ref' || field.ref !== undefined
}

/** References to ask for, so that their names come along. */
export function includesOf(fields: readonly FieldMeta[]): string[] {
  return fields.flatMap((field) => (field.ref ? [field.ref.include] : []))
}
