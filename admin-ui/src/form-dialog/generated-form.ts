import type { EntityMeta, FieldMeta, Text } from '@plinth/sdk'

/** One field of a form that is drawn from metadata made here. */
export function formField(
  name: string,
  type: FieldMeta['type'],
  label: Text,
  more: Partial<FieldMeta> = {},
): FieldMeta {
  return {
    name,
    type,
    label,
    required: true,
    readOnly: false,
    immutable: false,
    sortable: false,
    ...more,
  }
}

/** What a form is drawn from that has nothing but these fields. */
export function formOf(fields: readonly FieldMeta[]): EntityMeta {
  return {
    fields,
    form: { groups: [{ label: null, fields: fields.map(({ name }) => name) }] },
  } as unknown as EntityMeta
}
