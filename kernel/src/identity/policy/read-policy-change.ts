import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { PolicyPart } from './policy-difference.ts'
import { POLICY_SECTION_NAMES, POLICY_SECTIONS } from './sections.ts'

/** The schema of a change: any settings of any sections. */
const policyChangeSchema = {
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    POLICY_SECTION_NAMES.map((name) => [
      name,
      { type: 'object', additionalProperties: false, properties: POLICY_SECTIONS[name].properties },
    ]),
  ),
}

let validator: ValidateFunction | undefined

/** @throws Failure `validation_failed` */
export function readPolicyChange(input: unknown): PolicyPart {
  validator ??= new Ajv2020({ allErrors: true }).compile(policyChangeSchema)
  if (validator(input)) return input as PolicyPart
  const errors: ProblemError[] = (validator.errors ?? []).map(
    ({ instancePath, keyword, params, message }) => {
      const extra = (params as { additionalProperty?: string }).additionalProperty
      return {
        pointer: extra === undefined ? instancePath : `${instancePath}/${extra}`,
        code: extra === undefined ? keyword : 'unknown',
        detail:
          extra === undefined ? `The value ${message ?? 'is not accepted'}.` : 'There is no such setting.',
      }
    },
  )
  throw new Failure('validation_failed', { errors })
}
