import {
  CUSTOM_FIELD_TYPES,
  type CustomEnumValue,
  type CustomFieldDocument,
  type CustomFieldType,
  type EntityMeta,
  type FieldMeta,
  type ProblemError,
  type ShellEntity,
  type Text,
} from '@plinth/sdk'
import { currencies, locale } from '@plinth/ui'
import type { FormValues } from '@plinth/ui/form'
import de from '../locales/de.json' with { type: 'json' }
import en from '../locales/en.json' with { type: 'json' }
import { FIXED, isOptional, masksOf, optionsOf } from './definition-options.ts'

/*
 * The definition of a custom field as a form: the same form records are filled in with, drawn from metadata that is made here.
 */

const LANGUAGES = ['de', 'en'] as const

const both = (key: keyof typeof en): Text => ({ en: en[key], de: de[key] })

const field = (
  name: string,
  type: FieldMeta['type'],
  label: Text,
  more: Partial<FieldMeta> = {},
): FieldMeta => ({
  name,
  type,
  label,
  required: false,
  readOnly: false,
  immutable: false,
  sortable: false,
  ...more,
})

const types = CUSTOM_FIELD_TYPES.map((type) => ({ value: type, label: both(`fields.type.${type}`) }))

/** The languages, the member's own first. */
function languages(): readonly (typeof LANGUAGES)[number][] {
  return LANGUAGES.toSorted(
    (left, right) => Number(right === locale.value.slice(0, 2)) - Number(left === locale.value.slice(0, 2)),
  )
}

function valuesOf(values: FormValues, before: CustomFieldDocument | undefined): readonly CustomEnumValue[] {
  if (before) return (values['values'] as readonly CustomEnumValue[] | undefined) ?? []
  return ((values['choices'] ?? []) as readonly string[]).map((label) => ({
    value: label,
    label: { en: label },
  }))
}

/**
 * What the form is drawn from. Follows the chosen type.
 *
 * @param entities what a reference can lead to
 */
export function definitionMeta(
  values: FormValues,
  before: CustomFieldDocument | undefined,
  entities: readonly Pick<ShellEntity, 'id' | 'label'>[] = [],
): EntityMeta {
  const type = values['type'] as CustomFieldType
  const wanted = optionsOf(type, values)
  const all: FieldMeta[] = [
    ...languages().map((language, index) =>
      field(`label.${language}`, 'string', both(`fields.label.${language}`), {
        maxLength: 100,
        required: index === 0,
      }),
    ),
    field('type', 'enum', both('fields.type'), { required: true, values: types }),
    field('choices', 'tags', both('fields.choices'), { required: true, help: both('fields.choices.help') }),
    field('required', 'bool', both('fields.required'), { help: both('fields.required.help') }),
    field('scale', 'int', both('fields.scale'), { min: 0, max: 6 }),
    field('target', 'enum', both('fields.target'), {
      required: true,
      help: both('fields.target.help'),
      values: entities.map(({ id, label }) => ({ value: id, label })),
    }),
    field('currency', 'enum', both('fields.currency'), {
      help: both('fields.currency.help'),
      values: currencies(locale.value).map(({ code, name }) => ({ value: code, label: { en: name } })),
    }),
    field('min', type === 'int' ? 'int' : 'decimal', both('fields.min'), { scale: 6 }),
    field('max', type === 'int' ? 'int' : 'decimal', both('fields.max'), { scale: 6 }),
    field('maxLength', 'int', both('fields.maxLength')),
    field('pattern', 'string', both('fields.pattern'), { help: both('fields.pattern.help') }),
    field('initial', type, both('fields.initial'), {
      scale: Number(values['scale'] ?? 2),
      ...currencyOf(values),
      values: valuesOf(values, before).filter((each) => !each.retired),
    }),
    ...languages().map((language) =>
      field(`help.${language}`, 'string', both(`fields.help.${language}`), { maxLength: 300 }),
    ),
    field('listed', 'bool', both('fields.listed'), { help: both('fields.listed.help') }),
    field('search', 'bool', both('fields.search'), { help: both('fields.search.help') }),
    field('unique', 'bool', both('fields.unique'), { help: both('fields.unique.help') }),
    field('pii', 'bool', both('fields.pii'), { help: both('fields.pii.help') }),
    field('mask', 'enum', both('fields.mask'), {
      help: both('fields.mask.help'),
      values: masksOf(type).map((kind) => ({ value: kind, label: both(`fields.mask.${kind}`) })),
    }),
  ]
  const fields = all.filter(
    ({ name }) => (!isOptional(name) || wanted.includes(name)) && !(before && FIXED.has(name)),
  )
  const known = new Set(fields.map(({ name }) => name))
  const group = (label: Text | null, ...names: string[]) => ({
    label,
    fields: names.filter((name) => known.has(name)),
  })
  return {
    fields,
    form: {
      groups: [
        group(null, ...languages().map((language) => `label.${language}`), 'type', 'choices', 'target'),
        group(
          both('fields.group.rules'),
          'required',
          'unique',
          'scale',
          'currency',
          'min',
          'max',
          'maxLength',
          'pattern',
          'initial',
        ),
        group(
          both('fields.group.more'),
          ...languages().map((language) => `help.${language}`),
          'listed',
          'search',
          'pii',
          'mask',
        ),
      ],
    },
  } as unknown as EntityMeta
}

