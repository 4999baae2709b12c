import type { Text } from '@plinth/sdk'
import type { ChildrenModel, EntityModel, JsonSchema, Models } from '../../data/index.ts'
import { ref } from './schema-reference.ts'

type Purpose = 'read' | 'create' | 'update'

/** Says what creating or changing a child takes when it comes alone. */
type ItemOf = (child: EntityModel, purpose: 'create' | 'update') => Described

/** An object schema with its properties and example. */
interface Described extends JsonSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly example?: Readonly<Record<string, unknown>>
}

/** Adds the collections of children to a schema of their parent. */
export function withChildren(
  model: EntityModel,
  models: Models,
  schema: Described,
  purpose: Purpose,
  itemOf: ItemOf,
): Described {
  const lists = model.children.flatMap((collection): [string, JsonSchema, unknown][] => {
    const child = models.get(collection.entity)
    if (!child) return []
    const items = purpose === 'read' ? undefined : itemSchema(collection, child, purpose, itemOf)
    return [[collection.name, listSchema(model, collection, child, items, purpose), items?.example]]
  })
  if (lists.length === 0) return schema
  const examples = lists.flatMap(([name, , example]) => (example ? [[name, [example]] as const] : []))
  const needed = model.children.filter(({ min }) => purpose === 'create' && min > 0).map(({ name }) => name)
  return {
    ...schema,
    ...(needed.length > 0 ? { required: [...(schema.required ?? []), ...needed] } : {}),
    properties: {
      ...schema.properties,
      ...Object.fromEntries(lists.map(([name, list]) => [name, list])),
    },
    ...(schema.example && purpose !== 'read'
      ? { example: { ...schema.example, ...Object.fromEntries(examples) } }
      : {}),
  }
}

/** What a request says of one child: nothing of its parent, and which one it is where it is there already. */
function itemSchema(
  { field }: ChildrenModel,
  child: EntityModel,
  purpose: 'create' | 'update',
  itemOf: ItemOf,
): Described {
  const item = itemOf(child, purpose)
  const { [field]: _link, ...properties } = item.properties
  const required = (item.required ?? []).filter((name) => name !== field)
  // A new one: which are there already is not known here.
  const { [field]: _id, ...example } = itemOf(child, 'create').example ?? {}
  if (purpose === 'create') return { ...item, properties, required, example }
  const own = {
    id: { type: 'string', format: 'uuid', description: IDENTITY },
    version: { type: 'integer', description: VERSION },
  }
  return { ...item, properties: { ...own, ...properties }, required: [], example }
}

const IDENTITY: Text = {
  en: 'A child there is already, of which only the given fields change; without it a new one is created.',
  de: 'Ein vorhandenes Kind, von dem sich nur die genannten Felder ändern; ohne wird ein neues angelegt.',
}
const VERSION: Text = {
  en: 'Version of the child you have seen; it need not be said, as the version of the parent counts its changes too.',
  de: 'Gesehene Version des Kindes; sie muss nicht genannt werden, denn die Version des Elternteils zählt auch seine Änderungen.',
}

function listSchema(
  model: EntityModel,
  { name, entity, min, max }: ChildrenModel,
  child: EntityModel,
  items: JsonSchema | undefined,
  purpose: Purpose,
): JsonSchema {
  const label = model.declaration.children?.[name]?.label ?? child.declaration.labelPlural
  if (!items)
    return {
      type: 'array',
      title: label,
      items: {
        anyOf: [ref(entity), ref(`${entity}.some`)],
      },
      description: {
        en: `In their order, those you may read. Only with include=${name}, and in the answer to a change that named them.`,
        de: `In ihrer Reihenfolge, soweit lesbar. Nur mit include=${name} und in der Antwort auf eine Änderung, die sie nannte.`,
      },
    }
  return {
    type: 'array',
    title: label,
    ...(min > 0 ? { minItems: min } : {}),
    maxItems: max,
    items,
    description:
      purpose === 'create'
        ? {
            en: 'Created with the record, in this order. Takes the permission to create them.',
            de: 'Werden mit dem Datensatz angelegt, in dieser Reihenfolge. Braucht das Recht, sie anzulegen.',
          }
        : {
            en: 'The wished state: all there shall be, in this order. Present ones that are missing here are deleted. Without this list they stay as they are. Takes the permissions to create, change and delete them, as needed.',
            de: 'Der gewünschte Stand: alle, die es geben soll, in dieser Reihenfolge. Vorhandene, die hier fehlen, werden gelöscht. Ohne diese Liste bleiben sie, wie sie sind. Braucht je nachdem die Rechte, sie anzulegen, zu ändern und zu löschen.',
          },
  }
}

/** The rules over several fields, as a sentence each. */
export function withChecks({ declaration }: EntityModel, schema: JsonSchema): JsonSchema {
  const { checks } = declaration
  if (!checks || checks.length === 0) return schema
  const rules = (language: 'en' | 'de') =>
    checks.map(({ id, message }) => `${message[language] ?? message.en} (422, check.${id})`).join(' ')
  return { ...schema, description: { en: rules('en'), de: rules('de') } }
}
