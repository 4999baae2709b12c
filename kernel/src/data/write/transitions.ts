import type { MoveDeclaration } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { EntityModel } from '../model/entity-model.ts'
import type { RecordJson } from './render-record.ts'

/** Checks that a new record starts in a state it may start in. @throws Failure `transition_refused` */
export function checkStart(model: EntityModel, record: RecordJson): void {
  const { transitions } = model.declaration
  if (!transitions) return
  const to = String(record[transitions.field])
  if (!transitions.initial.includes(to)) throw refused(model, null, to, transitions.initial)
}

/**
 * Finds the move that leads from one state of a record to the next.
 *
 * @returns undefined when the state stays
 * @throws Failure `transition_refused` with `from`, `to` and the states `allowed` from there
 */
export function findMove(
  model: EntityModel,
  before: RecordJson,
  after: RecordJson,
): MoveDeclaration | undefined {
  const { transitions } = model.declaration
  if (!transitions) return undefined
  const from = String(before[transitions.field])
  const to = String(after[transitions.field])
  if (from === to) return undefined
  const possible = transitions.moves.filter((move) => move.from.includes(from))
  const move = possible.find((each) => each.to === to)
  if (move) return move
  throw refused(
    model,
    from,
    to,
    possible.map((each) => each.to),
  )
}

function refused(model: EntityModel, from: string | null, to: string, allowed: readonly string[]): Failure {
  const { field } = model.declaration.transitions!
  const states = allowed.length > 0 ? allowed.join(', ') : 'nothing'
  const detail =
    from === null
      ? `A new record starts as ${states}, not as ${to}.`
      : `From ${from} a record goes to ${states}, not to ${to}.`
  return new Failure('transition_refused', {
    detail,
    errors: [{ pointer: `/${field}`, code: 'transition', detail }],
    extensions: { field, from, to, allowed },
  })
}
