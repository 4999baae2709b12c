import type { ImportWay } from '@plinth/sdk'
import { queryFields, type EntityModel, type FieldModel, type Models } from '../data/index.ts'
import { allColumns, type TransferColumn } from './transfer-column.ts'

/** What a column of a file can become. */
export interface Target {
  readonly name: string
  readonly field: FieldModel
  readonly part?: string
  /** Ways to give a reference or member. */
  readonly by?: readonly ImportWay[]
  readonly required: boolean
  /** Not written, but a record can be found by it. */
  readonly matchOnly: boolean
  readonly column: TransferColumn
}

/** Fields that tell one record from all others, the id first. What a mask hides is none: whether a record is found would tell. Nor is what is encrypted. */
export function matchFields(model: EntityModel): FieldModel[] {
  return queryFields(model).filter(
    ({ name, columns, declaration: { unique, mask, encrypted } }) =>
      name === 'id' || (unique === true && mask === undefined && !encrypted && columns.length === 1),
  )
}

/**
 * All targets of an entity.
 *
 * @param models entities whose records can be referred to
 */
export function importTargets(model: EntityModel, models: Models): Target[] {
  const matching = new Set(matchFields(model))
  return allColumns(model).flatMap((column): Target[] => {
    const { field, part } = column
    const { declaration } = field
    const readOnly = field.base || declaration.readOnly === true
    if ((readOnly && !matching.has(field)) || declaration.type === 'file') return []
    const by = waysToName(column, model, models)
    if (part === 'label' && !by) return []
    const required =
      declaration.required === true && declaration.default === undefined && !declaration.sequence
    const target = {
      name: column.name,
      field,
      ...(part === undefined ? {} : { part }),
      ...(by ? { by } : {}),
      required: required && part !== 'label',
      matchOnly: readOnly,
      column,
    }
    if (declaration.type !== 'money' || part !== 'amount') return [target]
    const whole: TransferColumn = { ...column, name: field.name, label: declaration.label }
    return [{ name: field.name, field, required, matchOnly: readOnly, column: whole }, target]
  })
}

const BY_LABEL: ImportWay = { name: 'label', label: { en: 'Name', de: 'Name' } }
const MEMBER_WAYS: ImportWay[] = [
  { name: 'name', label: { en: 'Name', de: 'Name' } },
  { name: 'email', label: { en: 'E-mail', de: 'E-Mail' } },
]

function waysToName(
  { field, part }: TransferColumn,
  model: EntityModel,
  models: Models,
): ImportWay[] | undefined {
  if (part !== 'label') return undefined
  if (field.declaration.type === 'member') return MEMBER_WAYS
  const target = field.target === undefined ? undefined : models.get(field.target)
  // Beyond the reach of the plugin, records are given by their id.
  if (!target || !model.reach.has(target.plugin)) return undefined
  const plain = target.fields.filter(
    ({ declaration: { type, unique, mask, encrypted } }) =>
      mask === undefined && !encrypted && (unique || type === 'string' || type === 'email'),
  )
  const fields = plain.filter((each) => each.columns.length === 1)
  return [BY_LABEL, ...fields.map(({ name, declaration: { label } }) => ({ name, label }))]
}
