import { bindActor, unmasking } from '../access/index.ts'
import { Failure } from '../errors.ts'
import {
  allowed,
  compileGet,
  compileNamed,
  compileRowScope,
  emptyRecord,
  lockRecord,
  maskRecord,
  withDefaults,
  withUnreadable,
  type ActionModel,
  type EntityModel,
  type ReadScope,
  type RowScope,
} from '../data/index.ts'
import { actorWrite } from './actor-write.ts'
import { createHost } from './create-host.ts'
import { runPluginCode } from './plugin-crash.ts'
import type { Work, WorkOrder } from './work.ts'

type Json = Record<string, unknown>
type Handlers = Readonly<Record<string, Record<string, (call: object) => unknown>>>

/** One call of an action. */
export interface ActionCall {
  readonly action: ActionModel
  /** Id of the record. */
  readonly id: string
  /** The version its sender has seen; without it, whatever there is now. */
  readonly version: number | undefined
  readonly input: Json
}

/** The record as the actor may see it now, as JSON text. */
export interface Shown {
  readonly item: string
  readonly version: number
}

/**
 * Carries out an action on a record, within the running transaction.
 *
 * @returns the record after it; undefined when it is gone, or not one the actor may see any more
 * @throws Failure `not_found` | `permission_missing` | `version_conflict` | `validation_failed` | `reference_unknown` | `action_refused`, and
 * what the plugin refuses
 */
export async function runAction(
  work: Work,
  model: EntityModel,
  { action, id, version, input }: ActionCall,
): Promise<Shown | undefined> {
  const checked = work.validator.check(action.input, 'create', input)
  const write = actorWrite(work, model, verbOf(action))
  const named = namedIn(work, action, checked)
  const when = offeredOn(work, action)
  // Asked with the lock, so that it is answered of the record as it stays.
  const locked = await lockRecord(write, id, false, (values) => [
    compileRowScope(model, when, values),
    ...named.map((each) => compileNamed(each.model, each.id, scopeOf(work), values)),
  ])
  const record = allowed(locked)
  if (version !== undefined && record['version'] !== version)
    throw new Failure('version_conflict', { extensions: { current: record['version'] } })
  const [offered, ...found] = locked!.asked
  const unknown = named.filter((_, index) => !found[index])
  if (unknown.length > 0)
    throw new Failure('reference_unknown', {
      errors: unknown.map(({ field }) => ({
        pointer: `/${field}`,
        code: 'reference',
        detail: 'There is no such record.',
      })),
    })
  if (!offered) throw new Failure('action_refused', { extensions: { action: action.name } })
  const values = { ...emptyRecord(action.input), ...withDefaults(action.input, checked, work.unit.now) }
  work.unit.audit({
    action: `${model.id}.${action.name}`,
    subjectType: model.id,
    subjectId: id,
    after: maskRecord(action.input, values),
  })
  const plugin = work.view.active.find((each) => each.id === model.plugin)!
  const handler = (plugin.definition!.handlers.actions as Handlers)[model.name]![action.name]!
  const host = createHost(work, plugin, false)
  await runPluginCode(plugin.id, () =>
    handler({ record: structuredClone(withUnreadable(record)), input: values, host }),
  )
  const scope = scopeOf(work)
  const [shown] = await work.unit.run<Shown & Json>(compileGet(model, id, [], scope))
  return shown && { ...shown, item: (await scope.secrets?.open(shown.item, 'mark')) ?? shown.item }
}

/** Records on which the actor may carry out an action, and on which it is offered: both must hold. */
export function offersOf(
  order: Pick<WorkOrder, 'access' | 'actor'>,
  model: EntityModel,
  action: ActionModel,
): RowScope[] {
  return [order.access.rows(model, verbOf(action)), offeredOn(order, action)]
}

function verbOf({ permission }: ActionModel): string {
  return permission.slice(permission.lastIndexOf('.') + 1)
}

function offeredOn({ actor }: Pick<WorkOrder, 'actor'>, { declaration }: ActionModel): RowScope {
  return declaration.when ? bindActor(declaration.when, actor.kind === 'member' ? actor.id : null) : true
}

/** Something the input names by its id: a record of an entity, or a member where there is no entity. */
interface Named {
  readonly field: string
  readonly id: string
  readonly model: EntityModel | undefined
}

function namedIn(work: Work, { input }: ActionModel, values: Json): Named[] {
  return input.fields.flatMap(({ name, declaration: { type }, target }): Named[] => {
    const id = values[name]
    if (typeof id !== 'string' || (type !== 'ref' && type !== 'member')) return []
    return [{ field: name, id, model: target === undefined ? undefined : work.view.entities.get(target) }]
  })
}

function scopeOf({ view, tenant, access, unit }: Work): ReadScope {
  const { secrets } = unit.context
  return {
    models: view.entities,
    schema: tenant.schema,
    readable: (model) => access.rows(model, 'read'),
    unmasking: unmasking(access, () => false),
    ...(secrets ? { secrets } : {}),
  }
}
