import {
  currencyDigits,
  type Calculation,
  type Computed,
  type Money,
  type Operand,
  type ProblemError,
} from '@plinth/sdk'
import type { EntityModel, FieldModel } from './entity-model.ts'
import { add, exact, multiply, negate, toText, type Exact } from './exact.ts'
import { isInt } from './int-range.ts'
import { MAX_WHOLE_DIGITS } from './money.ts'

type Values = Readonly<Record<string, unknown>>

/** A number, or an amount of a currency. */
interface Quantity {
  readonly number: Exact
  readonly currency: string | undefined
}

/** What the calculation of one field came to grief on. */
class Uncomputable extends Error {
  readonly code: string

  constructor(code: string, detail: string) {
    super(detail)
    this.code = code
  }
}

/** Children of the record by collection, as the API shows them; undefined for a collection that is as it was. */
export type ChildValues = (collection: string) => readonly Values[] | undefined

/**
 * Works out the computed fields of a record, in their order of dependence. Pure, and the only place where it is done.
 *
 * @param values the record as the API shows it
 * @param errors takes what cannot be computed, by the pointer of its field
 * @returns the computed fields alone
 */
export function computeFields(
  model: EntityModel,
  values: Values,
  children: ChildValues,
  errors: ProblemError[],
): Record<string, unknown> {
  const all: Record<string, unknown> = { ...values }
  const computed: Record<string, unknown> = {}
  for (const field of model.computed) {
    try {
      const value = evaluate(field, all, children)
      if (value === undefined) continue
      all[field.name] = computed[field.name] = value
    } catch (error) {
      if (!(error instanceof Uncomputable)) throw error
      errors.push({ pointer: `/${field.name}`, code: error.code, detail: error.message })
    }
  }
  return computed
}

/** undefined where it follows from children that have not changed. */
function evaluate(field: FieldModel, values: Values, children: ChildValues): unknown {
  const computed = field.declaration.computed!
  if ('sum' in computed) {
    const [collection = '', name = ''] = computed.sum.split('.')
    const items = children(collection)
    return (
      items &&
      total(
        field,
        items.map((item) => item[name]),
      )
    )
  }
  if ('count' in computed) {
    const items = children(computed.count)
    return items?.filter((item) => isCounted(computed, item)).length
  }
  if ('concat' in computed) return joined(field, computed, values)
  return rendered(field, calculate(computed, values))
}

function isCounted({ where = {} }: Extract<Computed, { count: string }>, item: Values): boolean {
  return Object.entries(where).every(([name, wanted]) => item[name] === wanted)
}

function joined(
  field: FieldModel,
  { concat, separator = ' ' }: Extract<Computed, { concat: unknown }>,
  values: Values,
): string | null {
  const named = concat.filter((part) => typeof part === 'string')
  // Fixed words alone say nothing.
  if (named.every((name) => isEmpty(values[name]))) return null
  const parts = concat.map((part) => (typeof part === 'string' ? values[part] : part.value))
  const text = parts.filter((part) => !isEmpty(part)).join(separator)
  const most = field.declaration.maxLength ?? (field.declaration.type === 'text' ? 20_000 : 500)
  if (Array.from(text).length > most)
    throw new Uncomputable('maxLength', `The text is longer than ${most} characters.`)
  return text
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}

function total(field: FieldModel, values: readonly unknown[]): unknown {
  const { type, currency } = field.declaration
  const quantities = values.map(quantityOf).filter((each) => each !== undefined)
  if (quantities.length === 0 && type === 'money' && currency === undefined) return null
  const zero = { number: { units: 0n, scale: 0 }, currency: type === 'money' ? currency : undefined }
  return rendered(
    field,
    quantities.reduce(sumOf, quantities.length > 0 ? { ...quantities[0]!, number: zero.number } : zero),
  )
}

function calculate(calculation: Calculation, values: Values): Quantity | undefined {
  const [operands, join] =
    'add' in calculation
      ? [calculation.add, sumOf]
      : 'subtract' in calculation
        ? [
            calculation.subtract,
            (left: Quantity, right: Quantity) => sumOf(left, { ...right, number: negate(right.number) }),
          ]
        : [calculation.multiply, productOf]
  const quantities = operands.map((operand) => valueOf(operand, values))
  if (quantities.some((each) => each === undefined)) return undefined
  return (quantities as Quantity[]).reduce(join)
}

function valueOf(operand: Operand, values: Values): Quantity | undefined {
  if (typeof operand === 'string') return quantityOf(values[operand])
  return 'value' in operand ? quantityOf(operand.value) : calculate(operand, values)
}

function quantityOf(value: unknown): Quantity | undefined {
  if (isEmpty(value)) return undefined
  const { amount, currency } =
    typeof value === 'object' ? (value as Money) : { amount: value, currency: undefined }
  const number = exact(amount)
  return number && { number, currency }
}

function sumOf(left: Quantity, right: Quantity): Quantity {
  if (left.currency !== right.currency)
    throw new Uncomputable('currency', 'Amounts of different currencies cannot be added up.')
  return { number: add(left.number, right.number), currency: left.currency }
}

function productOf(left: Quantity, right: Quantity): Quantity {
  return { number: multiply(left.number, right.number), currency: left.currency ?? right.currency }
}

function rendered(field: FieldModel, quantity: Quantity | undefined): unknown {
  if (!quantity) return null
  const { type, scale = 2 } = field.declaration
  const { number, currency } = quantity
  if (type === 'money') {
    const digits = currencyDigits(currency!)!
    return { amount: within(toText(number, digits), MAX_WHOLE_DIGITS), currency: currency! }
  }
  if (type === 'decimal') return within(toText(number, scale), 18 - scale)
  const whole = Number(toText(number, 0))
  if (!isInt(whole)) throw tooLarge()
  return whole
}

function within(text: string, wholeDigits: number): string {
  if (text.replace('-', '').split('.')[0]!.length > wholeDigits) throw tooLarge()
  return text
}

function tooLarge(): Uncomputable {
  return new Uncomputable('range', 'The computed value is too large.')
}

/** Names of the fields of a record that a computed field follows from. */
export function inputsOf(computed: Computed): string[] {
  if ('sum' in computed || 'count' in computed) return []
  if ('concat' in computed) return computed.concat.filter((part) => typeof part === 'string')
  const operands: readonly Operand[] =
    'add' in computed ? computed.add : 'subtract' in computed ? computed.subtract : computed.multiply
  return operands.flatMap((operand) =>
    typeof operand === 'string' ? [operand] : 'value' in operand ? [] : inputsOf(operand),
  )
}

/** Computed fields, each after those it follows from. The manifest check has refused circles. */
export function inOrderOfDependence(fields: readonly FieldModel[]): FieldModel[] {
  const open = new Map(
    fields.flatMap((field) => (field.declaration.computed ? [[field.name, field] as const] : [])),
  )
  const ordered: FieldModel[] = []
  const visit = (name: string): void => {
    const field = open.get(name)
    if (!field || !open.delete(name)) return
    for (const input of inputsOf(field.declaration.computed!)) visit(input)
    ordered.push(field)
  }
  for (const { name } of fields) visit(name)
  return ordered
}
