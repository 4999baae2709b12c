import { isHidden } from './field-secrecy.ts'
import { suggestion } from './nearest.ts'
import type { EntityOutline } from './outline.ts'
import type { JsonSchema, Path, PointContext, Report } from './point.ts'
import { dict, entriesOf, list, text, type Dict } from './reading.ts'
import { camelName, closed, listOf, named } from './vocabulary.ts'

const operand: JsonSchema = { $ref: '#/$defs/operand' }
const operands = listOf(operand, { minItems: 2, maxItems: 20 })
const fixed = {
  type: 'string',
  pattern: '^-?[0-9]{1,12}(\\.[0-9]{1,6})?$',
  description: 'a decimal, like "0.19"',
}
const calculation = {
  add: operands,
  subtract: { ...operands, maxItems: 2 },
  multiply: { ...operands, maxItems: 5 },
}
const one = { minProperties: 1, maxProperties: 1 }

/** What a calculation is made of. */
export const computedDefinitions: Readonly<Record<string, JsonSchema>> = {
  operand: {
    ...closed({ ...calculation, value: fixed }),
    ...one,
    type: ['string', 'object'],
    minLength: 1,
    maxLength: 60,
  },
}

const word = {
  ...closed({ value: { type: 'string', minLength: 1, maxLength: 60 } }, ['value']),
  type: ['string', 'object'],
}

export const computedSchema: JsonSchema = closed({
  ...calculation,
  sum: { type: 'string', minLength: 1, maxLength: 81 },
  count: camelName,
  where: { ...named(camelName, { type: ['string', 'boolean'] }), minProperties: 1 },
  concat: listOf(word, { minItems: 1, maxItems: 20 }),
  separator: { type: 'string', maxLength: 20 },
})

const KINDS = ['add', 'subtract', 'multiply', 'sum', 'count', 'concat'] as const
const OPTIONS: ReadonlySet<string> = new Set([...KINDS, 'where', 'separator'])
const NUMBERS = ['int', 'decimal']
const TEXTS = ['string', 'text', 'email', 'phone', 'url', 'iban', 'enum', 'int', 'decimal', 'date']
/** Options that make no sense for a value nobody gives. */
const CONFLICTS = ['required', 'default', 'sequence', 'immutable', 'min', 'max', 'minLength', 'pattern']

/** Where a computed field stands, and what is known around it. */
interface Place {
  readonly field: Dict
  readonly entity: EntityOutline
  readonly path: Path
  readonly own: PointContext['own']
  readonly report: Report
}

/** Checks what a field is computed from: that it is there, and that such a value can come of it. */
export function checkComputed(
  name: string,
  field: Dict,
  entity: EntityOutline,
  fieldPath: Path,
  { own }: PointContext,
  report: Report,
): void {
  if (field['computed'] === undefined) return
  const path = [...fieldPath, 'computed']
  for (const option of CONFLICTS)
    if (field[option] !== undefined && field[option] !== false)
      report(
        [...fieldPath, option],
        'option_conflict',
        `"${option}" makes no sense for a field that is computed.`,
      )
  const computed = dict(field['computed'])
  // What is no way to compute at all is a problem already.
  if (typeof field['computed'] !== 'object' || Object.keys(computed).some((key) => !OPTIONS.has(key))) return
  const kinds = KINDS.filter((kind) => computed[kind] !== undefined)
  if (kinds.length !== 1)
    return report(path, 'computed_invalid', `Exactly one of ${KINDS.join(', ')} is needed.`)
  for (const [option, kind] of [
    ['where', 'count'],
    ['separator', 'concat'],
  ] as const)
    if (computed[option] !== undefined && kinds[0] !== kind)
      report([...path, option], 'option_conflict', `"${option}" goes with "${kind}".`)
  const place = { field, entity, path, own, report }
  if (kinds[0] === 'sum') checkSum(computed, place)
  else if (kinds[0] === 'count') checkCount(computed, place)
  else if (kinds[0] === 'concat') checkConcat(computed, place)
  else checkCalculation(computed, place)
  if (mentions(entity, name, new Set()).has(name))
    report(path, 'computed_circle', `In the end "${name}" would follow from itself.`)
}

