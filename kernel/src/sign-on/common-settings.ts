import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { Failure, invalid } from '../errors.ts'

export const text = (maxLength: number) =>
  ({ type: 'string', minLength: 1, maxLength, pattern: '^[^\\p{Cc}]*$' }) as const
export const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] })

/** What can be said about a provider, whatever its protocol. */
export const commonProperties = {
  name: text(60),
  enabled: { type: 'boolean' },
  onboarding: { type: 'boolean' },
  domains: {
    type: 'array',
    maxItems: 50,
    uniqueItems: true,
    items: {
      type: 'string',
      pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$',
      maxLength: 253,
    },
  },
  rolesClaim: orNull(text(200)),
  mapping: {
    type: 'array',
    maxItems: 200,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['value', 'role'],
      properties: { value: text(255), role: text(100) },
    },
  },
  defaultRoles: { type: 'array', maxItems: 20, uniqueItems: true, items: text(100) },
  trustsSecondFactor: { type: 'boolean' },
  endsSessions: { type: 'boolean' },
} as const

export const commonDefaults = {
  onboarding: false,
  domains: [],
  mapping: [],
  defaultRoles: ['member'],
  trustsSecondFactor: false,
  endsSessions: true,
} as const

/** Refuses what does not have these properties, or others. @throws Failure `validation_failed` */
export function inputReader(
  properties: Readonly<Record<string, object>>,
): (body: Readonly<Record<string, unknown>>) => void {
  let validate: ValidateFunction | undefined
  return (body) => {
    validate ??= new Ajv2020({ allErrors: true, validateFormats: false, unicodeRegExp: true }).compile({
      type: 'object',
      additionalProperties: false,
      properties,
    })
    if (validate(body)) return
    throw new Failure('validation_failed', {
      errors: (validate.errors ?? []).map(({ instancePath, keyword, params, message }) => ({
        pointer: `${instancePath}${keyword === 'additionalProperties' ? `/${String(params['additionalProperty'])}` : ''}`,
        code: keyword === 'additionalProperties' ? 'unknown' : keyword,
        detail:
          keyword === 'additionalProperties'
            ? 'There is no such field.'
            : `It ${message ?? 'is not accepted'}.`,
      })),
    })
  }
}

/** Whether an address carries a name or a password to sign in with: both would stand in lists and logs. */
export function hasCredentials(address: string): boolean {
  const { username, password } = new URL(address)
  return username !== '' || password !== ''
}

/** The name a provider is to have. @throws Failure `validation_failed` */
export function nameFor(given: string | undefined, before: { readonly name: string } | undefined): string {
  const name = (given ?? before?.name ?? '').trim()
  if (name === '') throw invalid('/name', 'required', 'A name is needed.')
  return name
}
