import { pick, type Text } from '@plinth/sdk'

/** Where OpenAPI has a text for people. */
const TEXTS = new Set(['summary', 'description', 'title', 'x-displayName'])
/** Values, in which nothing is ours to translate. */
const VALUES = new Set(['example', 'default', 'const', 'enum'])

/** The document with every text in one language. */
export function localise<T>(value: T, language: string): T {
  return walk(value, language) as T
}

function walk(value: unknown, language: string): unknown {
  if (Array.isArray(value)) return value.map((each) => walk(each, language))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === 'properties') return [name, schemas(member as object, language)]
      if (name === 'examples') return [name, named(member, language)]
      if (VALUES.has(name)) return [name, member]
      if (TEXTS.has(name) && isText(member)) return [name, pick(member, language)]
      if (name === 'x-labels') return [name, labels(member as Readonly<Record<string, Text>>, language)]
      return [name, walk(member, language)]
    }),
  )
}

/** Names of properties are nobody's keywords. */
function schemas(properties: object, language: string): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, walk(schema, language)]),
  )
}

/** Examples have a summary; their values stay. */
function named(examples: unknown, language: string): unknown {
  if (Array.isArray(examples) || typeof examples !== 'object' || examples === null) return examples
  return Object.fromEntries(
    Object.entries(examples as Record<string, Record<string, unknown>>).map(([name, { value, ...rest }]) => [
      name,
      { ...(walk(rest, language) as object), ...(value === undefined ? {} : { value }) },
    ]),
  )
}

function labels(texts: Readonly<Record<string, Text>>, language: string): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([value, text]) => [value, pick(text, language)]))
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && typeof (value as Text).en === 'string'
}
