import type { ProblemError } from '@plinth/sdk'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { Failure } from '../../errors.ts'
import { CUSTOM } from '../model/custom-fields.ts'
import type { EntityModel } from '../model/entity-model.ts'
import { createSchema, updateSchema } from '../model/json-schema.ts'
import { newAjv } from '../model/value-rules.ts'
import { isStorable } from '../query/storable.ts'
import { CustomRules, type CheckedCustom } from './check-custom.ts'
import { faultsOf } from './faults-of.ts'
import { normalise } from './normalise.ts'

type Purpose = 'create' | 'update' | 'pluginCreate' | 'pluginUpdate'

/** Checks input against the entity's schema. Compiles each schema once, when it is first needed. */
export class EntityValidator {
  readonly #ajv = newAjv()
  readonly #compiled = new Map<string, ValidateFunction>()
  readonly #custom = new CustomRules(this.#ajv)

  /**
   * Returns the normalised input, see `normalise`.
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
    const custom = this.#takeCustom(model, purpose, normal)
    const validate = this.#compile(model, purpose)
    const errors = validate(normal)
      ? []
      : faultsOf(validate.errors ?? [], normal, (name) => model.byName.get(name))
    errors.push(...(custom?.errors ?? []))
    if (custom) normal[CUSTOM] = custom.values
    errors.push(...unstorable(normal, ''))
    if (errors.length > 0) throw new Failure('validation_failed', { errors })
    return normal
  }

  /** The tenant's fields are not in the compiled schema, which all tenants share. */
  #takeCustom(
    model: EntityModel,
    purpose: Purpose,
    input: Record<string, unknown>,
  ): CheckedCustom | undefined {
    const creating = purpose === 'create'
    if (!model.declaration.extensible || !(creating || Object.hasOwn(input, CUSTOM))) return undefined
    const { [CUSTOM]: given = Object.hasOwn(input, CUSTOM) ? null : {} } = input
    delete input[CUSTOM]
    return this.#custom.check(model, given, purpose.startsWith('plugin') ? 'plugin' : (purpose as 'create'))
  }

  #compile(model: EntityModel, purpose: Purpose): ValidateFunction {
    // Keyed by the declaration too: a newer version of the plugin brings another one.
    const key = `${model.id} ${purpose}`
    let validate = this.#compiled.get(key)
    if (!validate) {
      const everything = purpose.startsWith('plugin')
      const shared = { ...model, fields: model.fields.filter((field) => !field.members) }
      validate = this.#ajv.compile(
        purpose.endsWith('reate') ? createSchema(shared, everything) : updateSchema(shared, everything),
      )
      this.#compiled.set(key, validate)
    }
    return validate
  }
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function unstorable(value: unknown, pointer: string): ProblemError[] {
  if (typeof value === 'string') {
    return isStorable(value)
      ? []
      : [{ pointer, code: 'characters', detail: 'The text contains characters that cannot be stored.' }]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => {
    const at = `${pointer}/${escapePointer(name)}`
    // Names of a JSON field's members are the sender's own.
    return isStorable(name)
      ? unstorable(each, at)
      : [{ pointer, code: 'characters', detail: 'A name contains characters that cannot be stored.' }]
  })
}
