import { bindCondition, unmasking } from '../access/index.ts'
import { Failure } from '../errors.ts'
import {
  compileNamed,
  emptyRecord,
  maskRecord,
  withDefaults,
  type ActionModel,
  type EntityModel,
  type ReadScope,
  type RowScope,
  type SqlValues,
} from '../data/index.ts'
import { createHost } from './create-host.ts'
import { PluginCrash, runPluginCode } from './plugin-crash.ts'
import type { Work, WorkOrder } from './work.ts'

/*
 * What actions on records, collections and plugins have in common:
 * their input is checked → what it names is looked up → it is noted → the plugin's code runs.
 */

export type Json = Record<string, unknown>
type Handler = (call: object) => unknown

/** Something the input names by its id: a record of an entity, or a member where there is no entity. */
export interface Named {
  readonly field: string
  readonly id: string
  readonly model: EntityModel | undefined
}

export function verbOf({ permission }: ActionModel): string {
  return permission.slice(permission.lastIndexOf('.') + 1)
}

/** Records on which the actor may carry out an action, and on which it is offered: both must hold. */
export function offersOf(
  order: Pick<WorkOrder, 'access' | 'actor' | 'tenant'>,
  model: EntityModel,
  action: ActionModel,
): RowScope[] {
  return [order.access.rows(model, verbOf(action)), offeredOn(order, action)]
}

export function offeredOn(
  { actor, tenant }: Pick<WorkOrder, 'actor' | 'tenant'>,
  { when }: ActionModel,
): RowScope {
  return when ? bindCondition(when, actor.kind === 'member' ? actor.id : null, tenant.timeZone) : true
}

/**
 * Whether the actor may carry out an action where there are no records to tell. What reads shows them no more than they may see; what
 * changes something does so with the plugin's authority, and takes a permission that holds for all records.
 */
export function isOffered(
  { access }: Pick<WorkOrder, 'access'>,
  { permission, reads }: ActionModel,
): boolean {
  return reads ? access.can(permission) : access.holds(permission)
}

/** @throws Failure `permission_missing` */
export function requireOffered(order: Pick<WorkOrder, 'access'>, action: ActionModel): void {
  const { permission } = action
  if (!isOffered(order, action)) throw new Failure('permission_missing', { extensions: { permission } })
}

/** The records and members the input names, except those that are looked up anyway. */
export function namedIn(work: Work, { input, chosen }: ActionModel, values: Json): Named[] {
  return input.fields.flatMap(({ name, declaration: { type }, target }): Named[] => {
    const id = values[name]
    if (typeof id !== 'string' || (type !== 'ref' && type !== 'member') || chosen.includes(name)) return []
    return [{ field: name, id, model: target === undefined ? undefined : work.view.entities.get(target) }]
  })
}

/** The questions whether the actor may see what is named. */
export function askNamed(work: Work, named: readonly Named[], values: SqlValues): string[] {
  return named.map((each) => compileNamed(each.model, each.id, scopeOf(work), values))
}

/** @throws Failure `reference_unknown` */
export function refuseUnknown(named: readonly Named[], found: readonly boolean[]): void {
  const errors = named
    .filter((_, index) => !found[index])
    .map(({ field }) => ({ pointer: `/${field}`, code: 'reference', detail: 'There is no such record.' }))
  if (errors.length > 0) throw new Failure('reference_unknown', { errors })
}

/** The input as the handler gets it: with defaults, and null where nothing was said. */
export function completed(work: Work, { input }: ActionModel, checked: Json): Json {
  return { ...emptyRecord(input), ...withDefaults(input, checked, work.unit) }
}

/** Notes that the action was carried out, and what it was told. */
export function noteAction(
  work: Work,
  { id, type, action }: { readonly id: string; readonly type: string; readonly action: string },
  { input }: ActionModel,
  values: Json,
  more: Json = {},
): void {
  const after = { ...maskRecord(input, values), ...more }
  work.unit.audit({ action, subjectType: type, subjectId: id, after })
}

/**
 * Has the plugin carry it out. One that reads does so with the eyes of the actor, and its answer is checked.
 *
 * @param entity name of the entity; without it, it is an action of the plugin as a whole
 * @returns the output of one that reads
 */
export async function handle(
  work: Work,
  { plugin: id, entity }: { readonly plugin: string; readonly entity?: string },
  action: ActionModel,
  call: Json,
): Promise<Json | undefined> {
  const plugin = work.view.active.find((each) => each.id === id)!
  const { actions, pluginActions } = plugin.definition!.handlers
  const handlers = entity === undefined ? pluginActions : (actions as Record<string, unknown>)[entity]
  const handler = (handlers as Readonly<Record<string, Handler>>)[action.name]!
  const host = createHost(work, plugin, action.reads)
  const answer = await runPluginCode(id, () => handler({ ...call, host }))
  const { output } = action
  if (!output) return undefined
  try {
    return { ...emptyRecord(output), ...work.validator.check(output, 'create', answer) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new PluginCrash(
      id,
      new Error(`Its action ${action.name} answers other than declared: ${error.message}`),
    )
  }
}

/** What the answer to an action is compiled against: reads as the actor sees them. */
export function scopeOf({ view, tenant, access, unit }: Work): ReadScope {
  const { secrets } = unit.context
  return {
    models: view.entities,
    schema: tenant.schema,
    timeZone: tenant.timeZone,
    readable: (model) => access.rows(model, 'read'),
    unmasking: unmasking(access, () => false),
    ...(secrets ? { secrets } : {}),
  }
}
