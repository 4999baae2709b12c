import { isMask, maskOf, type ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import { queryFields } from '../model/custom-fields.ts'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { uniqueSets } from '../model/orm-schema.ts'
import type { RowScope } from '../query/row-scope.ts'
import { isGiven, leftOut, valueIn } from './custom-values.ts'
import type { RecordJson } from './render-record.ts'
import { unreadableFields } from './unreadable-values.ts'

/** What of a request's masked fields is taken over. */
export interface AdmittedInput {
  readonly input: unknown
  /** Fields given a new value by someone who may not see the old one. They always count as changed: else a guess could be tried. */
  readonly unseen: ReadonlySet<string>
  /** Masks that came as values, which `input` leaves out: to be refused together with whatever else is wrong. */
  readonly masks: readonly ProblemError[]
}

type Meets = (rows: RowScope) => Promise<boolean>
type Rows = (action: string, field: string) => RowScope

/**
 * Looks at the masked fields of a change before anything else does. A mask that comes back as it was shown is no change. Whoever may
 * neither see nor replace a value is refused, and a value that must be unique is written only by whoever may see it: a collision
 * would tell that it exists.
 *
 * @param before the record in clear
 * @param meets whether the record is one of the given rows
 * @throws Failure `permission_missing` naming permission and fields
 */
export async function admitChanges(
  model: EntityModel,
  before: RecordJson,
  input: unknown,
  rows: Rows,
  meets: Meets,
): Promise<AdmittedInput> {
  const fields = maskedIn(model, input)
  if (fields.length === 0) return { input, unseen: new Set(), masks: [] }
  let rest = input as RecordJson
  const unseen = new Set<string>()
  const masks: FieldModel[] = []
  const refused: FieldModel[] = []
  for (const field of fields) {
    const { name, declaration } = field
    const value = valueIn(rest, field)
    if (isShownMask(field, before, value)) {
      rest = leftOut(rest, field)
      continue
    }
    if (!(await meets(rows('reveal', name)))) {
      if (isUnique(model, field) || !(await meets(rows('replace', name)))) refused.push(field)
      unseen.add(name)
    }
    if (!isMask(declaration.mask!, value)) continue
    masks.push(field)
    rest = leftOut(rest, field)
  }
  if (refused.length > 0) throw notPermitted(model, refused)
  return { input: rest, unseen, masks: noValues(masks) }
}

/**
 * Looks at the masked fields of a new record. There is nothing hidden yet but what others hold under the same unique value.
 *
 * @throws Failure `permission_missing` naming permission and fields
 */
export function admitNew(model: EntityModel, input: unknown, rows: Rows): Omit<AdmittedInput, 'unseen'> {
  const fields = maskedIn(model, input)
  const given = (field: FieldModel): unknown => valueIn(input as RecordJson, field)
  const refused = fields.filter(
    (field) => given(field) !== null && isUnique(model, field) && rows('reveal', field.name) !== true,
  )
  if (refused.length > 0) throw notPermitted(model, refused)
  const masks = fields.filter((field) => isMask(field.declaration.mask!, given(field)))
  return { input, masks: noValues(masks) }
}

/** Whether a value is what the record shows instead of its own. Of a value nobody can read any mask may have been shown. */
function isShownMask(field: FieldModel, before: RecordJson, value: unknown): boolean {
  const { mask } = field.declaration
  if (value === null) return false
  return (
    value === maskOf(mask!, valueIn(before, field)) ||
    (unreadableFields(before).includes(field.name) && isMask(mask!, value))
  )
}

function maskedIn(model: EntityModel, input: unknown): FieldModel[] {
  return queryFields(model).filter((field) => field.declaration.mask !== undefined && isGiven(input, field))
}

function isUnique(model: EntityModel, field: FieldModel): boolean {
  if (field.custom) return field.declaration.unique === true
  return uniqueSets(model).some((set) => set.fields.includes(field.name))
}

function notPermitted(model: EntityModel, fields: readonly FieldModel[]): Failure {
  const action = fields.some((field) => isUnique(model, field)) ? 'reveal' : 'replace'
  return new Failure('permission_missing', {
    errors: errorsAt(fields, 'hidden', 'You may not change what you may not see.'),
    extensions: { permission: model.permission(action) },
  })
}

function noValues(fields: readonly FieldModel[]): ProblemError[] {
  return errorsAt(fields, 'masked', 'This is a mask, not a value. Leave the field out to keep its value.')
}

function errorsAt(fields: readonly FieldModel[], code: string, detail: string): ProblemError[] {
  return fields.map(({ name }) => ({ pointer: `/${name.replace('.', '/')}`, code, detail }))
}
