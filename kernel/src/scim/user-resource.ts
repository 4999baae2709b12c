import { isStorable } from '../data/index.ts'
import { readFlag } from './compile-filter.ts'
import { isObject, member, type Attributes } from './patch.ts'
import { ScimError } from './scim-error.ts'

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User'

/** What is kept of a user. Passwords, roles and entitlements are not among it: nobody gets in or up by saying so. */
export const USER_ATTRIBUTES: Attributes = {
  plain: ['userName', 'externalId', 'displayName', 'active'],
  parts: { name: ['formatted', 'givenName', 'familyName'] },
  lists: { emails: ['value', 'type', 'primary'] },
  fixed: ['id', 'meta', 'groups'],
}

/** A user as its provider says it. */
export interface UserInput {
  readonly userName: string
  readonly externalId: string | null
  /** In small letters. */
  readonly email: string
  readonly displayName: string | null
  readonly formatted: string | null
  readonly givenName: string | null
  readonly familyName: string | null
  /** Undefined: nothing is said about it. */
  readonly active: boolean | undefined
}

/** A user as it is stored. */
export interface UserRow extends Omit<UserInput, 'active'> {
  readonly id: string
  readonly active: boolean
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly groups: readonly { readonly value: string; readonly display: string }[]
}

type Json = Readonly<Record<string, unknown>>

const MOST_CHARACTERS = 255

/** Reads a whole user. @throws ScimError `invalidValue` */
export function readUser(body: Json): UserInput {
  const name = member(body, 'name')
  const part = (each: string): string | null =>
    isObject(name) ? textOf(member(name, each), `name.${each}`) : null
  const userName = textOf(member(body, 'userName'), 'userName')
  if (userName === null) throw invalid('userName is needed.')
  const active = member(body, 'active')
  const flag = active === undefined || active === null ? undefined : readFlag(active)
  if (flag === undefined && active !== undefined && active !== null) throw invalid('active is true or false.')
  return {
    userName,
    externalId: textOf(member(body, 'externalId'), 'externalId'),
    email: emailOf(member(body, 'emails'), userName),
    displayName: textOf(member(body, 'displayName'), 'displayName'),
    formatted: part('formatted'),
    givenName: part('givenName'),
    familyName: part('familyName'),
    active: flag,
  }
}

/** What the member is called. */
export function nameOf({
  displayName,
  formatted,
  givenName,
  familyName,
  email,
}: Omit<UserInput, 'active'>): string {
  return (
    displayName ?? formatted ?? ([givenName, familyName].filter(Boolean).join(' ') || email.split('@')[0]!)
  )
}

/** The part of a user that its provider says, as a resource. */
export function userCore(user: UserRow): Record<string, unknown> {
  const { userName, externalId, displayName, formatted, givenName, familyName, email, active } = user
  const name = present({ formatted, givenName, familyName })
  return {
    ...present({ userName, externalId, displayName }),
    ...(Object.keys(name).length > 0 ? { name } : {}),
    emails: [{ value: email, type: 'work', primary: true }],
    active,
  }
}

/** Changes with whatever is answered of it. */
export function userVersion({ version, active }: Pick<UserRow, 'version' | 'active'>): string {
  return `W/"${version}${active ? '' : '-inactive'}"`
}

/** @param root address below which resources are */
export function userResource(user: UserRow, root: string): Record<string, unknown> {
  const { id, groups, createdAt, updatedAt } = user
  return {
    schemas: [USER_SCHEMA],
    id,
    ...userCore(user),
    groups: groups.map((group) => ({ ...group, $ref: `${root}/Groups/${group.value}` })),
    meta: {
      resourceType: 'User',
      created: new Date(createdAt).toISOString(),
      lastModified: new Date(updatedAt).toISOString(),
      location: `${root}/Users/${id}`,
      version: userVersion(user),
    },
  }
}

/** A text of one line; null where there is none. @throws ScimError `invalidValue` */
export function textOf(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw invalid(`${name} is a text.`)
  const text = value.trim()
  if (text === '') return null
  if (text.length > MOST_CHARACTERS) throw invalid(`${name} has at most ${MOST_CHARACTERS} characters.`)
  if (/\p{Cc}/u.test(text) || !isStorable(text)) throw invalid(`${name} has characters that no text has.`)
  return text
}

/** The primary address, else that of work, else the first; else what they are called, where that is one. */
function emailOf(value: unknown, userName: string): string {
  const list = (
    Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
  ) as unknown[]
  if (!list.every(isObject)) throw invalid('Each of emails is an object.')
  const chosen =
    list.find((each) => readFlag(member(each, 'primary')) === true) ??
    list.find((each) => member(each, 'type') === 'work') ??
    list[0]
  const email = (textOf(chosen && member(chosen, 'value'), 'emails.value') ?? userName).toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw invalid('A mail address is needed, in emails or as userName.')
  return email
}

function present(values: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null),
  )
}

function invalid(detail: string): ScimError {
  return new ScimError(400, 'invalidValue', detail)
}
