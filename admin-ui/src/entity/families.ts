import type { EntityMeta } from '@plinth/sdk'
import { entityMeta } from '@plinth/ui'
import type { ChildForm } from '@plinth/ui/form'
import { includesOf } from './references.ts'

/** The collections of children of an entity, with what their records consist of. */
export function familiesOf(meta: EntityMeta): Promise<readonly ChildForm[]> {
  return Promise.all(
    (meta.children ?? []).map(async (collection) => ({
      collection,
      meta: await entityMeta(collection.entity),
    })),
  )
}

/** Their names in records. */
export function childLists(families: readonly ChildForm[]): readonly string[] {
  return families.map(({ collection }) => collection.name)
}

/** What to ask for with a record: the names of what it refers to, its children, and the names of what these refer to. */
export function includesWith(meta: EntityMeta, families: readonly ChildForm[]): string[] {
  return [
    ...includesOf(meta.fields),
    ...families.flatMap(({ collection: { name, field }, meta: child }) => [
      name,
      ...includesOf(child.fields.filter((each) => each.name !== field)).map((each) => `${name}.${each}`),
    ]),
  ]
}
