import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { displayLabel, pick, type AnyRecord } from '@plinth/ui'

/** The field that holds the number the system gives to a record. */
export function numberField(meta: EntityMeta): FieldMeta | undefined {
  return meta.fields.find(({ name, type, readOnly }) => name === 'number' && type === 'string' && readOnly)
}

/** The number the system gave the record, e.g. `K-1001`. */
export function recordNumber(meta: EntityMeta, record: AnyRecord): string {
  const field = numberField(meta)
  return field ? ((record[field.name] as string | null) ?? '') : ''
}

/** What a person calls the record: its display fields, without the number, which stands beside it. */
export function recordName(meta: EntityMeta, record: AnyRecord): string {
  const number = recordNumber(meta, record)
  const words = meta.display.filter((name) => record[name] !== number)
  const field = meta.fields.find((each) => each.name === words[0] && each.type === 'enum')
  const label = field?.values?.find(({ value }) => value === record[field.name])?.label
  return (label && pick(label)) || displayLabel(words, record) || number || pick(meta.label)
}
