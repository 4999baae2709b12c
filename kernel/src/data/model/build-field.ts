import type { FieldDeclaration } from '@plinth/sdk'
import type { FieldModel } from './entity-model.ts'
import { columnsSql } from './field-sql.ts'
import { blindColumn, columnName } from './names.ts'

/** A field as declared, in the column it has by its name or the one that is remembered. */
export function buildField(
  plugin: string,
  name: string,
  given: FieldDeclaration,
  column = columnName(name),
): FieldModel {
  const declaration = given.computed ? { ...given, readOnly: true } : given
  const notNull =
    declaration.required === true || declaration.sequence !== undefined || declaration.default !== undefined
  const columns = columnsSql(declaration).map(({ suffix }) => `${column}${suffix}`)
  const hasBlind = declaration.encrypted && (declaration.unique || declaration.indexed)
  const field = {
    name,
    columns,
    column: columns[0]!,
    declaration,
    base: false,
    notNull,
    ...(hasBlind ? { blind: blindColumn(column) } : {}),
  }
  const include = name.endsWith('Id') ? name.slice(0, -2) : `${name}Record`
  if (declaration.type === 'member') return { ...field, include }
  if (declaration.type !== 'ref' || declaration.entity === undefined) return field
  const target = declaration.entity.includes('.') ? declaration.entity : `${plugin}.${declaration.entity}`
  return { ...field, target, include }
}