function checkSum({ sum }: Dict, { field, entity, path, own, report }: Place): void {
  const [collection = '', name = '', ...rest] = (text(sum) ?? '').split('.')
  const child = childOf(entity, collection, own)
  const here = [...path, 'sum']
  if (!child || rest.length > 0)
    return report(here, 'field_unknown', `"${String(sum)}" must be "<children>.<field>".`)
  const source = child.fields.get(name)
  if (!source)
    return report(
      here,
      'field_unknown',
      `The children have no field "${name}".${suggestion(name, child.fields.keys())}`,
    )
  const [type, from] = [String(field['type']), String(source['type'])]
  const fits =
    type === from ? ['int', 'decimal', 'money'].includes(type) : type === 'decimal' && from === 'int'
  if (!fits) report(here, 'field_type', `A sum of ${from} is no ${type}.`)
  else if (type === 'money' && field['currency'] !== source['currency'])
    report(here, 'field_type', 'Both fields must name the same "currency", or neither any.')
  checkCascade(entity, collection, child, here, report)
  if (isHidden(source)) return report(here, 'field_hidden', hidden(name))
  checkSecrecyKept(field, [[name, source]], path, report)
}

function checkCount({ count, where }: Dict, { field, entity, path, own, report }: Place): void {
  const child = childOf(entity, text(count) ?? '', own)
  if (field['type'] !== 'int') report(path, 'field_type', 'A number of children is an int.')
  if (!child)
    return report([...path, 'count'], 'field_unknown', `The entity has no children "${String(count)}".`)
  for (const [name, wanted] of entriesOf(where)) {
    const here = [...path, 'where', name]
    const source = child.fields.get(name)
    const values = list(source?.['values']).map((each) => dict(each)['value'])
    if (!source)
      report(
        here,
        'field_unknown',
        `The children have no field "${name}".${suggestion(name, child.fields.keys())}`,
      )
    else if (
      source['type'] === 'bool'
        ? typeof wanted !== 'boolean'
        : source['type'] !== 'enum' || !values.includes(wanted)
    )
      report(here, 'value_invalid', 'Only enum and bool fields are asked for, for one of their values.')
    else if (isHidden(source)) report(here, 'field_hidden', hidden(name))
  }
  checkCascade(entity, text(count) ?? '', child, [...path, 'count'], report)
}

/** The database would delete such children by itself, and no one would count again. */
function checkCascade(
  entity: EntityOutline,
  collection: string,
  child: EntityOutline,
  path: Path,
  report: Report,
): void {
  const link = text(dict(dict(entity.declaration['children'])[collection])['field'])
  for (const [name, { type, onDelete }] of child.fields)
    if (type === 'ref' && onDelete === 'cascade' && name !== link)
      report(
        path,
        'cascade_uncounted',
        `"${name}" of the children cascades, and would delete some without counting again.`,
      )
}

function checkConcat({ concat }: Dict, { field, entity, path, report }: Place): void {
  if (!['string', 'text'].includes(String(field['type'])))
    report(path, 'field_type', 'Joined texts are of type string or text.')
  const sources: [string, Dict][] = []
  list(concat).forEach((part, index) => {
    const name = text(part)
    if (name === undefined) return
    const here = [...path, 'concat', index]
    const source = entity.fields.get(name)
    if (!source) return report(here, 'field_unknown', unknown(name, entity))
    sources.push([name, source])
    if (!TEXTS.includes(String(source['type'])))
      report(here, 'field_type', `A field of type ${String(source['type'])} is no text.`)
  })
  if (sources.length === 0 && !list(concat).some((part) => typeof part === 'string'))
    report([...path, 'concat'], 'computed_invalid', 'At least one field is needed.')
  checkSecrecyKept(field, sources, path, report)
}

type Kind = 'number' | 'money' | undefined

