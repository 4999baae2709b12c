import type { ImportError, ImportOutcome, ImportSettings, ProblemError } from '@plinth/sdk'
import { Failure } from '../errors.ts'
import {
  compileLookup,
  createRecord,
  lockRecord,
  pinpointed,
  RecordRefusal,
  updateRecord,
  type EntityModel,
  type FieldModel,
  type LookupRow,
  type Write,
} from '../data/index.ts'
import { actorWrite, type Work } from '../plugins/index.ts'
import { fieldAt, pointerTo } from './field-value.ts'
import { inputOf, type Binding, type CellFault, type MappedRow } from './map-row.ts'
import { keyOf, scopeOf } from './resolve-labels.ts'

/** How rows become records. */
export interface RowPlan {
  readonly model: EntityModel
  readonly settings: ImportSettings
  readonly bindings: readonly Binding[]
  readonly headers: readonly string[]
}

/** What became of a row. */
export interface RowResult {
  readonly row: number
  readonly outcome: ImportOutcome
  readonly recordId: string | null
  readonly errors: readonly ImportError[]
  /** The record after the change; not kept. */
  readonly record?: Readonly<Record<string, unknown>>
}

/** A cell or several of a row were refused before anything was written. */
class CellsRefused extends Failure {
  readonly faults: readonly CellFault[]

  constructor(faults: readonly CellFault[]) {
    super('validation_failed')
    this.faults = faults
  }
}

/** Ends the part a row was written in: what it came to is not accepted. */
class RowRefused extends Error {
  readonly result: RowResult

  constructor(result: RowResult) {
    super('Refused')
    this.result = result
  }
}

/**
 * Carries out one row, as a request of the actor would be: with rights, hooks, audit and events. A refused row is taken back by itself.
 *
 * @param judge may refuse what was written, once the database has taken it
 * @throws what is no refusal, such as a crash of plugin code
 */
export async function writeRow(
  work: Work,
  plan: RowPlan,
  row: MappedRow,
  judge?: (result: RowResult) => RowResult,
): Promise<RowResult> {
  try {
    return await work.part(async (part) => {
      const written = await carryOut(part, plan, row)
      if (!judge) return written
      await part.unit.flush()
      const result = judge(written)
      if (result.outcome === 'refused') throw new RowRefused(result)
      return result
    })
  } catch (error) {
    if (error instanceof RowRefused) return error.result
    if (!(error instanceof Failure) || error.status >= 500) throw error
    return { row: row.number, outcome: 'refused', recordId: null, errors: errorsOf(plan, error) }
  }
}

async function carryOut(work: Work, plan: RowPlan, row: MappedRow): Promise<RowResult> {
  const { model, settings, bindings } = plan
  const existing = settings.mode === 'create' ? undefined : await findRecord(work, plan, row)
  const purpose = existing ? 'update' : 'create'
  const input = inputOf(row, bindings, purpose === 'update' && settings.empty === 'clear')
  work.access.require(model.permission(purpose))
  const write = actorWrite(work, model, purpose)
  if (row.faults.length > 0) {
    const before = existing && (await lockRecord(write, existing.id))?.item
    throw new CellsRefused([...row.faults, ...(await otherFaults(write, plan, row, { input, before }))])
  }
  const record = existing
    ? await updateRecord(write, existing.id, existing.version, changeable(model, input))
    : await createRecord(write, input)
  const outcome = !existing ? 'created' : record['version'] === existing.version ? 'unchanged' : 'updated'
  return { row: row.number, outcome, recordId: String(record['id']), errors: [], record }
}

/** What was set on creation for good may stand in the file; whether it is the same is told by the record. */
function changeable(model: EntityModel, input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).filter(([name]) => model.byName.get(name)?.declaration.immutable !== true),
  )
}

/** What is wrong besides the cells that could not be read, so that all of it is named at once. */
async function otherFaults(
  write: Write,
  { model }: RowPlan,
  row: MappedRow,
  said: { readonly input: Record<string, unknown>; readonly before: Record<string, unknown> | undefined },
): Promise<CellFault[]> {
  const named = new Set(row.faults.map(({ pointer }) => fieldAt(pointer).name))
  const input = said.before ? changeable(model, said.input) : said.input
  const errors: ProblemError[] = []
  try {
    write.validator.check(model, said.before ? 'update' : 'create', input)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    errors.push(...error.errors)
  }
  const refusal = RecordRefusal.ofInput('validation_failed', errors, [
    { write, input, before: said.before, pointer: '' },
  ])
  const whole = (await pinpointed(refusal, (statement) => write.work.run(statement))) as Failure
  return whole.errors
    .filter(({ pointer }) => !named.has(fieldAt(pointer).name))
    .map((each) => ({ ...each, binding: undefined }))
}

/** The record a row speaks of. Nothing for a new one, where those are allowed. */
async function findRecord(
  work: Work,
  { model, settings, bindings }: RowPlan,
  row: MappedRow,
): Promise<{ readonly id: string; readonly version: number } | undefined> {
  const field = model.byName.get(settings.match ?? '')
  const binding = bindings.find(({ target }) => target.field === field && target.part === undefined)
  if (!field || !binding) throw new Failure('import_busy')
  const value = row.values.get(binding)
  const fail = (code: string, detail: string): CellsRefused =>
    new CellsRefused([...row.faults, { binding, pointer: pointerTo(field), code, detail }])
  if (value === undefined) {
    if (settings.mode === 'upsert') return undefined
    throw fail('required', 'Without this value no record is found.')
  }
  const found = await look(work, model, field, value)
  if (found) return found
  // Ids are given by the platform: a record that has one and is not there cannot be made.
  if (settings.mode === 'upsert' && field.name !== 'id' && !binding.target.matchOnly) return undefined
  throw fail('reference', 'There is no such record.')
}

async function look(
  work: Work,
  model: EntityModel,
  field: FieldModel,
  value: unknown,
): Promise<{ id: string; version: number } | undefined> {
  const key = keyOf(field, String(value))
  if (key === undefined) return undefined
  const [found] = await work.unit.run<LookupRow & Record<string, unknown>>(
    compileLookup(model, field, [key], scopeOf(work)),
  )
  return found && { id: found.ids[0]!, version: found.version }
}

function errorsOf(plan: RowPlan, failure: Failure): ImportError[] {
  const faults: readonly CellFault[] =
    failure instanceof CellsRefused
      ? failure.faults
      : failure.errors.length > 0
        ? failure.errors.map((each) => ({ ...each, binding: undefined }))
        : [
            {
              binding: undefined,
              pointer: '',
              code: failure.code,
              detail: failure.publicDetail ?? failure.title,
            },
          ]
  return faults.map((fault) => toImportError(plan, fault))
}

/** Finds the column that is to blame, by the pointer where no cell is named. */
export function toImportError({ bindings, headers }: RowPlan, fault: CellFault): ImportError {
  const { name, part } = fieldAt(fault.pointer)
  const own = bindings.filter(({ target }) => target.field.name === name)
  const binding =
    fault.binding ?? own.find(({ target }) => part !== undefined && target.part === part) ?? own[0]
  const { pointer, code } = fault
  // Details may repeat the value, and are stored.
  const detail =
    binding?.target.field.declaration.encrypted === true ? 'The value is not accepted.' : fault.detail
  const index = binding?.index ?? null
  return { pointer, code, detail, column: index, header: index === null ? null : (headers[index] ?? null) }
}
