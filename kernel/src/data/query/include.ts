import { selected } from './compile-columns.ts'
import type { ChildrenModel, EntityModel, FieldModel, Models } from '../model/entity-model.ts'

/** Records that come along with others: where a reference leads, the member a field names, or children. */
export interface Include {
  /** Key in the answer. */
  readonly name: string
  /** Nothing where a member comes along. */
  readonly target: EntityModel | undefined
  readonly via: FieldModel | ChildrenModel
  /** undefined: of a reference its label alone, of children all. */
  readonly fields: readonly FieldModel[] | undefined
  readonly include: readonly Include[]
}

/** Records that may come along with those of one entity. */
const MOST = 20

/** One step below another, no further: `lines.product`, `customer.owner`. */
const MOST_STEPS = 2

type Fault = (code: string, detail: string) => void

interface Draft {
  fields: Set<string> | undefined
  readonly below: Map<string, Draft>
}

/**
 * Reads what comes along: names of references and of children, each alone, with a step further (`customer.owner`), in full
 * (`customer.*`) or with some of its fields (`customer(name,city)`).
 */
export function parseInclude(
  model: EntityModel,
  text: string | null,
  models: Models,
  fault: Fault,
): Include[] {
  if (text === null || text === '') return []
  const root = new Map<string, Draft>()
  const custom = new Set<FieldModel>()
  for (const part of text.split(/,(?![^(]*\))/)) {
    const own = model.custom.find(({ include }) => include === part)
    if (own) {
      custom.add(own)
      continue
    }
    const [, path, list] =
      /^([A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*(?:\.\*)?)(?:\(([A-Za-z0-9.,]+)\))?$/.exec(part) ?? []
    const steps = path?.split('.') ?? []
    const whole = steps.at(-1) === '*'
    if (whole) steps.pop()
    if (path === undefined || steps.length === 0 || (whole && list !== undefined)) {
      fault('syntax', `"${part}" is none of "name", "name.name", "name.*" and "name(field,field)".`)
      continue
    }
    if (steps.length > MOST_STEPS) {
      fault('too_deep', `"${part}" goes further than ${MOST_STEPS} steps.`)
      continue
    }
    const fields = whole ? ['*'] : list?.split(',')
    for (const field of fields ?? ['']) plant(root, steps, field)
  }
  const found = [
    ...resolve(model, model, root, models, fault),
    ...[...custom].flatMap((via) => labelOf(via, models)),
  ]
  if (count(found) > MOST) fault('too_many', `At most ${MOST} kinds of records come along.`)
  return found
}

function plant(root: Map<string, Draft>, steps: readonly string[], field: string): void {
  let level = root
  let draft: Draft | undefined
  for (const step of steps) {
    draft = level.get(step) ?? { fields: undefined, below: new Map() }
    level.set(step, draft)
    level = draft.below
  }
  if (field !== '') draft!.fields = new Set([...(draft!.fields ?? []), field])
}

function resolve(
  root: EntityModel,
  model: EntityModel,
  drafts: ReadonlyMap<string, Draft>,
  models: Models,
  fault: Fault,
): Include[] {
  return [...drafts].flatMap(([name, draft]) => {
    const via =
      model.fields.find((field) => field.include === name) ??
      model.children.find((each) => each.name === name)
    if (!via) {
      fault('unknown', `${model.id} has nothing to include as "${name}".`)
      return []
    }
    const target = models.get('entity' in via ? via.entity : (via.target ?? ''))
    // What is switched off, or out of the plugin's reach, is like what is not there.
    if (!target || !root.reach.has(target.plugin)) {
      if (draft.fields || draft.below.size > 0)
        fault('unknown', `There is nothing to include below "${name}".`)
      return 'declaration' in via && isMember(via) ? [memberOf(via)] : []
    }
    const fields = draft.fields && fieldsOf(target, draft.fields, fault)
    return [{ name, target, via, fields, include: resolve(root, target, draft.below, models, fault) }]
  })
}

function fieldsOf(model: EntityModel, names: ReadonlySet<string>, fault: Fault): readonly FieldModel[] {
  if (names.has('*')) return model.fields
  const found = [...names].map((name) => {
    const field = model.byName.get(name)
    if (!field) fault('unknown_field', `${model.id} has no field "${name}".`)
    return field
  })
  const always = ['id', 'version'].map((name) => model.byName.get(name)!)
  return selected(model, [...always, ...found.filter((field) => field !== undefined)])
}

function count(includes: readonly Include[]): number {
  return includes.reduce((sum, each) => sum + 1 + count(each.include), 0)
}

/** The labels of the records these fields refer to, as far as they are there. */
export function labelsOf(fields: readonly FieldModel[], models: Models): Include[] {
  return fields
    .flatMap((field) => field.members ?? [field])
    .filter((via) => !isMember(via))
    .flatMap((via) => labelOf(via, models))
}

function labelOf(via: FieldModel, models: Models): Include[] {
  if (isMember(via)) return [memberOf(via)]
  const target = via.target === undefined ? undefined : models.get(via.target)
  return target ? [{ name: via.include!, target, via, fields: undefined, include: [] }] : []
}

function isMember({ declaration }: FieldModel): boolean {
  return declaration.type === 'member'
}

function memberOf(via: FieldModel): Include {
  return { name: via.include!, target: undefined, via, fields: undefined, include: [] }
}
