import type { ProblemError, RoleGrant, Text } from '@plinth/sdk'
import { Failure } from '../errors.ts'
import type { StoredRole } from './stored-role.ts'

type Json = Readonly<Record<string, unknown>>
type Report = (pointer: string, code: string, detail: string) => void

const MOST_GRANTS = 200
const MOST_INHERITED = 20

/** What somebody wants a role to be. */
export interface WantedRole extends Omit<StoredRole, 'id' | 'version'> {
  readonly id: string | undefined
}

/**
 * Reads a role, or changes to one: what is not mentioned stays. Whether permissions and roles exist is not asked here.
 *
 * @param before as stored; undefined for a new one
 * @throws Failure `validation_failed` naming everything that is wrong
 */
export function readRole(input: Json, before: StoredRole | undefined): WantedRole {
  const errors: ProblemError[] = []
  const report: Report = (pointer, code, detail) => void errors.push({ pointer, code, detail })
  const { id, label, description, grants, inherits, ...rest } = input
  for (const name of Object.keys(rest)) report(`/${name}`, 'unknown', 'There is no such field.')
  if (before && id !== undefined && id !== before.id)
    report('/id', 'immutable', 'The id cannot be changed: members have the role by it.')
  if (!before && id !== undefined && (typeof id !== 'string' || !/^[a-z][a-z0-9-]{0,39}$/u.test(id)))
    report('/id', 'pattern', 'Lower-case letters, digits and hyphens, a letter first, up to 40.')
  const wanted: WantedRole = {
    id: before?.id ?? (id as string | undefined),
    label: label === undefined && before ? before.label : readLabel(label, report),
    description:
      description === undefined ? (before?.description ?? '') : readDescription(description, report),
    grants: grants === undefined ? (before?.grants ?? []) : readGrants(grants, report),
    inherits: inherits === undefined ? (before?.inherits ?? []) : readInherits(inherits, report),
  }
  if (errors.length > 0) throw new Failure('validation_failed', { errors })
  return wanted
}

/** One text for all languages, or one for each; English is always there. */
function readLabel(value: unknown, report: Report): Text {
  const texts = typeof value === 'string' ? { en: value } : value
  if (typeof texts !== 'object' || texts === null || Array.isArray(texts)) {
    report(
      '/label',
      value === undefined ? 'required' : 'type',
      'A text is needed here, or texts by language.',
    )
    return { en: '' }
  }
  const found: Record<string, string> = {}
  for (const [language, text] of Object.entries(texts as Json)) {
    const at = `/label/${language}`
    if (!/^[a-z]{2}(-[A-Z]{2})?$/u.test(language)) report(at, 'unknown', 'This is no language.')
    else if (text !== null && typeof text !== 'string') report(at, 'type', 'A text is needed here.')
    else if ((text ?? '').length > 100) report(at, 'maxLength', 'At most 100 characters.')
    else if (text && text.trim() !== '') found[language] = text.trim()
  }
  const [first] = Object.values(found)
  if (first === undefined) report('/label', 'required', 'This value is needed.')
  return { en: first ?? '', ...found }
}

function readDescription(value: unknown, report: Report): string {
  if (typeof value !== 'string') report('/description', 'type', 'A text is needed here.')
  else if (value.length > 500) report('/description', 'maxLength', 'At most 500 characters.')
  return typeof value === 'string' ? value.trim() : ''
}

function readGrants(value: unknown, report: Report): (string | RoleGrant)[] {
  if (!Array.isArray(value) || value.length > MOST_GRANTS) {
    report('/grants', 'type', `A list of at most ${MOST_GRANTS} grants is needed here.`)
    return []
  }
  return value.flatMap((each, index) => readGrant(each, `/grants/${index}`, report) ?? [])
}

function readGrant(value: unknown, pointer: string, report: Report): string | RoleGrant | undefined {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report(pointer, 'type', 'A permission, or an object with one, is needed here.')
    return undefined
  }
  const { permission, condition, fields, ...rest } = value as Json
  const names = Object.keys(rest)
  for (const name of names) report(`${pointer}/${name}`, 'unknown', 'There is no such field.')
  if (typeof permission !== 'string') {
    report(`${pointer}/permission`, 'type', 'A permission is needed here.')
    return undefined
  }
  if (
    condition !== undefined &&
    (typeof condition !== 'object' || condition === null || Array.isArray(condition))
  ) {
    report(`${pointer}/condition`, 'type', 'A filter is needed here.')
    return undefined
  }
  if (fields !== undefined && !isListOfNames(fields)) {
    report(`${pointer}/fields`, 'type', 'A list of fields is needed here.')
    return undefined
  }
  if (names.length > 0) return undefined
  return condition === undefined && fields === undefined
    ? permission
    : {
        permission,
        ...(condition === undefined ? {} : { condition: condition as NonNullable<RoleGrant['condition']> }),
        ...(fields === undefined ? {} : { fields: [...new Set(fields)] }),
      }
}

function readInherits(value: unknown, report: Report): string[] {
  if (
    !Array.isArray(value) ||
    value.length > MOST_INHERITED ||
    !value.every((each) => typeof each === 'string' && each.length <= 100)
  ) {
    report('/inherits', 'type', `A list of at most ${MOST_INHERITED} roles is needed here.`)
    return []
  }
  return [...new Set(value as string[])]
}

function isListOfNames(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= 100 &&
    value.every((each) => typeof each === 'string')
  )
}
