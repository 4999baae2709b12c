import type { JsonSchema, Path } from './point.ts'
import { dict, entriesOf, list, type Dict } from './reading.ts'
import { localised } from './vocabulary.ts'

export interface LocalisedText {
  readonly path: Path
  readonly text: Dict
}

/**
 * Finds every text that people read, by following the schema: a value alone does not tell, as the condition
 * `{ en: 'x' }` about a field named `en` looks just like a text.
 */
export function localisedTexts(schema: JsonSchema, value: unknown, path: Path = []): LocalisedText[] {
  if (schema['$ref'] === localised['$ref']) {
    return typeof value === 'object' && value !== null ? [{ path, text: dict(value) }] : []
  }
  const known = entriesOf(schema['properties'])
  const others = dict(schema['additionalProperties'])
  const items = dict(schema['items'])
  return [
    ...[...entriesOf(value)].flatMap(([key, child]) =>
      localisedTexts(dict(known.get(key) ?? others), child, [...path, key]),
    ),
    ...list(value).flatMap((child, index) => localisedTexts(items, child, [...path, index])),
  ]
}
