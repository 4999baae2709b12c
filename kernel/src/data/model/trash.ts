import { baseField } from './base-fields.ts'
import type { EntityModel, FieldModel, TrashModel } from './entity-model.ts'

/** Days a record stays in the trash where the manifest says nothing else. */
const KEEP_DAYS = 30

/** When and by whom a record was deleted. Seen in the trash only. */
const shownFields: readonly FieldModel[] = [
  baseField('deletedAt', 'deleted_at', 'datetime', { en: 'Deleted', de: 'Gelöscht' }, false),
  baseField('deletedBy', 'deleted_by', 'member', { en: 'Deleted by', de: 'Gelöscht von' }, false),
]

/** What the tables of trashable entities have besides. `deleted_with` is the record that took this one along; never shown. */
export const trashFields: readonly FieldModel[] = [
  ...shownFields,
  baseField('deletedWith', 'deleted_with', 'ref', { en: 'Deleted with', de: 'Gelöscht mit' }, false),
]

/** Ids of the entities that have a trash, and of those whose records go along because they refer to one with `cascade`. */
export function trashableEntities(models: ReadonlyMap<string, EntityModel>): ReadonlySet<string> {
  const found = new Set(
    [...models.values()].filter(({ declaration }) => declaration.softDelete).map(({ id }) => id),
  )
  for (let size = -1; size < found.size;) {
    size = found.size
    for (const model of models.values())
      if (
        model.fields.some(
          ({ target, declaration }) =>
            target !== undefined && found.has(target) && declaration.onDelete === 'cascade',
        )
      )
        found.add(model.id)
  }
  return found
}

/** The entity with its trash. */
export function withTrash(model: EntityModel): EntityModel {
  const { softDelete } = model.declaration
  const trashable = { ...model, trashable: true }
  if (!softDelete) return trashable
  const fields = [...model.fields, ...shownFields]
  const trash: TrashModel = {
    ...trashable,
    trashed: true,
    keepDays: softDelete === true ? KEEP_DAYS : softDelete.keepDays,
    fields,
    byName: new Map(fields.map((field) => [field.name, field])),
    declaration: {
      ...model.declaration,
      list: { columns: model.display, ...model.declaration.list, sort: '-deletedAt' },
    },
  }
  return { ...trashable, trash }
}

/** The condition of the rows a model speaks of: those that exist, or those deleted by themselves. */
export function liveCondition(model: EntityModel, alias: string): string | undefined {
  if (!model.trashable) return undefined
  return model.trashed
    ? `${alias}.deleted_at IS NOT NULL AND ${alias}.deleted_with IS NULL`
    : `${alias}.deleted_at IS NULL`
}
