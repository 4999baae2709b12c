/** JSON Schema as it stands in an OpenAPI document. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly title?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly readOnly?: boolean
  readonly example?: unknown
  readonly 'x-labels'?: Readonly<Record<string, string>>
  readonly default?: unknown
  readonly 'x-default'?: unknown
  readonly 'x-references'?: string
  readonly 'x-sortable'?: boolean
}

export interface Media {
  readonly schema: Schema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

export interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header'
  readonly description?: string
  readonly required?: boolean
  readonly schema?: Schema
  readonly content?: Readonly<Record<string, Media>>
  readonly style?: string
  readonly example?: unknown
}

export interface Answer {
  readonly $ref?: string
  readonly description: string
  readonly content?: Readonly<Record<string, Media>>
}

interface Operation {
  readonly tags: readonly string[]
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> }
  readonly responses: Readonly<Record<string, Answer>>
  readonly security?: readonly Readonly<Record<string, unknown>>[]
  readonly 'x-permission'?: string
  readonly 'x-entity'?: string
}

/** A way to say who is asking. */
export interface SecurityScheme {
  readonly type: string
  readonly in?: string
  readonly name?: string
  readonly scheme?: string
  readonly description?: string
}

/** An OpenAPI document, as far as this page reads it. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly description: string }
  readonly servers: readonly { readonly url: string; readonly description?: string }[]
  readonly tags: readonly {
    readonly name: string
    readonly description?: string
    readonly 'x-displayName'?: string
  }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>
    readonly [kind: string]: Readonly<Record<string, unknown>> | undefined
  }
  readonly security?: readonly Readonly<Record<string, unknown>>[]
}

/** An operation with its address, its parameters resolved. */
export interface ApiRoute extends Omit<Operation, 'parameters'> {
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
}

/** A heading with its operations. */
export interface ApiGroup {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly routes: readonly ApiRoute[]
}

/** What a `$ref` points to; the value itself where it is none. */
export function follow<T extends object>(document: ApiDocument, value: T | { readonly $ref?: string }): T {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as T
  const steps = value.$ref.slice(2).split('/')
  return steps.reduce<unknown>(
    (at, step) => (at as Record<string, unknown> | undefined)?.[step],
    document,
  ) as T
}

/** The collection a path belongs to: its first two steps. */
export const collectionOf = (path: string): string => path.split('/', 3).join('/')

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

/** The collection and its records first, in the order people learn them; what else can be done with them follows. */
function inOrder(one: ApiRoute, other: ApiRoute): number {
  const rank = ({ path }: ApiRoute): number => {
    const rest = path.slice(collectionOf(path).length)
    return rest === '' ? 0 : rest === '/{id}' ? 1 : 2
  }
  return (
    rank(one) - rank(other) ||
    (one.path < other.path ? -1 : one.path > other.path ? 1 : 0) ||
    METHODS.indexOf(one.method) - METHODS.indexOf(other.method)
  )
}

/** The operations by heading, in the order of the document, those of a collection together. */
export function groupsOf(document: ApiDocument): ApiGroup[] {
  const routes = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      parameters: (operation.parameters ?? []).map((each) => follow<Parameter>(document, each)),
    })),
  )
  return document.tags.map((tag) => {
    const own = routes.filter((route) => route.tags[0] === tag.name)
    const collections = Map.groupBy(own, (route) => collectionOf(route.path))
    return {
      name: tag.name,
      label: tag['x-displayName'] ?? tag.name,
      description: tag.description ?? '',
      routes: [...collections.values()].flatMap((each) => each.toSorted(inOrder)),
    }
  })
}

/** Only what meets all words: in address, name, summary or heading. */
export function searchGroups(groups: readonly ApiGroup[], text: string): ApiGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...groups]
  const meets = (group: ApiGroup, route: ApiRoute): boolean => {
    const all = [route.method, route.path, route.operationId, route.summary, group.label]
      .join(' ')
      .toLowerCase()
    return words.every((word) => all.includes(word))
  }
  return groups
    .map((group) => ({ ...group, routes: group.routes.filter((route) => meets(group, route)) }))
    .filter((group) => group.routes.length > 0)
}

/** The ways an operation may be asked for; none where it is open to everyone. */
export function waysIn(document: ApiDocument, route: ApiRoute): SecurityScheme[] {
  const names = (route.security ?? document.security ?? []).flatMap((each) => Object.keys(each))
  return names.flatMap((name) => document.components.securitySchemes?.[name] ?? [])
}

/** Name of the schema a `$ref` points to. */
export function schemaName(schema: Schema): string | undefined {
  return schema.$ref?.split('/').at(-1)
}

/** Values that still are a kind; more of them are listed below it. */
export const SHORT = 6

/** A schema's kind in a word or two: `text`, `list of crm.customer` …, from the words given. */
export function kindOf(schema: Schema, words: { readonly list: string; readonly or: string }): string {
  const name = schemaName(schema)
  if (name !== undefined) return name
  if (schema.anyOf) {
    const kinds = [...new Set(schema.anyOf.map((each) => kindOf(each, words)))]
    return kinds.join(` ${words.or} `)
  }
  if (schema.enum) return schema.enum.length > SHORT ? 'enum' : schema.enum.join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types[0] === 'array') return `${words.list} ${schema.items ? kindOf(schema.items, words) : ''}`.trim()
  if (schema.format !== undefined)
    return `${schema.format}${types.includes('null') ? ` ${words.or} null` : ''}`
  return types.length === 0 ? 'any' : types.join(` ${words.or} `)
}
