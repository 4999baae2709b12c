import type { ChildrenMeta, EntityMeta, FieldMeta, ProblemError } from '@plinth/sdk'
import { pick } from '../i18n/locale.ts'
import { changedFields, createdFields, isChanged, type FormValues } from './changed-fields.ts'
import { initialValues } from './initial-values.ts'
import { pointerParts } from './problems.ts'
import { t } from './texts.ts'

/** A collection that is saved with a record, and what its records consist of. */
export interface ChildForm {
  readonly collection: ChildrenMeta
  readonly meta: EntityMeta
}

/** One child while it is being edited. */
export interface ChildDraft {
  readonly key: string
  /** The child as it was loaded, or what a new one starts with. */
  readonly initial: FormValues
  readonly values: FormValues
  /** Refusals, with pointers into the child. */
  readonly problems: readonly ProblemError[]
  /** Codes of typed texts that are no values. */
  readonly unreadable: ReadonlyMap<string, string>
}

type Rows = readonly FormValues[]

let drafted = 0

/** The drafts of children that are there. */
export function draftsOf(rows: Rows): ChildDraft[] {
  return rows.map((initial) => draftOf(String(initial['id']), initial))
}

export function newDraft(fields: readonly FieldMeta[]): ChildDraft {
  drafted += 1
  return draftOf(`new-${drafted}`, initialValues(fields))
}

function draftOf(key: string, initial: FormValues): ChildDraft {
  return { key, initial, values: { ...initial }, problems: [], unreadable: new Map() }
}

export function isNew({ initial }: ChildDraft): boolean {
  return initial['id'] === undefined
}

/** The fields of a child that can be filled in: all but the one that leads to the parent, which goes without saying. */
export function childFields({ collection, meta }: ChildForm): FieldMeta[] {
  return meta.fields.filter(
    (field) =>
      !field.readOnly && field.name !== collection.field && (field.type !== 'ref' || field.ref !== undefined),
  )
}

/** Whether one of a child's own values differs from what was loaded. */
export function isEdited(fields: readonly FieldMeta[], { initial, values, unreadable }: ChildDraft): boolean {
  return (
    unreadable.size > 0 || fields.some((field) => isChanged(field, initial[field.name], values[field.name]))
  )
}

/** Whether saving would change anything: a child has come, gone, moved or changed. */
export function areChanged(
  fields: readonly FieldMeta[],
  before: Rows,
  drafts: readonly ChildDraft[],
): boolean {
  return (
    drafts.length !== before.length ||
    drafts.some((draft, index) => draft.key !== before[index]!['id'] || isEdited(fields, draft))
  )
}

/** The collection as it is sent: the wished state, of present children only what changed. */
export function sentItems(fields: readonly FieldMeta[], drafts: readonly ChildDraft[]): FormValues[] {
  return drafts.map((draft) =>
    isNew(draft)
      ? createdFields(fields, draft.values)
      : { id: draft.initial['id'], ...changedFields(fields, draft.initial, draft.values) },
  )
}

/** Moves a draft by so many places, as far as there are any. */
export function moved(drafts: readonly ChildDraft[], from: number, by: number): readonly ChildDraft[] {
  const to = from + by
  if (to < 0 || to >= drafts.length) return drafts
  const rest = drafts.toSpliced(from, 1)
  return rest.toSpliced(to, 0, drafts[from]!)
}

/**
 * Keeps what the person did, on top of what someone else has saved meanwhile: values they changed, children they added or removed, and
 * their order. What is new since comes last. A child that is gone comes back as a new one if they changed it, else it stays gone.
 */
