import type { EntityMeta, FieldMeta, ProblemError } from '@plinth/sdk'
import { isUnreadable } from '../data-grid/unreadable.ts'
import { pick } from '../i18n/locale.ts'
import type { FormValues } from './changed-fields.ts'
import type { MoneyDraft } from './money-editor.ts'
import { t } from './texts.ts'

/** Refused values by field, and what belongs to no field of the form. */
export interface FieldProblems {
  readonly byField: ReadonlyMap<string, readonly ProblemError[]>
  readonly rest: readonly ProblemError[]
}

/** The parts of a JSON Pointer, unescaped. */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Name of the field a pointer leads to or into. What is in `custom` are fields of the workspace, each called `custom.<name>`. */
export function fieldOf(pointer: string): string {
  const [first = '', second] = pointerParts(pointer)
  return first === 'custom' && second !== undefined ? `custom.${second}` : first
}

/** With the name of a field of the workspace in one piece, so that the part of its value comes second as it does in other fields. */
function asOneName(pointer: string): string {
  return pointer.replace(/^\/custom\//, '/custom.')
}

/** Sorts refusals to the fields they point to, in the order of the fields. `/billingAddress/zip` belongs to `billingAddress`. */
export function problemsByField(
  errors: readonly ProblemError[],
  fields: readonly FieldMeta[],
): FieldProblems {
  const byField = new Map<string, ProblemError[]>()
  for (const field of fields) {
    const own = errors
      .filter((error) => fieldOf(error.pointer) === field.name)
      .map((error) => ({ ...error, pointer: asOneName(error.pointer) }))
    if (own.length > 0) byField.set(field.name, own)
  }
  const names = new Set(fields.map((field) => field.name))
  return { byField, rest: errors.filter((error) => !names.has(fieldOf(error.pointer))) }
}

/** The refusal of one part of a value, e.g. of `/price/amount`. */
export function partProblem(problems: readonly ProblemError[], part: string): ProblemError | undefined {
  return problems.find(({ pointer }) => pointerParts(pointer)[1] === part)
}

/** An amount or a place of which nothing is typed yet is as empty as no value. */
function isEmpty({ type }: FieldMeta, value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (type === 'money') return !(value as MoneyDraft).amount
  if (type === 'geo') return Object.values(value).every((part) => part === null)
  return typeof value === 'string' && value.trim() === ''
}

/**
 * What can be seen without asking the server: needed values that are missing.
 *
 * @param unreadable codes of typed text
 * @param before the record as it was loaded: a value of it that nobody can read is there
 */
export function checkValues(
  fields: readonly FieldMeta[],
  values: FormValues,
  unreadable: ReadonlyMap<string, string>,
  before: FormValues = {},
): ProblemError[] {
  return fields.flatMap((field) => {
    const code =
      unreadable.get(field.name) ??
      (field.required && isEmpty(field, values[field.name]) && !isUnreadable(before, field.name)
        ? 'required'
        : undefined)
    return code ? [{ pointer: `/${field.name}`, code, detail: '' }] : []
  })
}

const FORMATS: Partial<Record<FieldMeta['type'], 'email' | 'url' | 'phone' | 'date' | 'iban'>> = {
  email: 'email',
  url: 'url',
  phone: 'phone',
  date: 'date',
  datetime: 'date',
  iban: 'iban',
}

/** Rules over several fields are refused in the words of the manifest, in the member's language. */
export function spoken(meta: EntityMeta, errors: readonly ProblemError[]): ProblemError[] {
  return errors.map((error) => {
    const rule = meta.checks?.find(({ id }) => error.code === `check.${id}`)
    return rule ? { ...error, detail: pick(rule.message) } : error
  })
}

/** A refusal as one sentence in the member's language. Codes without a sentence of their own give the server's detail. */
export function problemText(error: ProblemError, field?: FieldMeta): string {
  const name = field ? pick(field.label) : ''
  switch (error.code) {
    case 'required':
    case 'minLength':
      return (field?.minLength ?? 0) > 1
        ? t('problem.minLength', { min: field?.minLength })
        : t('problem.required')
    case 'type':
      // An empty value where one is needed arrives as null.
      return field?.required ? t('problem.required') : error.detail
    case 'maxLength':
      return field?.maxLength ? t('problem.maxLength', { max: field.maxLength }) : t('problem.tooLong')
    case 'minimum':
    case 'maximum':
    case 'decimalRange':
    case 'range':
      return rangeText(field)
    case 'format':
    case 'pattern': {
      const format = field && FORMATS[field.type]
      return format ? t(`problem.${format}`) : t('problem.pattern')
    }
    case 'unique':
      return t('problem.unique', { name })
    case 'reference':
      return t(field?.type === 'file' ? 'problem.file' : 'problem.reference')
    case 'currency':
      return field ? t('problem.enum') : t('problem.currency')
    case 'number':
    case 'date':
    case 'characters':
    case 'enum':
    case 'transition':
    case 'json':
    case 'hidden':
    case 'masked':
    case 'uploading':
      return t(`problem.${error.code}`)
    case 'scale':
      return t('problem.scale', { scale: field?.scale ?? (field?.type === 'int' ? 0 : 2) })
    default:
      return error.detail || t('problem.pattern')
  }
}

function rangeText(field: FieldMeta | undefined): string {
  const { min, max } = field ?? {}
  if (min !== undefined && max !== undefined) return t('problem.between', { min, max })
  if (min !== undefined) return t('problem.atLeast', { min })
  if (max !== undefined) return t('problem.atMost', { max })
  return t('problem.range')
}
