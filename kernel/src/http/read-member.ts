import type { MemberChange, NewInvitation } from '../accounts/index.ts'
import { Failure, invalid } from '../errors.ts'
import type { ProfileChange } from '../identity/index.ts'
import { isMailAddress } from '../mail/index.ts'
import { refuseUnknown } from './read-json.ts'

type Body = Readonly<Record<string, unknown>>

const LOCALES = ['de', 'en']

/** The name people are called by. @throws Failure `validation_failed` */
export function readPersonName(value: unknown, pointer = '/name'): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > 200 || /[\p{Cc}]/u.test(value))
    throw invalid(pointer, 'format', 'A name of at most 200 characters is needed.')
  return value.trim()
}

/** @throws Failure `validation_failed` */
export function readAddress(value: unknown, pointer = '/email'): string {
  if (typeof value !== 'string' || !isMailAddress(value.trim()))
    throw invalid(pointer, 'format', 'An e-mail address is needed here.')
  return value.trim()
}

/** @throws Failure `validation_failed` */
export function readToken(value: unknown): string {
  // What is no token at all is refused as one that has run out.
  if (typeof value !== 'string' || !/^[\w-]{43}$/.test(value)) throw new Failure('link_invalid')
  return value
}

/** @throws Failure `validation_failed` */
export function readNewPassword(value: unknown, pointer = '/password'): string {
  if (typeof value !== 'string' || value.length > 1_000)
    throw invalid(pointer, 'type', 'A password is needed here.')
  return value
}

/** @throws Failure `validation_failed` */
export function readInvitation(body: Body): NewInvitation {
  const { email, name, roles = [], locale = null, ...rest } = body
  refuseUnknown(rest)
  if (locale !== null && !LOCALES.includes(locale as string))
    throw invalid('/locale', 'enum', `One of: ${LOCALES.join(', ')}.`)
  return {
    email: readAddress(email),
    name: readPersonName(name),
    roles: readRoles(roles),
    locale: locale as string | null,
  }
}

/** @throws Failure `validation_failed` */
export function readMemberChange(body: Body): MemberChange {
  const { name, roles, status, ...rest } = body
  refuseUnknown(rest)
  if (status !== undefined && status !== 'active' && status !== 'inactive')
    throw invalid('/status', 'enum', 'One of: active, inactive.')
  return {
    ...(name === undefined ? {} : { name: readPersonName(name) }),
    ...(roles === undefined ? {} : { roles: readRoles(roles) }),
    ...(status === undefined ? {} : { status }),
  }
}

/** What members may say of themselves, and nothing else of theirs. @throws Failure `validation_failed` */
export function readProfileChange(body: Body): ProfileChange {
  const { name, locale, ...rest } = body
  refuseUnknown(rest)
  if (locale !== undefined && !LOCALES.includes(locale as string))
    throw invalid('/locale', 'enum', `One of: ${LOCALES.join(', ')}.`)
  return {
    ...(name === undefined ? {} : { name: readPersonName(name) }),
    ...(locale === undefined ? {} : { locale: locale as string }),
  }
}

/** @throws Failure `validation_failed` */
export function readRoles(value: unknown): string[] {
  if (!Array.isArray(value) || value.length > 100 || value.some((role) => typeof role !== 'string'))
    throw invalid('/roles', 'type', 'A list of roles is needed.')
  return value as string[]
}
