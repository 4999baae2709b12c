import type { ChildrenMeta, EntityMeta, FieldMeta } from '@plinth/sdk'
import type { Access } from '../access/index.ts'
import { queryFields, type EntityModel, type FieldModel } from '../data/index.ts'
import type { PluginView } from '../plugins/index.ts'
import { actionsMeta } from './action-meta.ts'
import { fieldMeta } from './field-meta.ts'
import { shellEntity } from './shell-document.ts'

/** Everything lists, details and forms of an entity are drawn from, as far as the actor may know it. */
export function entityMeta(model: EntityModel, view: PluginView, access: Access): EntityMeta {
  const { id, label, labelPlural, icon, path, api, can, trash } = shellEntity(model, access)
  const declared = model.fields.filter((field) => !field.base && !field.members)
  const names = declared.map((field) => field.name)
  const { list, form, extensible } = model.declaration
  const custom = model.custom.map((field) => field.name)
  return {
    id,
    label,
    labelPlural,
    icon,
    path,
    api,
    display: model.display,
    fields: queryFields(model).map((field) => ({
      ...fieldMeta(field, view),
      ...(field.declaration.type === 'file' ? { file: { api } } : {}),
      ...maskMeta(model, field, access),
    })),
    list: {
      columns: [
        ...(list?.columns ?? names.slice(0, 6)),
        ...model.custom.filter((field) => field.custom!.listed).map((field) => field.name),
      ],
      sort: list?.sort ?? '-createdAt',
      filters: [...(list?.filters ?? []), ...model.custom.filter(isQuickFilter).map((field) => field.name)],
      searchable: [...declared, ...model.custom].some((field) => field.declaration.search),
    },
    form: {
      groups: [
        ...(form?.groups ?? [{ label: null, fields: names }]),
        ...(custom.length > 0 ? [{ label: CUSTOM_GROUP, fields: custom }] : []),
      ],
    },
    ...(extensible && access.can('platform.kernel.customField.manage') ? { extend: true } : {}),
    related: relatedTo(model, view, access),
    can,
    ...(access.can(model.permission('export')) ? { exportable: true } : {}),
    ...(trash ? { trash } : {}),
    ...transitionsMeta(model, access),
    ...childrenMeta(model, view, access),
    ...checksMeta(model),
    ...actionsMeta(model, view, access),
  }
}

/** Children that may be seen. Through their parent more may be possible than at their own address. */
function childrenMeta(model: EntityModel, view: PluginView, access: Access): Pick<EntityMeta, 'children'> {
  const children = model.children.flatMap(({ name, entity, field, min, max }): ChildrenMeta[] => {
    const child = view.entities.get(entity)
    if (!child || !access.can(child.permission('read'))) return []
    const label = model.declaration.children?.[name]?.label ?? child.declaration.labelPlural
    const can = OPERATIONS.filter((operation) => access.can(child.permission(operation)))
    return [{ name, entity, field, label, min, max, can }]
  })
  return children.length > 0 ? { children } : {}
}

const OPERATIONS = ['create', 'update', 'delete'] as const

function checksMeta({ declaration }: EntityModel): Pick<EntityMeta, 'checks'> {
  const checks = (declaration.checks ?? []).map(({ id, field, message }) => ({ id, field, message }))
  return checks.length > 0 ? { checks } : {}
}

const CUSTOM_GROUP = { en: 'More details', de: 'Weitere Angaben' }

function isQuickFilter({ declaration: { type } }: FieldModel): boolean {
  return type === 'enum' || type === 'bool' || type === 'member'
}

/** The moves the actor may make; whether the record at hand is one of theirs is found out when they make it. */
function transitionsMeta(model: EntityModel, access: Access): Pick<EntityMeta, 'transitions'> {
  const { transitions } = model.declaration
  if (!transitions) return {}
  const mayUpdate = model.operations.has('update') && access.can(model.permission('update'))
  const moves = transitions.moves
    .filter(({ permission }) => mayUpdate && (permission === undefined || access.can(permission)))
    .map(({ from, to, label }) => ({ from, to, label }))
  return { transitions: { field: transitions.field, initial: transitions.initial, moves } }
}

/** Whether masks can be lifted in the record at hand is found out when that is tried. */
function maskMeta(model: EntityModel, field: FieldModel, access: Access): Pick<FieldMeta, 'mask'> {
  const kind = field.declaration.mask
  if (kind === undefined) return {}
  const may = (action: string): boolean => access.rows(model, action, field.name) !== false
  // Writing a value that must be unique would tell of others.
  const unique = field.declaration.unique === true
  return { mask: { kind, reveal: may('reveal'), replace: may('reveal') || (!unique && may('replace')) } }
}

function relatedTo(model: EntityModel, view: PluginView, access: Access): EntityMeta['related'] {
  return [...view.entities.values()]
    .filter((other) => access.can(other.permission('read')))
    .flatMap((other) =>
      queryFields(other)
        .filter((field) => field.target === model.id && !isChild(model, other, field))
        .map((field) => ({ entity: other.id, field: field.name, label: other.declaration.labelPlural })),
    )
}

/** Children come with their parent, not beside it. */
function isChild(model: EntityModel, other: EntityModel, { name }: FieldModel): boolean {
  return model.children.some(({ entity, field }) => entity === other.id && field === name)
}
