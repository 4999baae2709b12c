import {
  CUSTOM_FIELD_TYPES,
  MASK_KINDS,
  type CustomEnumValue,
  type CustomFieldType,
  type ProblemError,
  type Text,
} from '@plinth/sdk'
import { fieldFaults } from '../contributions/index.ts'
import { Failure } from '../errors.ts'
import { freeName, kebabName } from './names.ts'
import { patternFault, whole } from './safe-pattern.ts'
import type { StoredDeclaration } from './stored-field.ts'

type Json = Readonly<Record<string, unknown>>
type Report = (pointer: string, code: string, detail: string) => void

const FLAGS = ['required', 'unique', 'search', 'pii', 'listed'] as const
const NUMBERS = ['minLength', 'maxLength', 'min', 'max', 'scale'] as const
const TONES = ['neutral', 'info', 'positive', 'warning', 'danger']
const OPTIONS = [
  'type',
  'label',
  'help',
  'default',
  'pattern',
  'values',
  'mask',
  'currency',
  'entity',
  ...FLAGS,
  ...NUMBERS,
]

/** What an index takes, and more than anyone types. */
const LONGEST: Partial<Record<CustomFieldType, number>> = {
  string: 500,
  text: 20_000,
  email: 254,
  phone: 50,
  url: 2_000,
}

/** Cannot be changed: stored values would not fit any more, or would have to be looked through. */
const FIXED = {
  type: 'The type',
  scale: 'The number of digits',
  currency: 'The currency',
  entity: 'What it leads to',
  unique: 'Whether values are unique',
} as const

const MOST_VALUES = 100

/**
 * Reads the definition of a custom field, or changes to one: what is not mentioned stays, null takes an option away.
 *
 * @param before as stored; undefined for a new field
 * @throws Failure `validation_failed` naming everything that is wrong
 */
export function readDefinition(
  { target, ...rest }: Json,
  before: StoredDeclaration | undefined,
): StoredDeclaration {
  const input: Json = target === undefined ? rest : { ...rest, entity: target }
  const errors: ProblemError[] = []
  // What is the entity of a reference to manifests is its target here, where `entity` is the one that has the field.
  const report: Report = (pointer, code, detail) =>
    void errors.push({ pointer: pointer === '/entity' ? '/target' : pointer, code, detail })
  for (const name of Object.keys(rest))
    if (name === 'entity' || !OPTIONS.includes(name))
      errors.push({ pointer: `/${name}`, code: 'unknown', detail: 'There is no such option.' })
  const merged = { ...before, ...input }
  const { type } = merged
  if (!CUSTOM_FIELD_TYPES.includes(type as CustomFieldType))
    report('/type', 'enum', `One of: ${CUSTOM_FIELD_TYPES.join(', ')}.`)
  if (before) checkFixed(input, before, report)
  const label = readText(merged.label, '/label', 100, report)
  if (!label && errors.every((error) => error.pointer !== '/label'))
    report('/label', 'required', 'This value is needed.')
  const help = readText(merged['help'], '/help', 300, report)
  const values = type === 'enum' ? readValues(merged['values'], before?.values ?? [], report) : undefined
  if (type !== 'enum' && merged['values'] != null)
    report('/values', 'option', 'Only enum fields have values.')
  const declaration = {
    type,
    label: label ?? { en: '' },
    ...given({
      help,
      values,
      pattern: readPattern(input, before, type, report),
      mask: readWord(merged['mask'], '/mask', report, MASK_KINDS),
      currency: readWord(merged['currency'], '/currency', report),
      entity: readWord(merged['entity'], '/entity', report),
      ...readFlags(merged, report),
    }),
    ...given({ ...readNumbers(merged, report), default: readDefault(merged['default'], values, report) }),
  } as StoredDeclaration
  checkLength(declaration, report)
  if (errors.length === 0)
    for (const { pointer, code, message } of fieldFaults(declaration)) report(pointer, code, message)
  if (errors.length > 0) throw new Failure('validation_failed', { errors })
  return declaration
}

function checkFixed(input: Json, before: StoredDeclaration, report: Report): void {
  for (const [option, what] of Object.entries(FIXED) as [keyof typeof FIXED, string][]) {
    const then = before[option] ?? (option === 'unique' ? false : undefined)
    const now = input[option] ?? (option === 'unique' ? false : undefined)
    if (option in input && now !== then)
      report(
        `/${option}`,
        'immutable',
        `${what} cannot be changed: values are stored already. Archive the field and add another.`,
      )
  }
}

/** One text for all languages, or one for each; the first stands for those that are missing. */
function readText(value: unknown, pointer: string, longest: number, report: Report): Text | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const texts = typeof value === 'string' ? { en: value } : value
  if (typeof texts !== 'object' || Array.isArray(texts)) {
    report(pointer, 'type', 'A text is needed here, or texts by language.')
    return undefined
  }
  const found: Record<string, string> = {}
  for (const [language, text] of Object.entries(texts as Json)) {
    if (!/^[a-z]{2}(-[A-Z]{2})?$/u.test(language))
      report(`${pointer}/${language}`, 'unknown', 'This is no language.')
    else if (typeof text !== 'string' && text !== null)
      report(`${pointer}/${language}`, 'type', 'A text is needed here.')
    else if ((text ?? '').length > longest)
      report(`${pointer}/${language}`, 'maxLength', `At most ${longest} characters.`)
    else if (text !== null && text.trim() !== '') found[language] = text.trim()
  }
  const [first] = Object.values(found)
  return first === undefined ? undefined : { en: first, ...found }
}

