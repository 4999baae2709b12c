import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { api, asProblem, pick, toast, type AnyRecord, type MenuItem } from '@plinth/ui'
import { html, nothing } from 'lit'
import { toastProblem } from '../toast-problem.ts'
import { t } from './texts.ts'

/** A way to another state that is open to this member now. */
export interface Move {
  readonly to: string
  readonly label: string
}

/** The moves a member may make from the state a record is in. */
export function movesOf(meta: EntityMeta, record: AnyRecord): Move[] {
  const { field, moves } = meta.transitions ?? { field: '', moves: [] }
  return moves
    .filter(({ from }) => from.includes(String(record[field])))
    .map(({ to, label }) => ({ to, label: pick(label) }))
}

/** The entity as a form should offer it: the field of the state has only values it may take now. */
export function withReachableStates(meta: EntityMeta, record: AnyRecord | undefined): EntityMeta {
  const { transitions } = meta
  if (!transitions) return meta
  const reachable = record
    ? [String(record[transitions.field]), ...movesOf(meta, record).map(({ to }) => to)]
    : transitions.initial
  const narrow = (field: FieldMeta): FieldMeta => ({
    ...field,
    values: (field.values ?? []).filter(({ value }) => reachable.includes(value)),
  })
  return {
    ...meta,
    fields: meta.fields.map((field) => (field.name === transitions.field ? narrow(field) : field)),
  }
}

/** Moves a record and says so, or why not. @returns whether the record is to be read again */
export async function moveRecord(meta: EntityMeta, record: AnyRecord, { to }: Move): Promise<boolean> {
  const { field } = meta.transitions!
  const value = meta.fields.find(({ name }) => name === field)?.values?.find((each) => each.value === to)
  try {
    await api.patch(`${meta.api}/${record.id}`, { [field]: to }, { version: record.version })
    toast(t('move.done', { state: value ? pick(value.label) : to }), { tone: 'positive' })
    return true
  } catch (error) {
    const problem = asProblem(error)
    toastProblem(problem)
    return problem.status === 409
  }
}

/** The first move as a button, further ones in a menu beside it. */
export function renderMoves(
  moves: readonly Move[],
  run: (move: Move) => Promise<void>,
  busy: boolean,
): unknown {
  const [first, ...rest] = moves
  if (!first) return nothing
  const items = rest.map((move): MenuItem => ({ label: move.label, run: () => run(move) }))
  return html`<button
      slot="actions"
      type="button"
      class="pl-button"
      ?disabled=${busy}
      @click=${() => void run(first)}
    >
      ${first.label}
    </button>
    ${
      items.length > 0
        ? html`<pl-menu slot="actions" .items=${items} .label=${t('move.menu')}>
            <button
              slot="trigger"
              type="button"
              class="pl-button icon"
              aria-label=${t('move.more')}
              ?disabled=${busy}
            >
              <pl-icon name="chevron-down"></pl-icon>
            </button>
          </pl-menu>`
        : nothing
    }`
}
