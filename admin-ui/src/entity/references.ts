import type { FieldMeta } from '@plinth/sdk'

/**
 * A reference whose target is switched off has nothing to show but a number nobody can read. It is left out, unless the workspace has
 * added the field itself: then someone will ask where its values are.
 */
export function isReadable(field: FieldMeta): boolean {
  return field.type !== 'ref' || field.ref !== undefined || field.name.startsWith('custom.')
}

/** References to ask for, so that their names come along. */
export function includesOf(fields: readonly FieldMeta[]): string[] {
  return fields.flatMap((field) => (field.ref ? [field.ref.include] : []))
}
