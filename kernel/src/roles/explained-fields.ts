import type { ConditionField, FieldRule, Filter, RoleGrant } from '@plinth/sdk'
import type { Access } from '../access/index.ts'
import { queryFields, type EntityModel, type FieldModel } from '../data/index.ts'
import type { PluginView } from '../plugins/index.ts'

/** The fields that conditions of grants are about, as far as the entity still has them. */
export function fieldsOfConditions(
  { entities }: Pick<PluginView, 'entities'>,
  model: EntityModel | undefined,
  grants: readonly RoleGrant[],
): ConditionField[] {
  if (!model) return []
  const names = new Set(grants.flatMap(({ condition }) => (condition ? namesIn(condition) : [])))
  return queryFields(model)
    .filter(({ name }) => names.has(name))
    .map(({ name, target, declaration: { label, type, values } }) => ({
      name,
      label,
      type,
      ...(values ? { values } : {}),
      ...leadTo(entities, target),
    }))
}

/** Where the records are that a field names, while their plugin is on. What they are called, their own address tells those who may see them. */
export function leadTo(
  entities: PluginView['entities'],
  target: string | undefined,
): Pick<ConditionField, 'ref'> {
  const other = target === undefined ? undefined : entities.get(target)
  return other ? { ref: { entity: other.id, api: `/api/v1/${other.path}` } } : {}
}

function namesIn(filter: Filter): string[] {
  return Object.entries(filter).flatMap(([key, value]) => {
    if (key === 'and' || key === 'or') return (value as readonly Filter[]).flatMap((each) => namesIn(each))
    return key === 'not' ? namesIn(value as Filter) : [key]
  })
}

/**
 * What holds for single fields of an entity, of those that are no plain values.
 *
 * @param action what is done with the records: `read`, `update` …
 * @param access the rights of the one it is about
 */
export function fieldRules(model: EntityModel | undefined, action: string, access: Access): FieldRule[] {
  if (!model) return []
  const rule = { read: ruleOfReading, export: ruleOfReading, create: ruleOfWriting, update: ruleOfWriting }[
    action
  ]
  if (!rule) return []
  return queryFields(model)
    .filter((field) => !field.base && !field.members)
    .flatMap((field) => {
      const found = rule(model, field, access, action)
      return found ? [{ name: field.name, label: field.declaration.label, rule: found }] : []
    })
}

function ruleOfReading(
  model: EntityModel,
  { name, declaration }: FieldModel,
  access: Access,
): FieldRule['rule'] | undefined {
  if (declaration.mask === undefined) return undefined
  const revealed = access.rows(model, 'reveal', name)
  if (revealed === true) return 'shown'
  return revealed === false ? 'masked' : 'partly'
}

function ruleOfWriting(
  model: EntityModel,
  { name, declaration: { readOnly, computed, sequence, immutable, mask } }: FieldModel,
  access: Access,
  action: string,
): FieldRule['rule'] | undefined {
  if (readOnly || computed || sequence) return 'readOnly'
  if (immutable && action === 'update') return 'immutable'
  const isBlind =
    mask !== undefined &&
    access.rows(model, 'reveal', name) === false &&
    access.rows(model, 'replace', name) === false
  return isBlind ? 'masked' : undefined
}
