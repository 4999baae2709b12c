import { BigIntType, EntitySchema } from '@mikro-orm/postgresql'
import type { EntityModel, FieldModel } from './entity-model.ts'
import { CUSTOM_SEARCH } from './custom-fields.ts'
import { literalDefault, propertyNames, toColumns } from './field-columns.ts'
import { columnsSql, type ColumnSql } from './field-sql.ts'
import { constraintName } from './names.ts'
import { trashFields } from './trash.ts'

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
  for (const field of model.trashable ? [...model.fields, ...trashFields] : model.fields) {
    const defaults = defaultsOf(field)
    if (field.blind !== undefined)
      properties[field.blind] = {
        type: 'blob',
        fieldName: field.blind,
        columnTypes: ['bytea'],
        nullable: !field.notNull,
      }
    columnsSql(field.declaration).forEach((column, index) => {
      const name = propertyNames(field)[index]!
      properties[name] = property(field, column, field.columns[index]!, defaults[name])
    })
  }
  // Shown in no answer: the searchable texts of custom fields, kept with them.
  if (model.declaration.extensible)
    properties['_customSearch'] = { type: 'text', fieldName: CUSTOM_SEARCH, nullable: true }
  return new EntitySchema({
    name: model.id,
    tableName: model.table,
    schema: databaseSchema,
    properties: properties as never,
    // Values of records in the trash are free again: then they are partial indexes, see `addTrash`.
    uniques: model.trashable
      ? []
      : uniqueSets(model).map(({ name, fields }) => ({
          name,
          properties: ['tenantId', ...fields.map((field) => keyProperty(model.byName.get(field)!))] as never,
        })),
    indexes: indexed(model).map((field) => ({
      name: constraintName(model.table, 'idx', [field.column]),
      properties: ['tenantId', keyProperty(field), 'id'] as never,
    })),
    rowLevelSecurity: 'force',
    policies: [{ name: 'tenant', using: TENANT, check: TENANT }],
  })
}

/** What an index has of a field: its first column, or what stands for an encrypted one. */
function keyProperty(field: FieldModel): string {
  return field.blind ?? propertyNames(field)[0]!
}

/** Defaults that can stand at the columns, by property name. */
function defaultsOf(field: FieldModel): Readonly<Record<string, unknown>> {
  const initial = literalDefault(field.declaration)
  if (initial === undefined || initial === 'now' || Array.isArray(initial)) return {}
  return toColumns(field, initial)
}

/** What a field is in the database, column by column. */
export function physicalColumns(
  field: FieldModel,
): readonly { readonly name: string; readonly type: string; readonly collation: string | undefined }[] {
  return columnsSql(field.declaration).map((column, index) => ({
    name: field.columns[index]!,
    type: columnType(field, column),
    collation: column.collation,
  }))
}

function columnType(field: FieldModel, column: ColumnSql): string {
  const { type, scale } = field.declaration
  return type === 'decimal' && column.type !== 'bytea' && scale !== undefined
    ? `numeric(20,${scale})`
    : column.type
}

function property(field: FieldModel, column: ColumnSql, fieldName: string, initial: unknown): unknown {
  const { type, default: declared } = field.declaration
  return {
    // As text, which is what the conversion to amounts goes by.
    type: column.orm === 'bigint' ? new BigIntType('string') : column.orm,
    fieldName,
    columnTypes: [columnType(field, column)],
    nullable: !field.notNull,
    ...(column.collation ? { collation: column.collation } : {}),
    ...(declared === 'now' && (type === 'date' || type === 'datetime') ? { defaultRaw: 'now()' } : {}),
    ...(initial === undefined ? {} : { default: initial }),
    // Records from before their entity became a child of another.
    ...(field.base && field.name === 'ordinal' ? { default: 0 } : {}),
    ...(field.members ? { defaultRaw: `'{}'` } : {}),
    ...(field.name === 'id' ? { primary: true } : {}),
  }
}
