import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import type { AnyRecord } from '../api/client.ts'
import { fmt } from '../i18n/format.ts'
import { common } from '../texts.ts'
import { pick } from '../i18n/locale.ts'
import { withCustomValues } from './custom-values.ts'

/** Something the workspace wants to know of a record, ready to read. */
export interface CustomFact {
  readonly name: string
  readonly label: string
  readonly text: string
}

/**
 * What a record says in the fields the workspace has added, for screens that draw a record by themselves. Empty ones are left out, and
 * members, of whom a record knows no more than the id.
 */
export function customFacts(meta: EntityMeta, record: object): readonly CustomFact[] {
  const values: Readonly<Record<string, unknown>> = withCustomValues(record as AnyRecord)
  return meta.fields
    .filter((field) => field.name.startsWith('custom.') && field.type !== 'member')
    .map((field) => ({ name: field.name, label: pick(field.label), text: textOf(field, values[field.name]) }))
    .filter(({ text }) => text !== '')
}

function textOf({ type, values, scale }: FieldMeta, value: unknown): string {
  if (value === null || value === undefined) return ''
  switch (type) {
    case 'enum':
      return pick(values?.find((each) => each.value === value)?.label ?? { en: value as string })
    case 'bool':
      return common(value === true ? 'common.yes' : 'common.no')
    case 'date':
      return fmt.date(value as string)
    case 'datetime':
      return fmt.datetime(value as string)
    case 'int':
    case 'decimal':
      return fmt.num(value as number, { minimumFractionDigits: type === 'int' ? 0 : (scale ?? 2) })
    case 'tags':
      return (value as readonly string[]).join(', ')
    default:
      return value as string
  }
}