function checkCalculation(computed: Dict, place: Place): void {
  const { field, path, report } = place
  const type = String(field['type'])
  const sources: [string, Dict][] = []
  const kind = kindOf(computed, path, place, sources)
  if (![...NUMBERS, 'money'].includes(type))
    report(path, 'field_type', 'A calculation results in an int, a decimal or money.')
  else if (kind !== undefined && (kind === 'money') !== (type === 'money'))
    report(
      path,
      'field_type',
      `This results in ${kind === 'money' ? 'money' : 'a number'}, and the field is of type ${type}.`,
    )
  for (const [name, source] of sources)
    if (
      type === 'money' &&
      source['type'] === 'money' &&
      field['currency'] !== undefined &&
      source['currency'] !== field['currency']
    )
      report(path, 'field_type', `"${name}" may be in another currency than ${text(field['currency'])}.`)
  if (sources.length === 0) report(path, 'computed_invalid', 'At least one field is needed.')
  checkSecrecyKept(field, sources, path, report)
}

function kindOf(value: unknown, path: Path, place: Place, sources: [string, Dict][]): Kind {
  const name = text(value)
  if (name !== undefined) {
    const source = place.entity.fields.get(name)
    if (!source) {
      place.report(path, 'field_unknown', unknown(name, place.entity))
      return undefined
    }
    sources.push([name, source])
    if (source['type'] === 'money') return 'money'
    if (NUMBERS.includes(String(source['type']))) return 'number'
    place.report(path, 'field_type', `"${name}" is neither a number nor money.`)
    return undefined
  }
  const [operator, inner] = [...entriesOf(value)][0] ?? []
  if (operator === undefined || operator === 'value') return 'number'
  const kinds = list(inner).map((each, index) => kindOf(each, [...path, operator, index], place, sources))
  if (kinds.includes(undefined)) return undefined
  const amounts = kinds.filter((kind) => kind === 'money').length
  const fits = operator === 'multiply' ? amounts <= 1 : amounts === 0 || amounts === kinds.length
  if (!fits)
    place.report(
      [...path, operator],
      'field_type',
      operator === 'multiply'
        ? 'Amounts cannot be multiplied with each other.'
        : 'Amounts and numbers cannot be added up.',
    )
  return amounts > 0 ? 'money' : 'number'
}

function childOf(
  entity: EntityOutline,
  collection: string,
  own: PointContext['own'],
): EntityOutline | undefined {
  const declaration = entriesOf(entity.declaration['children']).get(collection)
  return own.entities.get(text(dict(declaration)['entity']) ?? '')
}

/** Personal and hidden data must not slip out through what is computed of it. */
function checkSecrecyKept(field: Dict, sources: readonly [string, Dict][], path: Path, report: Report): void {
  const source = sources.find(([, { pii }]) => pii === true)
  if (source && field['pii'] !== true)
    report(
      path,
      'pii_lost',
      `"${source[0]}" is personal data, so what follows from it must be marked "pii" too.`,
    )
  const sealed = sources.find(([, each]) => each['encrypted'] === true)
  if (sealed) report(path, 'field_hidden', `"${sealed[0]}" is encrypted, so nothing can follow from it.`)
  const masked = sources.find(([, each]) => each['mask'] !== undefined)
  if (masked && field['mask'] === undefined)
    report(path, 'mask_lost', `"${masked[0]}" is masked, so what follows from it must have a "mask" too.`)
}

/** Fields of the entity that a field follows from, over however many steps. */
function mentions(entity: EntityOutline, name: string, found: Set<string>): Set<string> {
  for (const next of fieldsIn(entity.fields.get(name)?.['computed'])) {
    if (found.has(next)) continue
    found.add(next)
    mentions(entity, next, found)
  }
  return found
}

function fieldsIn(value: unknown): string[] {
  const parts = entriesOf(value)
  return ['add', 'subtract', 'multiply', 'concat'].flatMap((operator) =>
    list(parts.get(operator)).flatMap((each) => text(each) ?? fieldsIn(each)),
  )
}

/** The parent would tell by changing, or not, when a child does. */
function hidden(name: string): string {
  return `The values of "${name}" are hidden, and nothing about the parent may follow from them.`
}

function unknown(name: string, { fields }: EntityOutline): string {
  return `The entity has no field "${name}".${suggestion(name, fields.keys())}`
}
