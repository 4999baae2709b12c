import { Failure } from '../errors.ts'
import {
  allowed,
  askQuestions,
  compileGet,
  compileOffers,
  compileRowScope,
  lockRecord,
  withUnreadable,
  type ActionModel,
  type EntityModel,
} from '../data/index.ts'
import {
  askNamed,
  completed,
  handle,
  namedIn,
  noteAction,
  offeredOn,
  offersOf,
  refuseUnknown,
  scopeOf,
  verbOf,
  type Json,
} from './action-parts.ts'
import { actorWrite } from './actor-write.ts'
import type { Work } from './work.ts'

/** One call of an action on a record. */
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
    ...askNamed(work, named, values),
  ])
  const record = allowed(write, locked)
  if (version !== undefined && record['version'] !== version)
    throw new Failure('version_conflict', { extensions: { current: record['version'] } })
  const [offered, ...found] = locked!.asked
  refuseUnknown(named, found)
  if (!offered) throw new Failure('action_refused', { extensions: { action: action.name } })
  const values = completed(work, action, checked)
  noteAction(work, { id, type: model.id, action: `${model.id}.${action.name}` }, action, values)
  const call = { record: structuredClone(withUnreadable(record)), input: values }
  await handle(work, { plugin: model.plugin, entity: model.name }, action, call)
  return show(work, model, id)
}

/**
 * Has an action that changes nothing look at a record as the actor sees it.
 *
 * @returns its output
 * @throws Failure as `runAction`, and `action_read_only`
 */
export async function readAction(
  work: Work,
  model: EntityModel,
  { action, id, input }: Omit<ActionCall, 'version'>,
): Promise<Json> {
  const checked = work.validator.check(action.input, 'create', input)
  const scope = scopeOf(work)
  const deeds = offersOf(work, model, action).map((each) => [each])
  const [row] = await work.unit.run<{ offers: readonly boolean[] }>(compileOffers(model, id, deeds, scope))
  const shown = row && (await show(work, model, id))
  if (!row || !shown) throw new Failure('not_found')
  const [permitted, offered] = row.offers
  if (!permitted) throw new Failure('permission_missing', { extensions: { permission: action.permission } })
  const named = namedIn(work, action, checked)
  refuseUnknown(
    named,
    await askQuestions({ work: work.unit }, model, (values) => askNamed(work, named, values)),
  )
  if (!offered) throw new Failure('action_refused', { extensions: { action: action.name } })
  const call = { record: JSON.parse(shown.item) as Json, input: completed(work, action, checked) }
  const output = await handle(work, { plugin: model.plugin, entity: model.name }, action, call)
  return output ?? {}
}

async function show(work: Work, model: EntityModel, id: string): Promise<Shown | undefined> {
  const scope = scopeOf(work)
  const [shown] = await work.unit.run<Shown & Json>(compileGet(model, id, [], scope))
  return shown && { ...shown, item: (await scope.secrets?.open(shown.item, 'mark')) ?? shown.item }
}
