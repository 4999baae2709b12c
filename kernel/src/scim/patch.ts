import { parseFilter, type ScimFilter } from './filter.ts'
import { matches } from './match-filter.ts'
import { ScimError } from './scim-error.ts'

export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** What is known of a resource: attributes of one value, of parts, and of several values. What is not named here is not kept. */
export interface Attributes {
  readonly plain: readonly string[]
  readonly parts: Readonly<Record<string, readonly string[]>>
  readonly lists: Readonly<Record<string, readonly string[]>>
  /** Kept by the platform. */
  readonly fixed: readonly string[]
}

type Resource = Record<string, unknown>
type Json = Readonly<Record<string, unknown>>

interface Operation {
  readonly op: 'add' | 'remove' | 'replace'
  readonly path: string | undefined
  readonly value: unknown
}

interface Target {
  readonly name: string
  readonly where: ScimFilter | undefined
  readonly part: string | undefined
}

const MOST_OPERATIONS = 1_000
const PATH = /^([A-Za-z$][\w$-]*)(?:\[(.*)\])?(?:\.([A-Za-z$][\w$-]*))?$/s

/**
 * Changes a resource as a message says (RFC 7644, section 3.5.2), in the order of its operations. Attributes that are not kept are passed
 * over: providers send what they have. Takes what Okta and Microsoft Entra ID send too: operations with capitals, paths as names of values.
 *
 * @throws ScimError `invalidSyntax` | `invalidPath` | `invalidValue` | `noTarget` | `mutability`
 */
export function applyPatch(resource: Resource, message: Json, attributes: Attributes): Resource {
  const changed = structuredClone(resource)
  for (const operation of readOperations(message)) applyOne(changed, operation, attributes)
  return changed
}

function readOperations(message: Json): Operation[] {
  const list = member(message, 'operations')
  if (!Array.isArray(list) || list.length === 0)
    throw new ScimError(400, 'invalidSyntax', 'Operations are needed.')
  if (list.length > MOST_OPERATIONS)
    throw new ScimError(400, 'invalidSyntax', `A message has at most ${MOST_OPERATIONS} operations.`)
  return list.map((each: unknown) => {
    if (!isObject(each)) throw new ScimError(400, 'invalidSyntax', 'An operation is an object.')
    const [op, path, value] = ['op', 'path', 'value'].map((name) => member(each, name))
    const known = (['add', 'remove', 'replace'] as const).find(
      (name) => typeof op === 'string' && op.toLowerCase() === name,
    )
    if (!known) throw new ScimError(400, 'invalidSyntax', 'Operations add, remove or replace.')
    if (path !== undefined && path !== null && typeof path !== 'string')
      throw new ScimError(400, 'invalidPath', 'A path is a text.')
    return { op: known, path: typeof path === 'string' && path !== '' ? path : undefined, value }
  })
}

function applyOne(resource: Resource, { op, path, value }: Operation, attributes: Attributes): void {
  if (path === undefined) {
    if (op === 'remove') throw new ScimError(400, 'noTarget', 'What is removed needs a path.')
    if (!isObject(value)) throw new ScimError(400, 'invalidValue', 'Without a path the value is an object.')
    // Okta sends the id along when it renames a group: what is fixed is passed over here, as in a whole resource.
    const isPassedOver = (name: string): boolean =>
      ['schemas', ...attributes.fixed].includes(name.toLowerCase())
    for (const [name, each] of Object.entries(value))
      if (!isPassedOver(name)) applyOne(resource, { op, path: name, value: each }, attributes)
    return
  }
  const target = readPath(path, attributes)
  if (!target) return
  const { name } = target
  if (Object.hasOwn(attributes.lists, name)) changeList(resource, op, target, value)
  else if (Object.hasOwn(attributes.parts, name)) changeParts(resource, op, target, value, attributes)
  else if (op === 'remove' || value === null) delete resource[name]
  else resource[name] = value
}

