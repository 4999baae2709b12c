import type { EntityModel, EntitySource, Models } from './entity-model.ts'
import { tableName } from './names.ts'

/**
 * Ids an entity had in earlier versions of its plugin, as far as they can still be told: by what its declaration says it was, and by its
 * table, which is called after its first name for ever. No name that means another entity now is among them.
 */
export function formerIds({ id, entities = {} }: EntitySource, name: string, table: string): string[] {
  const first = table
    .slice(tableName(id, '').length)
    .replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const names = [entities[name]?.was, ...(tableName(id, first) === table ? [first] : [])]
  return [...new Set(names)].flatMap((each) =>
    each === undefined || Object.hasOwn(entities, each) ? [] : [`${id}.${each}`],
  )
}

/** The entity that a name stands for which was stored some time ago, `plugin.entity`. */
export function entityNamed(models: Models, id: string): EntityModel | undefined {
  return models.get(id) ?? [...models.values()].find(({ formerly }) => formerly.includes(id))
}
