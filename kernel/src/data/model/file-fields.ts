import type { EntityModel, FieldModel } from './entity-model.ts'

const known = new WeakMap<EntityModel, readonly FieldModel[]>()

/** The fields of an entity that hold files. */
export function fileFields(model: EntityModel): readonly FieldModel[] {
  let fields = known.get(model)
  if (!fields) {
    fields = model.fields.filter(({ declaration }) => declaration.type === 'file')
    known.set(model, fields)
  }
  return fields
}

/** How the table of files names a field: by what stays when it is renamed. */
export function filePlace({ table }: EntityModel, { column }: FieldModel): string {
  return `${table}.${column}`
}
