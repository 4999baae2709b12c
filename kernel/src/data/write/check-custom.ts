import type { ProblemError } from '@plinth/sdk'
import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js'
import { LRUCache } from 'lru-cache'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { isNeeded, valueSchema } from '../model/json-schema.ts'
import { faultsOf } from './faults-of.ts'
import { normalField } from './normalise.ts'

/** Rules that are kept compiled. Fields alike share one, whoever has them. */
const MOST_RULES = 1_000

/** What is wrong with the values of a tenant's fields, and the values in their normal form. */
export interface CheckedCustom {
  readonly values: Record<string, unknown>
  readonly errors: readonly ProblemError[]
}

/** Checks the values of a tenant's fields by the rules of declared fields of their type, each by itself: nothing is compiled for one tenant. */
export class CustomRules {
  readonly #ajv: Ajv2020
  readonly #compiled = new LRUCache<string, ValidateFunction>({ max: MOST_RULES })

  constructor(ajv: Ajv2020) {
    this.#ajv = ajv
  }

  /**
   * @param custom as given; undefined is as good as nothing
   * @param purpose requests for new records must give what is required, and none may empty it; the code of plugins cannot know of it
   */
  check(model: EntityModel, custom: unknown, purpose: 'create' | 'update' | 'plugin'): CheckedCustom {
    const values = Object.create(null) as Record<string, unknown>
    if (typeof custom !== 'object' || custom === null || Array.isArray(custom))
      return { values, errors: [{ pointer: '/custom', code: 'type', detail: 'An object is needed here.' }] }
    const errors: ProblemError[] = []
    const byKey = new Map(model.custom.map((field) => [field.custom!.key, field]))
    for (const [key, value] of Object.entries(custom)) {
      const pointer = `/custom/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
      const field = byKey.get(key)
      if (!field) {
        errors.push({ pointer, code: 'unknown', detail: 'There is no such field, or it cannot be set.' })
        continue
      }
      values[key] = normalField(field.declaration, value)
      if (values[key] !== null) errors.push(...this.#errors(field, values[key], pointer))
      else if (field.declaration.required && purpose !== 'plugin') errors.push(missing(pointer))
    }
    if (purpose === 'create')
      for (const [key, field] of byKey)
        if (isNeeded(field, 'create') && !Object.hasOwn(values, key)) errors.push(missing(`/custom/${key}`))
    return { values, errors }
  }

  #errors(field: FieldModel, value: unknown, pointer: string): ProblemError[] {
    const rule = this.#rule(field)
    if (rule(value)) return []
    return faultsOf(rule.errors ?? [], value, () => field).map((error) => ({
      ...error,
      pointer: `${pointer}${error.pointer}`,
    }))
  }

  #rule(field: FieldModel): ValidateFunction {
    const schema = valueSchema(field)
    const key = JSON.stringify(schema)
    let rule = this.#compiled.get(key)
    if (!rule) {
      rule = this.#ajv.compile(schema)
      // What is forgotten here must not be kept there.
      this.#ajv.removeSchema(schema)
      this.#compiled.set(key, rule)
    }
    return rule
  }
}

function missing(pointer: string): ProblemError {
  return { pointer, code: 'required', detail: 'This value is needed.' }
}
