import type { EntityMeta, FieldMeta, Text } from '@plinth/sdk'

export interface FieldGroup {
  readonly label: Text | null
  readonly fields: readonly FieldMeta[]
}

/** The given fields in the groups of the entity; what no group names comes last, without a heading. */
export function formGroups(meta: EntityMeta, fields: readonly FieldMeta[]): FieldGroup[] {
  const left = new Map(fields.map((field) => [field.name, field]))
  const groups = meta.form.groups.map(({ label, fields: names }) => ({
    label,
    fields: names.flatMap((name) => {
      const field = left.get(name)
      left.delete(name)
      return field ? [field] : []
    }),
  }))
  return [...groups, { label: null, fields: [...left.values()] }].filter((group) => group.fields.length > 0)
}
