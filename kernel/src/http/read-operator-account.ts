import type { ProblemError } from '@plinth/sdk'
import { matchesPermission } from '../access/index.ts'
import { Failure } from '../errors.ts'
import { platformPermissions, type NewOperator, type PlatformRole } from '../operators/index.ts'
import type { OperatorAccount, AccessWish } from '../operators/index.ts'
import { check, oneOf, textOf, type Rule } from './read-operator-body.ts'

type Json = Readonly<Record<string, unknown>>

const ROLES: Rule = [
  'A list of 1 to 20 names of roles.',
  (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= 20 &&
    value.every((each) => typeof each === 'string'),
]
const NAME: Rule = ['A name of up to 100 characters.', textOf(/^\S(.{0,98}\S)?$/u)]

/** The body that makes an operator. @throws Failure `validation_failed` */
export function readNewOperator(body: Json): NewOperator {
  const email: Rule = ['An e-mail address.', textOf(/^[^\s@]{1,64}@[^\s@]{1,180}$/)]
  check(body, { name: NAME, email, roles: ROLES }, ['name', 'email', 'roles'])
  return body as unknown as NewOperator
}

/** The body that changes an operator. @throws Failure `validation_failed` */
export function readOperatorChange(body: Json): Partial<Pick<OperatorAccount, 'name' | 'roles' | 'status'>> {
  check(body, { name: NAME, roles: ROLES, status: oneOf('active', 'inactive') }, [])
  return body
}

/** The body that makes or replaces a role of operators. @throws Failure `validation_failed` */
export function readPlatformRole(id: string, body: Json): PlatformRole {
  const label: Rule = ['What the role is called, in English (en) and German (de).', (value) => isLabel(value)]
  const permissions: Rule = ['A list of permissions of the platform.', (value) => Array.isArray(value)]
  check(
    { id, ...body },
    {
      id: ['Lower-case letters, digits and hyphens, up to 40.', textOf(/^[a-z][a-z0-9-]{0,39}$/)],
      label,
      permissions,
    },
    ['label', 'permissions'],
  )
  const errors = (body['permissions'] as unknown[]).flatMap((each, index): ProblemError[] =>
    typeof each === 'string' && platformPermissions.some((known) => matchesPermission(each, known))
      ? []
      : [{ pointer: `/permissions/${index}`, code: 'unknown', detail: 'There is no such permission.' }],
  )
  if (errors.length > 0) throw new Failure('validation_failed', { errors })
  return { id, label: body['label'] as PlatformRole['label'], permissions: body['permissions'] as string[] }
}

/** The body that lets an operator into a tenant. @throws Failure `validation_failed` */
export function readAccessWish(body: Json): AccessWish {
  const rules: Record<string, Rule> = {
    reason: ['Why, in 10 to 500 characters: the people of the tenant read it.', textOf(/^\S[^]{8,498}\S$/u)],
    minutes: [
      'A whole number from 1 to 480.',
      (value) => Number.isInteger(value) && +value! >= 1 && +value! <= 480,
    ],
    write: ['true or false.', (value) => typeof value === 'boolean'],
  }
  check(body, rules, ['reason'])
  return { minutes: 30, write: false, ...body } as AccessWish
}

/** The body that closes a tenant. @throws Failure `validation_failed` */
export function readSuspension(body: Json): { reason: string } {
  check(body, { reason: ['Why, in up to 500 characters.', textOf(/^\S[^]{0,498}\S$/u)] }, ['reason'])
  return body as { reason: string }
}

function isLabel(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const entries = Object.entries(value)
  return (
    entries.length === 2 &&
    entries.every(
      ([name, text]) => ['en', 'de'].includes(name) && typeof text === 'string' && /^.{1,100}$/u.test(text),
    )
  )
}