/** A word, one of those where they are given. */
function readWord(
  value: unknown,
  pointer: string,
  report: Report,
  words?: readonly string[],
): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') report(pointer, 'type', 'A text is needed here.')
  else if (words && !words.includes(value)) report(pointer, 'enum', `One of: ${words.join(', ')}.`)
  else return value
  return undefined
}

function readFlags(merged: Json, report: Report): Record<string, true | undefined> {
  return Object.fromEntries(
    FLAGS.map((flag) => {
      const value = merged[flag] ?? false
      if (typeof value !== 'boolean') report(`/${flag}`, 'type', 'True or false is needed here.')
      return [flag, value === true ? true : undefined]
    }),
  )
}

function readNumbers(merged: Json, report: Report): Record<string, number | undefined> {
  return Object.fromEntries(
    NUMBERS.map((option) => {
      const value = merged[option] ?? undefined
      if (value === undefined) return [option, undefined]
      const counted = option !== 'min' && option !== 'max'
      if (
        typeof value === 'number' &&
        Math.abs(value) < 1e15 &&
        (!counted || (Number.isInteger(value) && value >= 0))
      )
        return [option, value]
      report(`/${option}`, 'type', 'A number is needed here.')
      return [option, undefined]
    }),
  )
}

function readPattern(
  input: Json,
  before: StoredDeclaration | undefined,
  type: unknown,
  report: Report,
): string | undefined {
  if (!('pattern' in input)) return before?.pattern
  const { pattern } = input
  if (pattern === null || pattern === '') return undefined
  const fault = typeof pattern === 'string' ? patternFault(pattern) : 'A regular expression is needed here.'
  if (type !== 'string') report('/pattern', 'option', 'Only string fields have a pattern.')
  else if (fault !== undefined) report('/pattern', 'pattern', fault)
  return fault === undefined ? whole(pattern as string) : undefined
}

function readValues(value: unknown, before: readonly CustomEnumValue[], report: Report): CustomEnumValue[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_VALUES) {
    report('/values', 'required', `A list of 1 to ${MOST_VALUES} values is needed.`)
    return []
  }
  const values: CustomEnumValue[] = []
  value.forEach((each: unknown, index) => {
    const at = `/values/${index}`
    if (typeof each !== 'object' || each === null) return report(at, 'type', 'An object is needed here.')
    const { value: wanted, label: texts, tone, retired, ...rest } = each as Json
    for (const name of Object.keys(rest)) report(`${at}/${name}`, 'unknown', 'There is no such option.')
    const label = readText(texts, `${at}/label`, 100, report)
    if (!label) return report(`${at}/label`, 'required', 'This value is needed.')
    const taken = (name: string) =>
      values.some((other) => other.value === name) ||
      (wanted == null && before.some((other) => other.value === name))
    const name = wanted ?? freeName(kebabName(label.en), taken, '-')
    if (typeof name !== 'string' || !/^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/u.test(name) || name.length > 60)
      return report(`${at}/value`, 'pattern', 'Letters and digits, joined by "_", "-" or ".".')
    if (taken(name)) return report(`${at}/value`, 'unique', 'The value stands there twice.')
    if (tone !== undefined && !TONES.includes(tone as string))
      report(`${at}/tone`, 'enum', `One of: ${TONES.join(', ')}.`)
    if (retired !== undefined && typeof retired !== 'boolean')
      report(`${at}/retired`, 'type', 'True or false is needed here.')
    values.push({ value: name, label, ...given({ tone, retired: retired === true ? true : undefined }) })
  })
  for (const { value: name } of before)
    if (!values.some((each) => each.value === name))
      report('/values', 'immutable', `Records may have "${name}": it can be retired, not taken away.`)
  return values
}

function readDefault(
  value: unknown,
  values: readonly CustomEnumValue[] | undefined,
  report: Report,
): unknown {
  if (value === null || value === '' || value === undefined) return undefined
  // Whoever adds a field does not know yet what its values will be called.
  const chosen =
    values?.find((each) => each.value === value) ??
    values?.find((each) => Object.values(each.label).some((text) => text === value))
  if (chosen?.retired) report('/default', 'default_invalid', 'The default is retired.')
  return chosen?.value ?? value
}

function checkLength({ type, maxLength }: StoredDeclaration, report: Report): void {
  const longest = LONGEST[type]
  if (longest !== undefined && maxLength !== undefined && maxLength > longest)
    report('/maxLength', 'maximum', `Values of this type have at most ${longest} characters.`)
}

function given(members: Json): Json {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
