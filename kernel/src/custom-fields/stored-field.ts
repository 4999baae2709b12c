import type { CustomFieldDocument, CustomFieldType, FieldDeclaration, Text } from '@plinth/sdk'
import { entityNamed, type Models } from '../data/index.ts'

/** What is stored of a custom field besides its name and place. The pattern stands as it was given; it means the whole value. */
export type StoredDeclaration = Omit<FieldDeclaration, 'type'> & {
  readonly type: CustomFieldType
  readonly label: Text
  readonly listed?: boolean
}

/** A row of `plinth.custom_field`. */
export interface StoredField {
  readonly id: string
  readonly entity: string
  readonly name: string
  readonly declaration: StoredDeclaration
  readonly position: number
  readonly archivedAt: string | null
  readonly version: number
}

/** Columns of a row as JSON members, times as the API writes them. */
export const STORED_COLUMNS = `id, entity, name, declaration, position, to_json(archived_at) #>> '{}' AS "archivedAt", version`

/** A definition whose target may have had another name when it was stored, with the name it has now. */
export function presentField(row: StoredField, models: Models): StoredField {
  const { declaration } = row
  const target = declaration.entity === undefined ? undefined : entityNamed(models, declaration.entity)
  return target ? { ...row, declaration: { ...declaration, entity: target.id } } : row
}

/** The definition as the API shows it. */
export function toDocument({ declaration, ...row }: StoredField): CustomFieldDocument {
  const { id, entity, name, position, archivedAt, version } = row
  const { pattern, entity: target, ...rest } = declaration
  const own = {
    ...(pattern === undefined ? {} : { pattern: pattern.slice(4, -2) }),
    ...(target === undefined ? {} : { target }),
  }
  return { id, entity, name, ...rest, ...own, position, archivedAt, version }
}
