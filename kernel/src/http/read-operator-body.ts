import { isTimeZone, type ProblemError } from '@plinth/sdk'
import { LEVELS, type Level } from '../data/index.ts'
import { Failure } from '../errors.ts'
import { isMailAddress } from '../mail/index.ts'
import type { NewTenant } from '../tenancy/index.ts'

type Json = Readonly<Record<string, unknown>>

/** What is accepted under a name, in words, and how it is recognised. */
export type Rule = readonly [detail: string, accepts: (value: unknown) => boolean]

export const textOf =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value)

export const oneOf = (...values: readonly unknown[]): Rule => [
  `One of ${values.join(', ')}.`,
  (value) => values.includes(value),
]

const LEVEL: Rule = oneOf(...LEVELS)
const SERVER: Rule = ['The name of a database server.', textOf(/^[a-z][a-z0-9-]{0,30}$/)]

const TIME_ZONE: Rule = [
  'The IANA name of a time zone, such as Europe/Berlin.',
  (value) => typeof value === 'string' && isTimeZone(value),
]

/** The first member of a tenant. */
export interface NewOwner {
  readonly email: string
  readonly name: string
}

const OWNER: Rule = [
  'An object with email and name.',
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const { email, name, ...rest } = value as Record<string, unknown>
    const named = typeof name === 'string' && /^[^\p{Cc}]{1,200}$/u.test(name)
    return typeof email === 'string' && isMailAddress(email) && named && Object.keys(rest).length === 0
  },
]

/** The body that creates a tenant, with who is to administer it. @throws Failure `validation_failed` */
export function readNewTenant(body: Json): { tenant: NewTenant; owner: NewOwner | undefined } {
  const rules: Record<string, Rule> = {
    slug: [
      'Lower-case letters, digits and hyphens, up to 40.',
      textOf(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/),
    ],
    name: ['A text of up to 200 characters.', textOf(/^.{1,200}$/u)],
    tier: [
      'One of free, professional, enterprise, custom.',
      textOf(/^(free|professional|enterprise|custom)$/),
    ],
    locale: ['A language, such as en or de.', textOf(/^[a-z]{2}(-[A-Z]{2})?$/)],
    hue: [
      'A whole number from 0 to 360.',
      (value) => Number.isInteger(value) && +value! >= 0 && +value! <= 360,
    ],
    timeZone: TIME_ZONE,
    level: LEVEL,
    server: SERVER,
    owner: OWNER,
  }
  check(body, rules, ['slug', 'name', 'tier'])
  const { owner, ...tenant } = body
  return {
    tenant: { locale: 'en', hue: 265, ...tenant } as unknown as NewTenant,
    owner: owner as NewOwner | undefined,
  }
}

/** The body that changes a tenant. @throws Failure `validation_failed` */
export function readTenantChange(body: Json): { timeZone: string } {
  check(body, { timeZone: TIME_ZONE }, ['timeZone'])
  return { timeZone: body['timeZone'] as string }
}

/** The body that moves a tenant. @throws Failure `validation_failed` */
export function readMove(body: Json): { level: Level; server: string | undefined } {
  check(body, { level: LEVEL, server: SERVER }, ['level'])
  return { level: body['level'] as Level, server: body['server'] as string | undefined }
}

/** Names all that is wrong with a body at once. @throws Failure `validation_failed` */
export function check(body: Json, rules: Readonly<Record<string, Rule>>, required: readonly string[]): void {
  const errors: ProblemError[] = []
  for (const name of required)
    if (body[name] === undefined)
      errors.push({ pointer: `/${name}`, code: 'required', detail: 'This value is needed.' })
  for (const [name, value] of Object.entries(body)) {
    const rule = rules[name]
    if (!rule) errors.push({ pointer: `/${name}`, code: 'unknown', detail: 'There is no such field.' })
    else if (!rule[1](value)) errors.push({ pointer: `/${name}`, code: 'format', detail: rule[0] })
  }
  if (errors.length > 0) throw new Failure('validation_failed', { errors })
}
