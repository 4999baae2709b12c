import { MASK_KINDS, MASKED_TYPES, type CustomFieldType, type MaskKind } from '@plinth/sdk'
import type { FormValues } from '@plinth/ui/form'

/** Options that make sense for a type, besides those of every type. */
const OPTIONS: Readonly<Record<CustomFieldType, readonly string[]>> = {
  string: ['maxLength', 'pattern', 'search', 'unique'],
  text: ['maxLength', 'search'],
  int: ['min', 'max', 'unique'],
  decimal: ['scale', 'min', 'max', 'unique'],
  bool: [],
  date: ['unique'],
  datetime: ['unique'],
  enum: ['choices'],
  tags: [],
  url: ['search', 'unique'],
  email: ['search', 'unique'],
  phone: ['search', 'unique'],
  money: ['currency', 'min', 'max'],
  address: [],
  json: [],
  ref: ['target', 'unique'],
  member: [],
}

/** Cannot be changed later. */
export const FIXED: ReadonlySet<string> = new Set([
  'type',
  'scale',
  'unique',
  'choices',
  'currency',
  'target',
])

const DEFAULTS = new Set<CustomFieldType>([
  'string',
  'int',
  'decimal',
  'bool',
  'date',
  'enum',
  'url',
  'email',
  'phone',
])

const OPTIONAL = new Set([...Object.values(OPTIONS).flat(), 'initial', 'mask'])

/** Whether only some types have the option. */
export function isOptional(name: string): boolean {
  return OPTIONAL.has(name)
}

/** The kinds of masks that go with a type. */
export function masksOf(type: CustomFieldType): readonly MaskKind[] {
  return MASK_KINDS.filter((kind) => MASKED_TYPES[kind].includes(type))
}

/** The options a type has. Amounts have a default where they have one currency. */
export function optionsOf(type: CustomFieldType, values: FormValues): readonly string[] {
  const hasDefault = DEFAULTS.has(type) || (type === 'money' && Boolean(values['currency']))
  return [...OPTIONS[type], ...(hasDefault ? ['initial'] : []), ...(masksOf(type).length > 0 ? ['mask'] : [])]
}
