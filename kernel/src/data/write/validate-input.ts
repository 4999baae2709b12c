import type { ProblemError } from '@plinth/sdk'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { Failure } from '../../errors.ts'
import type { EntityModel } from '../model/entity-model.ts'
import { createSchema, updateSchema } from '../model/json-schema.ts'
import { isDate, isInstant } from '../query/filter-value.ts'
import { isStorable } from '../query/storable.ts'

type Purpose = 'create' | 'update' | 'pluginCreate' | 'pluginUpdate'

/** Checks input against the entity's schema. Compiles each schema once, when it is first needed. */
export class EntityValidator {
  readonly #ajv = newAjv()
  readonly #compiled = new Map<string, ValidateFunction>()

  /**
   * Returns the normalised input: texts trimmed, e-mail addresses in lower case, empty texts as null.
   *
   * @throws Failure `validation_failed` naming every refused value
   */
  check(model: EntityModel, purpose: Purpose, input: unknown): Record<string, unknown> {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      throw new Failure('validation_failed', {
        errors: [{ pointer: '', code: 'type', detail: 'An object is needed here.' }],
      })
    }
    const normal = normalise(model, input as Record<string, unknown>)
    const validate = this.#compile(model, purpose)
    const errors = validate(normal) ? [] : toErrors(validate.errors ?? [])
    errors.push(...unstorable(normal, ''))
    if (errors.length > 0) throw new Failure('validation_failed', { errors })
    return normal
  }

  #compile(model: EntityModel, purpose: Purpose): ValidateFunction {
    // Keyed by the declaration too: a newer version of the plugin brings another one.
    const key = `${model.id} ${purpose}`
    let validate = this.#compiled.get(key)
    if (!validate) {
      const everything = purpose.startsWith('plugin')
      validate = this.#ajv.compile(
        purpose.endsWith('reate') ? createSchema(model, everything) : updateSchema(model, everything),
      )
      this.#compiled.set(key, validate)
    }
    return validate
  }
}

function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false })
  formats.default(ajv, { formats: ['email', 'uri', 'uuid'] })
  ajv.addFormat('date', {
    type: 'string',
    validate: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text),
  })
  ajv.addFormat('date-time', { type: 'string', validate: isInstant })
  ajv.addKeyword({
    keyword: 'decimalRange',
    type: 'string',
    errors: false,
    validate: (range: { min?: number; max?: number }, text: string) =>
      Number(text) >= (range.min ?? -Infinity) && Number(text) <= (range.max ?? Infinity),
  })
  return ajv
}

function normalise(model: EntityModel, input: Record<string, unknown>): Record<string, unknown> {
  // Without prototype: a member called __proto__ must be refused like any unknown one, not vanish.
  const result = Object.create(null) as Record<string, unknown>
  for (const [name, value] of Object.entries(input)) {
    const type = model.byName.get(name)?.declaration.type
    let normal = value
    if (type === 'decimal' && typeof normal === 'number' && Number.isFinite(normal)) normal = String(normal)
    if (typeof normal === 'string' && type !== 'text') normal = normal.trim()
    if (typeof normal === 'string' && type === 'email') normal = normal.toLowerCase()
    result[name] = normal === '' ? null : normal
  }
  return result
}

function toErrors(errors: readonly ErrorObject[]): ProblemError[] {
  const found = new Map<string, ProblemError>()
  for (const error of errors) {
    // An empty value is admitted through anyOf; only the branch for values says what is wrong.
    if (error.keyword === 'anyOf' || (error.keyword === 'type' && error.params['type'] === 'null')) continue
    const name = error.params['missingProperty'] ?? error.params['additionalProperty']
    const pointer =
      name === undefined ? error.instancePath : `${error.instancePath}/${escapePointer(String(name))}`
    const code = error.keyword === 'additionalProperties' ? 'unknown' : error.keyword
    if (!found.has(pointer)) found.set(pointer, { pointer, code, detail: detailOf(error) })
  }
  return [...found.values()]
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function detailOf(error: ErrorObject): string {
  if (error.keyword === 'required') return 'This value is needed.'
  if (error.keyword === 'additionalProperties') return 'There is no such field, or it cannot be set.'
  if (error.keyword === 'enum') return `One of: ${(error.params['allowedValues'] as unknown[]).join(', ')}.`
  if (error.keyword === 'decimalRange') return 'The number is out of range.'
  return `The value ${error.message ?? 'is not accepted'}.`
}

function unstorable(value: unknown, pointer: string): ProblemError[] {
  if (typeof value === 'string') {
    return isStorable(value)
      ? []
      : [{ pointer, code: 'characters', detail: 'The text contains characters that cannot be stored.' }]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) =>
    unstorable(each, `${pointer}/${escapePointer(name)}`),
  )
}