/** What the form starts with. */
export function definitionValues(before: CustomFieldDocument | undefined): FormValues {
  if (!before)
    return {
      type: 'string',
      scale: 2,
      choices: [],
      required: false,
      unique: false,
      listed: false,
      search: false,
      pii: false,
    }
  const { label, help, default: initial, ...options } = before
  const texts = LANGUAGES.flatMap((language) => [
    [`label.${language}`, label[language] ?? null],
    [`help.${language}`, help?.[language] ?? null],
  ])
  // English stands in for languages without a text of their own.
  return {
    ...options,
    ...Object.fromEntries(texts),
    initial: initialOf(before, initial),
  }
}

function currencyOf(values: FormValues): { readonly currency?: string } {
  const currency = values['currency']
  return typeof currency === 'string' && currency !== '' ? { currency } : {}
}

/** The default as its editor has it: of an amount the definition holds the number alone. */
function initialOf({ type, currency }: CustomFieldDocument, initial: unknown): unknown {
  if (type === 'money' && initial !== undefined) return { amount: `${initial as string | number}`, currency }
  return initial ?? (type === 'bool' ? false : null)
}

function typed(values: FormValues, name: string): string {
  const text = values[name]
  return typeof text === 'string' ? text.trim() : ''
}

/** What is sent: of a new field what is filled in, of an existing one all options, empty ones as null. */
export function toInput(
  values: FormValues,
  before: CustomFieldDocument | undefined,
): Record<string, unknown> {
  const meta = definitionMeta(values, before)
  const texts = (name: string) => {
    const found = LANGUAGES.map((language) => [language, typed(values, `${name}.${language}`)] as const)
    const entries = found.filter(([, text]) => text !== '')
    return entries.length === 0 ? null : Object.fromEntries(entries)
  }
  const options = meta.fields
    .filter(({ name }) => !name.includes('.') && name !== 'choices')
    .map(
      ({ name, type }) =>
        [name === 'initial' ? 'default' : name, optionValue(type, name, values[name])] as const,
    )
  const input: Record<string, unknown> = {
    label: texts('label'),
    help: texts('help'),
    ...Object.fromEntries(options),
  }
  if (values['type'] === 'enum')
    input['values'] = before
      ? values['values']
      : ((values['choices'] ?? []) as readonly string[]).map((label) => ({ label }))
  if (before) return input
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== false))
}

function optionValue(type: FieldMeta['type'], name: string, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return type === 'bool' ? false : null
  if (type === 'money') return (value as { readonly amount: string | null }).amount || null
  if (type === 'int' || name === 'min' || name === 'max') return Number(value)
  return value
}

/** Refusals of the server at the fields of this form. */
export function atForm(
  errors: readonly ProblemError[],
  before: CustomFieldDocument | undefined,
): ProblemError[] {
  const [own] = languages()
  return errors.map((error) => {
    const [, first = '', second] = error.pointer.split('/')
    if (first === 'label' || first === 'help') return { ...error, pointer: `/${first}.${second ?? own}` }
    if (first === 'default') return { ...error, pointer: '/initial', code: 'pattern' }
    if (first === 'values') return { ...error, pointer: before ? '' : '/choices' }
    return error
  })
}

/** The field as it will stand in forms. */
export function previewMeta(
  values: FormValues,
  before: CustomFieldDocument | undefined,
  entities: readonly ShellEntity[] = [],
): FieldMeta {
  const text = (name: string): Text | undefined => {
    const [own, other] = languages().map((language) => typed(values, `${name}.${language}`))
    const found = own || other
    return found ? { en: found } : undefined
  }
  const help = text('help')
  const type = values['type'] as CustomFieldType
  const target = type === 'ref' && entities.find(({ id }) => id === values['target'])
  return field('preview', type, text('label') ?? both('fields.preview.unnamed'), {
    required: values['required'] === true,
    ...(help ? { help } : {}),
    ...(type === 'enum' ? { values: valuesOf(values, before).filter((each) => !each.retired) } : {}),
    ...(type === 'decimal' ? { scale: Number(values['scale'] ?? 2) } : {}),
    ...currencyOf(values),
    ...(target ? { ref: { entity: target.id, include: '', api: target.api, path: target.path } } : {}),
  })
}
