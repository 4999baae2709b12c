import type { JsonSchema } from './point.ts'

/*
 * Words that several contribution points are written with. Each `description` completes the sentence "Must be …",
 * for editors and for the message about a value that does not match.
 */

const KEBAB = '[a-z][a-z0-9]*(-[a-z0-9]+)*'
const CAMEL = '[a-z][a-zA-Z0-9]*'

const word = (pattern: string, maxLength: number, description: string): JsonSchema => ({
  type: 'string',
  pattern: `^${pattern}$`,
  maxLength,
  description,
})

export const kebabName = word(
  KEBAB,
  40,
  'kebab-case: lower-case words joined by hyphens, like "time-tracking"',
)
export const camelName = word(
  CAMEL,
  40,
  'camelCase: letters and digits, a lower-case letter first, like "dueDate"',
)
export const iconName = word('[a-z0-9]+(-[a-z0-9]+)*', 60, 'the name of a Lucide icon, like "building-2"')
export const handlerName = word('[a-zA-Z][a-zA-Z0-9]*', 60, 'the name of a handler, like "onTicketClosed"')
const TAG = '[a-z]{2,3}(-[A-Za-z0-9]{2,8})*'
export const LANGUAGE = new RegExp(`^${TAG}$`, 'u')
export const languageTag = word(TAG, 35, 'a BCP 47 language, like "en" or "de-AT"')

export const PERMISSION = new RegExp(`^${KEBAB}\\.${KEBAB}\\.${CAMEL}\\.${CAMEL}$`, 'u')
export const permissionId = word(
  `${KEBAB}\\.${KEBAB}\\.${CAMEL}\\.${CAMEL}`,
  160,
  'a permission in four parts, "<area>.<plugin>.<entity>.<action>", entity and action in camelCase, like "office.rooms.room.clean"',
)
export const PERMISSION_PREFIX = new RegExp(`^${KEBAB}\\.${KEBAB}\\.(${CAMEL}\\.)?\\*$`, 'u')
export const permissionGrant = word(
  `${KEBAB}\\.${KEBAB}\\.(\\*|${CAMEL}\\.(\\*|${CAMEL}))`,
  160,
  'a permission "<area>.<plugin>.<entity>.<action>", or a prefix of one that names at least area and plugin and ends in ".*"',
)
const FACT = '[a-z][a-zA-Z0-9]*(_[a-z0-9]+)*'
export const EVENT_TYPE = new RegExp(`^${KEBAB}\\.${CAMEL}\\.${FACT}$`, 'u')
export const eventType = word(
  `${KEBAB}\\.${CAMEL}\\.${FACT}`,
  130,
  'an event in three parts, "<plugin>.<entity>.<past tense>", like "crm.customer.won"',
)

/** A reference to the schema of texts that people read. */
export const localised: JsonSchema = { $ref: '#/$defs/text' }

export const flag: JsonSchema = { type: 'boolean' }

/** An object with these properties and no others. */
export function closed(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false }
}

/** An object under names its author chooses. */
export function named(names: JsonSchema, values: JsonSchema): JsonSchema {
  return { type: 'object', propertyNames: names, additionalProperties: values }
}

/** A list; options are further keywords, like `minItems`. */
export function listOf(items: JsonSchema, options: JsonSchema = {}): JsonSchema {
  return { type: 'array', items, ...options }
}