/** Undefined: an attribute that is not kept. */
function readPath(path: string, { plain, parts, lists, fixed }: Attributes): Target | undefined {
  const core = path.replace(/^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/i, '')
  if (/^urn:/i.test(core)) return undefined
  const found = PATH.exec(core)
  if (!found) throw new ScimError(400, 'invalidPath', `The path "${path.slice(0, 100)}" is not understood.`)
  const [, word = '', filter, part] = found
  const fold = (each: string): boolean => each.toLowerCase() === word.toLowerCase()
  if (fixed.some(fold)) throw new ScimError(400, 'mutability', `"${word}" is kept by the platform.`)
  const name = [...plain, ...Object.keys(parts), ...Object.keys(lists)].find(fold)
  if (name === undefined) return undefined
  const known = parts[name] ?? lists[name]
  const own = part && known?.find((each) => each.toLowerCase() === part.toLowerCase())
  if (part !== undefined && own === undefined) return undefined
  if (filter !== undefined && !Object.hasOwn(lists, name))
    throw new ScimError(400, 'invalidPath', `"${word}" has one value.`)
  return { name, where: filter === undefined ? undefined : filterOf(filter), part: own }
}

function filterOf(text: string): ScimFilter {
  try {
    return parseFilter(text)
  } catch (error) {
    if (error instanceof ScimError) throw new ScimError(400, 'invalidPath', error.message)
    throw error
  }
}

function changeParts(
  resource: Resource,
  op: Operation['op'],
  { name, part }: Target,
  value: unknown,
  { parts }: Attributes,
): void {
  if (part === undefined && (op === 'remove' || value === null)) {
    delete resource[name]
    return
  }
  const whole = isObject(resource[name]) ? { ...resource[name] } : {}
  if (part !== undefined) {
    if (op === 'remove' || value === null) delete whole[part]
    else whole[part] = value
  } else {
    if (!isObject(value)) throw new ScimError(400, 'invalidValue', `"${name}" is an object.`)
    for (const each of parts[name]!) {
      const given = member(value, each)
      if (given !== undefined) whole[each] = given
    }
  }
  resource[name] = whole
}

function changeList(resource: Resource, op: Operation['op'], target: Target, value: unknown): void {
  const { name, where, part } = target
  const list = Array.isArray(resource[name]) ? (resource[name] as Json[]) : []
  if (where === undefined && part === undefined) {
    resource[name] = changeWhole(list, op, value)
    return
  }
  const isMeant = (each: Json): boolean => where === undefined || matches(where, each)
  if (op === 'remove') {
    resource[name] =
      part === undefined
        ? list.filter((each) => !isMeant(each))
        : list.map((each) => (isMeant(each) ? without(each, part) : each))
    return
  }
  const given = part === undefined ? value : { [part]: value }
  if (!isObject(given)) throw new ScimError(400, 'invalidValue', `A value of "${name}" is an object.`)
  // What is not there yet comes with what the path says of it.
  resource[name] = list.some(isMeant)
    ? list.map((each) => (isMeant(each) ? { ...each, ...given } : each))
    : [...list, { ...sayings(where), ...given }]
}

function changeWhole(list: readonly Json[], op: Operation['op'], value: unknown): readonly Json[] {
  if (op === 'remove' && (value === undefined || value === null)) return []
  const given = (Array.isArray(value) ? value : value === null ? [] : [value]) as unknown[]
  if (!given.every(isObject)) throw new ScimError(400, 'invalidValue', 'Each value is an object.')
  if (op === 'replace') return given
  const key = (each: Json): unknown => member(each, 'value')
  const named = new Set(given.map(key))
  return op === 'remove'
    ? list.filter((each) => !named.has(key(each)))
    : [...list.filter((each) => !named.has(key(each))), ...given]
}

/** What has to be true of a value for a filter to speak of it, as far as it says that plainly. */
function sayings(where: ScimFilter | undefined): Json {
  if (where?.kind === 'and') return Object.assign({}, ...where.of.map(sayings)) as Json
  if (where?.kind === 'compare' && where.operator === 'eq') return { [where.path]: where.value }
  return {}
}

function without(value: Json, name: string): Json {
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name))
}

/** The member of this name, in whatever case. */
export function member(value: Json, name: string): unknown {
  if (Object.hasOwn(value, name)) return value[name]
  const folded = name.toLowerCase()
  return Object.entries(value).find(([each]) => each.toLowerCase() === folded)?.[1]
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
