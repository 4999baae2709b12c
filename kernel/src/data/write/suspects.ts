import type { ProblemError } from '@plinth/sdk'
import { CUSTOM } from '../model/custom-fields.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { isUuid } from '../uuid.ts'
import { strangeFiles } from './admit-files.ts'
import { valueIn } from './custom-values.ts'
import { normalField } from './normalise.ts'
import type { RecordJson } from './render-record.ts'
import type { LoneWrite } from './write.ts'

/** A reference that may be one that leads nowhere. */
export interface Suspect {
  readonly pointer: string
  readonly id: string
  readonly isMember: boolean
  /** Table of the record it leads to; nothing where that entity is not here now, or it is a member. */
  readonly table: string | undefined
}

/** What a request says of one record, unchecked. */
export interface Said {
  readonly write: LoneWrite
  readonly input: unknown
  /** The record as it is, if there is one. */
  readonly before?: RecordJson | undefined
  readonly pointer: string
  /** The field that leads to the parent, which is none of the request's business. */
  readonly link?: string
}

/** The references among some fields of a record, or of what may become one. */
export function suspectsOf(
  { models }: LoneWrite,
  fields: readonly FieldModel[],
  record: RecordJson,
  pointer = '',
): Suspect[] {
  return fields.flatMap((field) => {
    const { name, base, custom, declaration, target } = field
    if (base || (declaration.type !== 'ref' && declaration.type !== 'member')) return []
    const id = normalField(declaration, valueIn(record, field))
    const isMember = declaration.type === 'member'
    const table = target === undefined ? undefined : models.get(target)?.table
    if (!isUuid(id) || (!isMember && !custom && table === undefined)) return []
    return [{ pointer: `${pointer}/${custom ? `${CUSTOM}/${custom.key}` : name}`, id, isMember, table }]
  })
}

/** The references a request gives. What stands in a record already may stay. */
export function suspectsSaid({ write, input, before, pointer, link }: Said): Suspect[] {
  if (!isObject(input)) return []
  const fields = fieldsOf(write).filter(
    // Of what a mask hides nobody shall learn that it is the same.
    (field) =>
      field.name !== link &&
      (!before ||
        field.declaration.mask !== undefined ||
        normalField(field.declaration, valueIn(input, field)) !== valueIn(before, field)),
  )
  return suspectsOf(write, fields, input, pointer)
}

/** The files a request gives that are known to be none for these fields. */
export function filesRefused({ write, input, before, pointer }: Said): ProblemError[] {
  if (!isObject(input)) return []
  return strangeFiles(write, input, before).map((error) => ({
    ...error,
    pointer: `${pointer}${error.pointer}`,
  }))
}

/** Declared fields, and those the tenant has added. */
export function fieldsOf({ model }: LoneWrite): readonly FieldModel[] {
  return [...model.fields, ...model.custom]
}

function isObject(value: unknown): value is RecordJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