export function rebased(
  fields: readonly FieldMeta[],
  before: Rows,
  latest: Rows,
  drafts: readonly ChildDraft[],
): ChildDraft[] {
  const now = new Map(latest.map((row) => [row['id'], row]))
  const known = new Set(before.map((row) => row['id']))
  const kept = drafts.flatMap((draft): ChildDraft[] => {
    if (isNew(draft)) return [draft]
    const initial = now.get(draft.initial['id'])
    if (initial) return [{ ...draft, initial, values: { ...initial, ...ownChanges(fields, draft) } }]
    if (!isEdited(fields, draft)) return []
    const { id: _id, version: _version, ...values } = draft.values
    return [{ ...newDraft([]), values }]
  })
  return [...kept, ...draftsOf(latest.filter((row) => !known.has(row['id'])))]
}

/** A value of a child that two people have changed, each in their own way. */
export interface ContestedValue {
  /** Where it stands, for a person to read. */
  readonly label: string
  readonly field: FieldMeta
  readonly theirs: FormValues
  readonly yours: FormValues
}

/** What someone else has saved otherwise than the person changed it here. */
export function contestedValues(
  { collection, meta }: ChildForm,
  latest: Rows,
  drafts: readonly ChildDraft[],
): ContestedValue[] {
  const fields = childFields({ collection, meta })
  return drafts.flatMap((draft, index) => {
    const theirs = latest.find((row) => row['id'] === draft.initial['id'])
    if (isNew(draft) || !theirs) return []
    const place = `${pick(collection.label)} · ${t('children.place', { place: index + 1 })}`
    const differs = (field: FieldMeta, one: FormValues, other: FormValues): boolean =>
      isChanged(field, one[field.name], other[field.name])
    return fields
      .filter(
        (field) =>
          differs(field, draft.initial, draft.values) &&
          differs(field, draft.initial, theirs) &&
          differs(field, theirs, draft.values),
      )
      .map((field) => ({ label: `${place} · ${pick(field.label)}`, field, theirs, yours: draft.values }))
  })
}

function ownChanges(fields: readonly FieldMeta[], { initial, values }: ChildDraft): FormValues {
  return Object.fromEntries(
    fields
      .filter((field) => isChanged(field, initial[field.name], values[field.name]))
      .map((field) => [field.name, values[field.name]]),
  )
}

/** Refusals by the place of their child, and those of the collection itself. Pointers of the former lead into the child. */
export function problemsByChild(
  name: string,
  errors: readonly ProblemError[],
): {
  readonly children: ReadonlyMap<number, readonly ProblemError[]>
  readonly own: readonly ProblemError[]
} {
  const children = new Map<number, ProblemError[]>()
  const own: ProblemError[] = []
  for (const error of errors) {
    const [first, place] = pointerParts(error.pointer)
    if (first !== name) continue
    if (place === undefined) own.push(error)
    else {
      const pointer = error.pointer
        .split('/')
        .slice(3)
        .map((part) => `/${part}`)
        .join('')
      children.set(Number(place), [...(children.get(Number(place)) ?? []), { ...error, pointer }])
    }
  }
  return { children, own }
}

/** A place in a collection, or the collection itself, that something was refused of. */
export interface ChildPlace {
  readonly name: string
  readonly index: number | undefined
  /** What it is called. */
  readonly label: string
}

/** Where among the children something was refused, each place once. */
export function childPlaces(forms: readonly ChildForm[], errors: readonly ProblemError[]): ChildPlace[] {
  return forms.flatMap(({ collection: { name, label } }) => {
    const { children, own } = problemsByChild(name, errors)
    const list = pick(label)
    return [
      ...(own.length > 0 ? [{ name, index: undefined, label: list }] : []),
      ...[...children.keys()]
        .toSorted((left, right) => left - right)
        .map((index) => ({ name, index, label: `${list} · ${t('children.place', { place: index + 1 })}` })),
    ]
  })
}

const NOBODY: Rows = []

/** The children of a record that came along with it. Always the same list where there is none. */
export function childrenIn(record: FormValues, { collection }: ChildForm): Rows {
  return (record[collection.name] as Rows | undefined) ?? NOBODY
}
