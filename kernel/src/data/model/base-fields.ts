import type { FieldType, Text } from '@plinth/sdk'
import type { FieldModel } from './entity-model.ts'

const base = (name: string, column: string, type: FieldType, label: Text, notNull = true): FieldModel => ({
  name,
  columns: [column],
  column,
  base: true,
  notNull,
  declaration: { type, label, readOnly: true },
})

/** What every record has. `tenant_id` is not among them: it never leaves the database and is never accepted. */
export const baseFields: readonly FieldModel[] = [
  base('id', 'id', 'ref', { en: 'Id', de: 'Kennung' }),
  base('version', 'version', 'int', { en: 'Version', de: 'Version' }),
  base('createdAt', 'created_at', 'datetime', { en: 'Created', de: 'Angelegt' }),
  base('createdBy', 'created_by', 'member', { en: 'Created by', de: 'Angelegt von' }, false),
  base('updatedAt', 'updated_at', 'datetime', { en: 'Changed', de: 'Geändert' }),
  base('updatedBy', 'updated_by', 'member', { en: 'Changed by', de: 'Geändert von' }, false),
]
