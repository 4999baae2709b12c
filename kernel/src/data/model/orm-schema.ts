import { EntitySchema } from '@mikro-orm/postgresql'
import type { EntityModel, FieldModel } from './entity-model.ts'
import { fieldSql } from './field-sql.ts'
import { constraintName } from './names.ts'

const TENANT = `tenant_id = current_setting('plinth.tenant')::uuid`

/** Field sets that are unique within the tenant, with the name of their constraint. */
export function uniqueSets(
  model: EntityModel,
): readonly { readonly name: string; readonly fields: readonly string[] }[] {
  const single = model.fields.filter((field) => field.declaration.unique).map((field) => [field.name])
  return [...single, ...(model.declaration.unique ?? [])].map((fields) => ({
    fields,
    name: constraintName(
      model.table,
      'key',
      fields.map((field) => model.byName.get(field)!.column),
    ),
  }))
}

/** Columns with an index of their own: declared ones, references, and the default order of the list. */
function indexed(model: EntityModel): FieldModel[] {
  const sort = model.declaration.list?.sort?.replace(/^-/, '')
  return model.fields.filter(
    (field) =>
      !field.declaration.unique &&
      (field.declaration.indexed ||
        field.target !== undefined ||
        field.name === sort ||
        field.name === 'createdAt' ||
        (field.declaration.type === 'member' && !field.base)),
  )
}

/** The MikroORM entity of a model: for the unit of work, and for computing the tables. */
export function ormSchema(model: EntityModel, databaseSchema: string): EntitySchema {
  const properties: Record<string, unknown> = {
    tenantId: { type: 'uuid', fieldName: 'tenant_id', primary: true },
  }
  for (const field of model.fields) properties[field.name] = property(field)
  return new EntitySchema({
    name: model.id,
    tableName: model.table,
    schema: databaseSchema,
    properties: properties as never,
    uniques: uniqueSets(model).map(({ name, fields }) => ({
      name,
      properties: ['tenantId', ...fields] as never,
    })),
    indexes: indexed(model).map((field) => ({
      name: constraintName(model.table, 'idx', [field.column]),
      properties: ['tenantId', field.name, 'id'] as never,
    })),
    rowLevelSecurity: 'force',
    policies: [{ name: 'tenant', using: TENANT, check: TENANT }],
  })
}

function property(field: FieldModel): unknown {
  const { type, scale, default: initial } = field.declaration
  const sql = fieldSql[type]
  return {
    type: sql.orm,
    fieldName: field.column,
    columnTypes: [type === 'decimal' && scale !== undefined ? `numeric(20,${scale})` : sql.column],
    nullable: !field.notNull,
    ...(sql.collation ? { collation: sql.collation } : {}),
    ...(initial === 'now' && (type === 'date' || type === 'datetime') ? { defaultRaw: 'now()' } : {}),
    ...(initial !== undefined && initial !== 'now' && typeof initial !== 'object'
      ? { default: initial }
      : {}),
    ...(field.name === 'id' ? { primary: true } : {}),
    ...(field.name === 'version' ? { version: true } : {}),
  }
}
