import {
  arrivalsIn,
  countAsThere,
  uniqueSets,
  valueIn,
  type FieldModel,
  type UnitOfWork,
} from '../data/index.ts'
import { pointerTo } from './field-value.ts'
import type { Binding, MappedRow } from './map-row.ts'
import { toImportError, type RowPlan, type RowResult } from './write-row.ts'

/**
 * Remembers, while rows are tried out and taken back in batches, what the rows of batches before would have left: values that would be
 * taken, records later rows would find, and the room they would have taken where records are limited.
 */
export class Rehearsal {
  readonly #sets: readonly (readonly FieldModel[])[]
  readonly #taken = new Map<string, number>()
  readonly #match: Binding | undefined
  /** Values by which records would be found, with the batch that would have made them. */
  readonly #made = new Map<string, number>()
  /** How many records there would be more, by limit. */
  #arrivals: ReadonlyMap<string, number> = new Map()

  constructor({ model, settings, bindings }: RowPlan) {
    // Numbers of a sequence are given back with each batch, and what a mask hides is not in the answer.
    const isOwn = ({ declaration: { sequence, mask } }: FieldModel): boolean =>
      !sequence && mask === undefined
    const declared = uniqueSets(model).map(({ fields }) => fields.map((name) => model.byName.get(name)!))
    const custom = model.custom.filter(({ declaration }) => declaration.unique).map((field) => [field])
    this.#sets = [...declared, ...custom].filter((fields) => fields.every(isOwn))
    this.#match =
      settings.mode === 'upsert'
        ? bindings.find(({ target }) => target.field.name === settings.match && target.part === undefined)
        : undefined
  }

  /** To be told of the transaction of a batch before its first row. */
  open(work: UnitOfWork): void {
    countAsThere(work, this.#arrivals)
  }

  /** To be told after the last row of a batch, before it is taken back. */
  close(work: UnitOfWork): void {
    const sum = new Map(this.#arrivals)
    for (const [id, count] of arrivalsIn(work)) sum.set(id, (sum.get(id) ?? 0) + count)
    this.#arrivals = sum
  }

  /** Whether a row of an earlier batch would have created the record this one would then change. Those of the same batch have. */
  wouldFind(row: MappedRow, batch: number): boolean {
    const value = this.#match && row.values.get(this.#match)
    const made = value === undefined ? undefined : this.#made.get(keyOf(value))
    return made !== undefined && made !== batch && row.faults.length === 0
  }

  /** Takes a row's result down; refuses it when an earlier row of another batch has a value that must be unique. */
  note(plan: RowPlan, row: MappedRow, result: RowResult, batch: number): RowResult {
    if (!result.record || result.outcome === 'unchanged') return result
    const record = result.record
    for (const fields of this.#sets) {
      const values = fields.map((field) => valueIn(record, field))
      if (values.some((value) => value === null || value === undefined)) continue
      const key = `${fields.map(({ name }) => name).join()} ${JSON.stringify(values)}`
      const before = this.#taken.get(key)
      if (before !== undefined && before !== batch && result.outcome === 'created')
        return {
          row: result.row,
          outcome: 'refused',
          recordId: null,
          errors: fields.map((field) =>
            toImportError(plan, {
              binding: undefined,
              pointer: pointerTo(field),
              code: 'unique',
              detail: 'An earlier row of the file has this value already.',
            }),
          ),
        }
      this.#taken.set(key, batch)
    }
    const match = this.#match && row.values.get(this.#match)
    if (match !== undefined && result.outcome === 'created') this.#made.set(keyOf(match), batch)
    return result
  }
}

function keyOf(value: unknown): string {
  return String(value).trim().toLowerCase()
}
