import type { EntityOperation, Text } from '@plinth/sdk'
import type { EntityModel } from '../../data/index.ts'
import { entityOperationId, type RouteDescription } from './describe.ts'

/** What a route of an entity says of itself first: its name, and the operation and permission behind it. */
export function entityRoute(
  model: EntityModel,
  verb: string,
  operation: EntityOperation | 'read',
): Pick<RouteDescription, 'id' | 'tag' | 'entity' | 'permission'> {
  return {
    id: entityOperationId(verb, model),
    tag: model.plugin,
    entity: { id: model.id, operation },
    permission: model.permission(operation),
  }
}

/** A text about one record, in the languages of the document; `{name}` stands for what the entity is called. */
export function aboutOne({ declaration: { label } }: EntityModel, en: string, de: string): Text {
  return named(label, en, de)
}

/** The same about several records. */
export function aboutMany({ declaration: { labelPlural } }: EntityModel, en: string, de: string): Text {
  return named(labelPlural, en, de)
}

function named(label: Text, en: string, de: string): Text {
  return {
    en: en.replace('{name}', () => label.en),
    de: de.replace('{name}', () => label['de'] ?? label.en),
  }
}
