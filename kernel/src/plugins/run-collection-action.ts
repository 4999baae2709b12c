import type { ProblemError } from '@plinth/sdk'
import { Failure } from '../errors.ts'
import {
  askQuestions,
  compileRowScope,
  lockRecords,
  pluginRole,
  withUnreadable,
  type ActionModel,
  type EntityModel,
  type LockedRecord,
} from '../data/index.ts'
import {
  askNamed,
  completed,
  handle,
  namedIn,
  noteAction,
  offeredOn,
  refuseUnknown,
  requireOffered,
  verbOf,
  type Json,
} from './action-parts.ts'
import { actorWrite } from './actor-write.ts'
import type { Work } from './work.ts'

/** A record an action is carried out on together with others. */
export interface ChosenRecord {
  readonly id: string
  /** The version its sender has seen; without it, whatever there is now. */
  readonly version: number | undefined
}

/** One call of an action on a collection. */
export interface CollectionCall {
  readonly action: ActionModel
  /** Of an action with `records`. */
  readonly records: readonly ChosenRecord[]
  readonly input: Json
}

/**
 * Carries out an action on a collection, or on some of its records together, within the running transaction.
 *
 * @returns the output of one that reads
 * @throws Failure `permission_missing` | `version_conflict` | `validation_failed` | `reference_unknown` | `action_refused`, and what the plugin
 * refuses; what concerns a record names it by pointer
 */
export async function runCollectionAction(
  work: Work,
  model: EntityModel,
  { action, records, input }: CollectionCall,
): Promise<Json | undefined> {
  const checked = checkedInput(work, action, input, records)
  const named = namedIn(work, action, checked)
  const place = { plugin: model.plugin, entity: model.name }
  const note = { type: model.id, action: `${model.id}.${action.name}` }
  if (!action.records) {
    requireOffered(work, action)
    const found = await askQuestions({ work: work.unit }, model, (values) => askNamed(work, named, values))
    refuseUnknown(named, found)
    const values = completed(work, action, checked)
    if (!action.reads) noteAction(work, { ...note, id: '' }, action, values)
    return handle(work, place, action, { input: values })
  }
  const locked = await lockRecords(
    actorWrite(work, model, verbOf(action)),
    records.map(({ id }) => id),
    (values) => [compileRowScope(model, offeredOn(work, action), values), ...askNamed(work, named, values)],
  )
  judge(records, locked, action)
  refuseUnknown(named, [...locked.values()][0]!.asked.slice(1))
  const values = completed(work, action, checked)
  const together = records.map(({ id }) => id)
  for (const { id } of records) noteAction(work, { ...note, id }, action, values, { records: together })
  const chosen = records.map(({ id }) => structuredClone(withUnreadable(locked.get(id)!.item)))
  return handle(work, place, action, { records: chosen, input: values })
}

/**
 * The same for an action of a plugin as a whole.
 *
 * @throws Failure `permission_missing` | `validation_failed` | `reference_unknown`, and what the plugin refuses
 */
export async function runPluginAction(
  work: Work,
  plugin: string,
  action: ActionModel,
  input: Json,
): Promise<Json | undefined> {
  requireOffered(work, action)
  const checked = work.validator.check(action.input, 'create', input)
  const named = namedIn(work, action, checked)
  const role = pluginRole(plugin)
  const found = await askQuestions({ work: work.unit }, { role }, (values) => askNamed(work, named, values))
  refuseUnknown(named, found)
  const values = completed(work, action, checked)
  const note = { id: plugin, type: 'plugin', action: `${plugin}.${action.name}` }
  if (!action.reads) noteAction(work, note, action, values)
  return handle(work, { plugin }, action, { input: values })
}

/** What names one of the records must name one of them. */
function checkedInput(work: Work, action: ActionModel, input: Json, records: readonly ChosenRecord[]): Json {
  const checked = work.validator.check(action.input, 'create', input)
  const errors = action.chosen
    .filter((name) => {
      const id = checked[name]
      return typeof id === 'string' && !records.some((record) => record.id === id.toLowerCase())
    })
    .map((name) => ({
      pointer: `/${name}`,
      code: 'chosen',
      detail: 'This must be one of the chosen records.',
    }))
  if (errors.length > 0) throw new Failure('validation_failed', { errors })
  return checked
}

/** Refuses what does not hold of all records, with each of those it does not hold of. */
function judge(
  records: readonly ChosenRecord[],
  locked: ReadonlyMap<string, LockedRecord>,
  action: ActionModel,
): void {
  const refuse = (
    fails: (record: LockedRecord | undefined, chosen: ChosenRecord) => boolean,
    code: 'reference_unknown' | 'permission_missing' | 'version_conflict' | 'action_refused',
    error: Omit<ProblemError, 'pointer'>,
    extensions: Json = {},
  ): void => {
    const errors = records.flatMap((chosen, index) =>
      fails(locked.get(chosen.id), chosen) ? [{ pointer: `/records/${index}`, ...error }] : [],
    )
    if (errors.length > 0) throw new Failure(code, { errors, extensions })
  }
  refuse((record) => !record?.readable, 'reference_unknown', {
    code: 'reference',
    detail: 'There is no such record.',
  })
  refuse(
    (record) => !record!.writable,
    'permission_missing',
    { code: 'permission', detail: 'You may not do this with the record.' },
    { permission: action.permission },
  )
  refuse(
    (record, { version }) => version !== undefined && record!.item['version'] !== version,
    'version_conflict',
    {
      code: 'version',
      detail: 'Someone else changed the record.',
    },
  )
  refuse(
    (record) => !record!.asked[0],
    'action_refused',
    { code: 'refused', detail: 'This cannot be done with the record now.' },
    { action: action.name },
  )
}
