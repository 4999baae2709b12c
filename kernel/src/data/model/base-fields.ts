import type { FieldType, Text } from '@plinth/sdk'
import type { FieldModel } from './entity-model.ts'

/** A field every record of some kind has without declaring it. */
export const baseField = (
  name: string,
  column: string,
  type: FieldType,
  label: Text,
  notNull = true,
): FieldModel => ({
  name,
  columns: [column],
  column,
  base: true,
  notNull,
  declaration: { type, label, readOnly: true },
})

/** What every record has. `tenant_id` is not among them: it never leaves the database and is never accepted. */
export const baseFields: readonly FieldModel[] = [
  baseField('id', 'id', 'ref', { en: 'Id', de: 'Kennung' }),
  baseField('version', 'version', 'int', { en: 'Version', de: 'Version' }),
  baseField('createdAt', 'created_at', 'datetime', { en: 'Created', de: 'Angelegt' }),
  baseField('createdBy', 'created_by', 'member', { en: 'Created by', de: 'Angelegt von' }, false),
  baseField('updatedAt', 'updated_at', 'datetime', { en: 'Changed', de: 'Geändert' }),
  baseField('updatedBy', 'updated_by', 'member', { en: 'Changed by', de: 'Geändert von' }, false),
]

/** Of entities that are children of another: the place of a record among its siblings, from 1. The kernel keeps it. */
export const ordinalField: FieldModel = baseField('ordinal', 'ordinal', 'int', {
  en: 'Position',
  de: 'Position',
})
