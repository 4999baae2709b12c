import { Failure } from '../../errors.ts'
import type { EntityModel } from '../model/entity-model.ts'
import { UNAVAILABLE, UNREADABLE } from '../secrets/unreadable.ts'
import { forgetDamage } from '../secrets/damaged-records.ts'
import type { RecordJson } from './render-record.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Names of fields whose values a record that is to be changed does not show. */
interface Missing {
  /** For good. */
  readonly lost: readonly string[]
  /** Until the key ring is complete. */
  readonly locked: readonly string[]
}

/** Under which a record that was read to be changed remembers what of it cannot be read. It is copied along, but shown nowhere. */
const MISSING = Symbol('values that cannot be read')

const NOTHING: Missing = { lost: [], locked: [] }

/** A record as it was read to be changed, with the names of what cannot be read as it was answered. */
export function rememberMissing(record: RecordJson): RecordJson {
  const { [UNREADABLE]: lost, [UNAVAILABLE]: locked, ...rest } = record
  if (lost === undefined && locked === undefined) return record
  return Object.assign(rest, { [MISSING]: { lost: names(lost), locked: names(locked) } })
}

function names(pointers: unknown): string[] {
  return ((pointers ?? []) as string[]).map((pointer) => pointer.slice(1))
}

function missingOf(record: RecordJson): Missing {
  return (record as { [MISSING]?: Missing })[MISSING] ?? NOTHING
}

/** Names of the fields that have a value nobody can read. */
export function unreadableFields(record: RecordJson): readonly string[] {
  const { lost, locked } = missingOf(record)
  return [...lost, ...locked]
}

/**
 * The record after some of its values were replaced.
 *
 * @param given names of the fields that get a value, or none
 * @returns the names of those nobody could read. They have changed, whatever they were
 * @throws Failure `key_unavailable` when one of them has a value that can be read again one day
 */
export function replaceMissing(after: RecordJson, given: readonly string[]): readonly string[] {
  const { lost, locked } = missingOf(after)
  if (given.some((name) => locked.includes(name))) throw new Failure('key_unavailable')
  const replaced = given.filter((name) => lost.includes(name))
  if (replaced.length > 0)
    Object.assign(after, { [MISSING]: { lost: lost.filter((name) => !replaced.includes(name)), locked } })
  return replaced
}

/** A record, or what is shown of it, with the names of what cannot be read, as any read would answer it. */
export function withUnreadable(record: RecordJson, shown: RecordJson = record): RecordJson {
  const fields = unreadableFields(record).filter((name) => shown[name] === null)
  return fields.length === 0 ? shown : { ...shown, [UNREADABLE]: fields.map((name) => `/${name}`) }
}

/** Takes a record, or what was replaced of it, off the list of what operators have to look at. */
export function noteRepair(
  work: UnitOfWork,
  model: EntityModel,
  before: RecordJson,
  after?: RecordJson,
): void {
  const { lost } = missingOf(before)
  const remaining = after ? missingOf(after).lost : []
  if (lost.length > remaining.length)
    work.later(forgetDamage(work.context.tenantId, model.id, String(before['id']), remaining))
}
